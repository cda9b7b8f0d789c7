"""A visitor of the running demonstration, with nothing but HTTP."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException, HTTPMessage
from time import perf_counter
from urllib.parse import urlencode, urlsplit

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#?]*)"')
NO_PAGE = re.compile(
    r"/(export|pack|logout|source)/|\.ics$|/attachments/|/static/|/records/\d+/\w+/"
)
SECONDS = 60
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "a-line-that-no-field-and-no-file-holds"
NO_VALUE = {"submit", "button", "reset", "file", "image"}
CHOSEN = {"checkbox", "radio"}


@dataclass(frozen=True)
class Answer:
    """The program's answer; `taken` is milliseconds until the last byte was here."""

    status: int
    body: bytes
    headers: HTTPMessage
    taken: float

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Visitor:
    """Somebody with a browser's cookies and one connection that is kept open.

    With the `code` of one of the cast the visitor is signed in. Follows no redirect.
    """

    def __init__(self, address: str, code: str = "") -> None:
        self.address = address
        self.cookies: dict[str, str] = {}
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=SECONDS)
        if code:
            self.post(f"/demo/{code}/", form_fields(self.get("/demo/").text, f"/demo/{code}/"))

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(fields).encode())

    def post_file(
        self, path: str, fields: Mapping[str, str], name: str, file: tuple[str, bytes]
    ) -> Answer:
        """Send the fields and a file, its name and its bytes, under the name of its field."""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ]
        disposition = f'form-data; name="{name}"; filename="{file[0]}"'
        parts.append(f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n\r\n")
        body = "".join(parts).encode() + file[1] + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self._ask("POST", path, body, f"multipart/form-data; boundary={BOUNDARY}")

    def pages(self) -> list[str]:
        """Return one address of every kind that links lead to from the overview."""
        waiting, found = ["/"], {}
        while waiting:
            path = waiting.pop(0)
            shape = re.sub(r"\d+", "0", path)
            if shape not in found and not NO_PAGE.search(path):
                found[shape] = path
                waiting += self.links(path)
        return sorted(found.values())

    def links(self, path: str) -> list[str]:
        """Return the targets of a page's links, in the order of the page."""
        return LINK.findall(self.get(path).text)

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None, kind: str = FORM) -> Answer:
        started = perf_counter()
        try:
            status, data, headers = self._send(method, path, body, kind)
        except (HTTPException, ConnectionError):
            # A server may close a connection that was kept; the next one is new.
            self._connection.close()
            status, data, headers = self._send(method, path, body, kind)
        taken = (perf_counter() - started) * 1000
        for cookie in headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(status, data, headers, taken)

    def _send(
        self, method: str, path: str, body: bytes | None, kind: str
    ) -> tuple[int, bytes, HTTPMessage]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Origin": self.address}
        if body is not None:
            headers["Content-Type"] = kind
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read(), answer.headers


def form_fields(page: str, action: str) -> dict[str, str]:
    """Return what a browser would send of the page's form to that address, as it stands.

    A form without an address counts for any. Raises LookupError where there is none.
    """
    reader = _FormReader()
    reader.feed(page)
    for target, fields in reader.forms:
        if target in {action, ""}:
            return fields
    raise LookupError(f"the page has no form to {action}")


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._select = ""
        self._text = ""  # the name of the text area that is open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        elif self.forms:
            self._field(tag, given)

    def handle_data(self, data: str) -> None:
        if self._text:
            self.forms[-1][1][self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "")
        fields = self.forms[-1][1]
        if tag == "textarea" and name:
            self._text, fields[name] = name, ""
        elif tag == "input" and name and kind not in NO_VALUE:
            if kind not in CHOSEN or "checked" in given:
                fields[name] = given.get("value", "on" if kind in CHOSEN else "")
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and "selected" in given:
            fields[self._select] = given.get("value", "")
