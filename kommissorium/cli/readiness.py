"""Says that the program is ready when it is: it was asked, and answered. Imports no Django."""

from __future__ import annotations

import os
import socket
import threading
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

EVERY = 0.1  # seconds
PATIENCE = 20  # seconds in which it may answer that it is not well
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 asked for, not listened at


def tell_when_ready(host: str, port: int, line: str) -> None:
    """Print the line as soon as the program answers, and tell systemd; do not wait for it."""
    told = threading.Thread(target=_tell, args=(host, port, line), daemon=True)
    told.start()


def _tell(host: str, port: int, line: str) -> None:
    until = time.monotonic() + PATIENCE
    while (said := _asked(host, port)) != "ok" and (not said or time.monotonic() < until):
        time.sleep(EVERY)
    print(line, flush=True)
    if said != "ok":
        print(f"It is {said}: see /health/, and run 'kommissorium check'.", flush=True)
    _notify("READY=1")


def _asked(host: str, port: int) -> str:
    """Return the first line of /health/, "ok" where all is well; "" where nobody answers."""
    server = HTTPConnection(EVERYWHERE.get(host, host), port, timeout=10)
    try:
        server.request("GET", "/health/", headers={"Host": "localhost"})
        answer = server.getresponse()
        first = answer.read().decode(errors="replace").partition("\n")[0]
    except (HTTPException, OSError):
        return ""
    finally:
        server.close()
    return "ok" if answer.status == HTTPStatus.OK else first or str(answer.status)


def _notify(state: str) -> None:
    """Tell systemd, where it asked for it (Type=notify)."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if not place:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as system:
        system.sendto(state.encode(), f"\0{place[1:]}" if place.startswith("@") else place)
