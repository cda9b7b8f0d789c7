"""A PDF that was made to do harm: small to send, endless to open."""

from __future__ import annotations

import io
import os
import zlib

from pypdf import PdfWriter
from pypdf.generic import EncodedStreamObject, NameObject, StreamObject

PAGES = 400
LINE = b"0 0 m 9 9 l S\n"


def bomb(unpacked: int, *, junk: int = 0) -> bytes:
    """Return 400 pages that share one stream of this many bytes, with junk that nobody draws."""
    writer = PdfWriter()
    stream = EncodedStreamObject()
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream._data = zlib.compress(LINE * max(unpacked // len(LINE), 1), 9)  # noqa: SLF001
    shared = writer._add_object(stream)  # noqa: SLF001
    for _page in range(PAGES if unpacked else 4):
        writer.add_blank_page(595, 842)[NameObject("/Contents")] = shared
    ballast = StreamObject()
    ballast.set_data(os.urandom(junk))
    writer.root_object[NameObject("/Ballast")] = writer._add_object(ballast)  # noqa: SLF001
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
