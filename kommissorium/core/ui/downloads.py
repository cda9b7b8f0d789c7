"""Responses that download a file."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

# Whatever a file holds, a browser that shows it gives it no powers of our pages.
HARMLESS = {"Content-Security-Policy": "sandbox; default-src 'none'"}


class _Streamed(FileResponse):
    block_size = 65_536


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Return the file as one to be saved under this name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, **HARMLESS}
    return HttpResponse(data, content_type=media_type, headers=headers)


def download_from(path: Path, name: str, media_type: str) -> FileResponse:
    """Return a file on the disk in pieces, so that its size is no matter to our memory.

    Raises OSError when the disk has lost it.
    """
    return _Streamed(
        path.open("rb"),
        as_attachment=True,
        filename=name,
        content_type=media_type,
        headers=HARMLESS,
    )
