"""A visitor of the running demonstration, with nothing but HTTP."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from time import perf_counter

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#?]*)"')
NO_PAGE = re.compile(
    r"/(export|pack|logout|source)/|\.ics$|/attachments/|/static/|/records/\d+/\w+/"
)
SECONDS = 60


class Visitor:
    """Somebody of the cast with a browser's cookies."""

    def __init__(self, address: str, code: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        self.post(f"/demo/{code}/", self.get("/demo/")[1], {})

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text of a page."""
        return self._open(urllib.request.Request(self.address + path))

    def post(self, path: str, page: str, fields: dict[str, str]) -> tuple[int, str]:
        """Send a form with the token that stands in `page`."""
        found = TOKEN.search(page)
        data = {"csrfmiddlewaretoken": found.group(1) if found else "", **fields}
        body = urllib.parse.urlencode(data).encode()
        return self._open(urllib.request.Request(self.address + path, data=body))

    def timed(self, path: str) -> tuple[int, float]:
        """Return the status of a page and how long it took, in milliseconds."""
        started = perf_counter()
        status, _text = self.get(path)
        return status, (perf_counter() - started) * 1000

    def pages(self) -> list[str]:
        """Return one address of every kind that links lead to from the overview."""
        waiting, found = ["/"], {}
        while waiting:
            path = waiting.pop(0)
            shape = re.sub(r"\d+", "0", path)
            if shape not in found and not NO_PAGE.search(path):
                found[shape] = path
                waiting += LINK.findall(self.get(path)[1])
        return sorted(found.values())

    def _open(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")
