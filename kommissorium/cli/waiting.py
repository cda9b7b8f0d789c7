"""The page a browser sees at the demonstration's address until the demonstration is there.

The builder is the one writer of the database, so the program cannot serve meanwhile; this small
server answers at its address. It is a process of its own, that is told on its input what the
builder says and how it ended. Imports no Django.
"""

from __future__ import annotations

import re
import socket
import sys
import threading
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from select import select
from string import Template
from typing import ClassVar

HERE = Path(__file__).parent
STATIC = HERE.parent / "core" / "static"
FILES = {  # what the page needs of the static files, by type
    r"core/icon\.svg": "image/svg+xml",
    r"vendor/kommissorium\.css": "text/css; charset=utf-8",
    r"vendor/fonts/plex-\d+(-italic)?\.woff2": "font/woff2",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self';"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
EVERY = 1  # seconds between two looks of the browser
LOOKED = 5 * EVERY  # who looked so lately is told how it ended
MONTH = re.compile(r" *(\d+) % +(\S.*\S)")
PROGRESS = """<p><progress max="100" value="{0}" aria-label="Bygget"></progress> {0} %</p>
      <p>Kommunen er nået til {1}.</p>"""

STARTING = (
    "Demonstrationen starter",
    "Siden skifter selv, når programmet er klar.",
)
BUILDING = (
    "Demonstrationen bliver bygget",
    "Programmet lever en opdigtet kommunes tid igennem. Siden skifter selv, når den er klar.",
)
# How building can end, by what the process is told.
BUILT, FAILED, STOPPED = "built", "failed", "stopped"
ENDINGS = {
    FAILED: (
        "Demonstrationen blev ikke bygget",
        "Noget gik galt. Læs hvad i det vindue, hvor du startede programmet, og start det igen.",
    ),
    STOPPED: (
        "Demonstrationen blev standset",
        "Start programmet igen, når du vil bygge den.",
    ),
}


class WaitingPage:
    """Reports the builder's progress, and makes way when the program answers.

    Both listen at the address for a moment, so that no look of the browser meets a closed door.
    """

    def __init__(self, host: str, port: int) -> None:
        self.said, self.progress, self.is_over = STARTING, "", False
        self.looked = float("-inf")
        self.told = threading.Event()
        self._address = host, port
        handler = type("Handler", (_Handler,), {"page": self})
        server = _Server((host, port), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def hear(self, line: str) -> None:
        """Take in a line from the builder."""
        if found := MONTH.match(line):
            self.said, self.progress = BUILDING, PROGRESS.format(*found.groups())

    def make_way(self) -> None:
        """Stay until the program answers at the address, or our parent process is gone."""
        self.said, self.progress = STARTING, ""
        while not self._is_answered() and not select([sys.stdin], [], [], 0.1)[0]:
            pass

    def end(self, ending: str) -> None:
        """Report the ending to a browser that is looking."""
        self.said, self.progress, self.is_over = ENDINGS[ending], "", True
        if time.monotonic() - self.looked < LOOKED:
            self.told.wait(LOOKED)

    def html(self) -> str:
        """Return the page as it is now."""
        title, lead = self.said
        refresh = "" if self.is_over else f'<meta http-equiv="refresh" content="{EVERY}">'
        page = Template((HERE / "waiting.html").read_text(encoding="utf-8"))
        return page.substitute(title=title, lead=lead, refresh=refresh, progress=self.progress)

    def _is_answered(self) -> bool:
        """Return whether it was the program that answered: this page is always unavailable."""
        asked = HTTPConnection(*self._address, timeout=5)
        try:
            asked.request("GET", "/health/")
            return asked.getresponse().status == HTTPStatus.OK
        except (HTTPException, OSError):
            return False
        finally:
            asked.close()


class _Server(ThreadingHTTPServer):
    """Lets the program listen at the same port while this one still does."""

    allow_reuse_port = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent about a browser that went away."""


class _Handler(BaseHTTPRequestHandler):
    page: ClassVar[WaitingPage]
    timeout = 10
    server_version, sys_version = "Kommissorium", ""
    error_content_type, error_message_format = "text/plain", "%(code)d %(message)s"

    def do_GET(self) -> None:
        """Answer with a static file of the page, or else the page: nothing else is available."""
        name = self.path.partition("?")[0].removeprefix("/static/")
        media = next((kind for form, kind in FILES.items() if re.fullmatch(form, name)), None)
        if media is not None and (STATIC / name).is_file():
            self._answer(HTTPStatus.OK, media, (STATIC / name).read_bytes())
            return
        is_over = self.page.is_over
        self.page.looked = time.monotonic()
        body = self.page.html().encode()
        self._answer(HTTPStatus.SERVICE_UNAVAILABLE, "text/html; charset=utf-8", body)
        if is_over:
            self.page.told.set()

    def do_HEAD(self) -> None:
        """Answer with the head of do_GET."""
        self.do_GET()

    def _answer(self, status: HTTPStatus, media: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        for name, text in HEADERS.items():
            self.send_header(name, text)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Stay silent about each request: the terminal reports the building."""

    def log_error(self, *told: object) -> None:
        """Stay silent about requests that nobody makes on purpose."""


def main(host: str, port: int) -> int:
    """Serve the page until the input says how building ended, or is closed."""
    page = WaitingPage(host, port)
    for line in sys.stdin:
        told = line.strip()
        if told == BUILT:
            page.make_way()
            break
        if told in ENDINGS:
            page.end(told)
            break
        page.hear(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
