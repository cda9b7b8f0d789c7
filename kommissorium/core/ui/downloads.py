"""Responses that download a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# Whatever a file holds, a browser that shows it gives it no powers of our pages.
HARMLESS = {"Content-Security-Policy": "sandbox; default-src 'none'"}


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Return the file as one to be saved under this name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, **HARMLESS}
    return HttpResponse(data, content_type=media_type, headers=headers)
