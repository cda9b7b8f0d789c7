"""Embeds pages of other PDFs in one of ours, each as a drawing in a frame.

A bound page keeps its text and its look. It loses what reaches outside it: tags, links,
bookmarks and scripts.
"""

# ruff: noqa: SLF001 - pypdf adds an object under a private name alone

from __future__ import annotations

import io
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from kommissorium.core.documents.flatten_pdf import (
    MOST_CONTENT,
    Allowance,
    Matrix,
    NotBindable,
    Rectangle,
    drawing,
    page_box,
    paint,
)

MOST_PAGES = 1000
QUARTER_TURN = 90

# What is wrong with the files that people attach is not for our log.
logging.getLogger("pypdf").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class LoosePage:
    """A page taken out of its file: its drawing, the box it shows and its turn in degrees."""

    drawing: IndirectObject
    box: Rectangle
    turn: int

    @property
    def is_wide(self) -> bool:
        """Return whether a reader sees it wider than high."""
        return (self.box.width > self.box.height) != (self.turn // QUARTER_TURN % 2 == 1)


@dataclass(frozen=True, slots=True)
class Frame:
    """The place of a loose page: the box on page `page`, counted from 0."""

    page: int
    box: Rectangle


class Binder:
    """Takes the pages out of PDFs, then binds them into a document that has room for them."""

    def __init__(self) -> None:
        self._store = PdfWriter()

    def take(self, data: bytes) -> tuple[LoosePage, ...]:
        """Return the pages of a PDF. Raises NotBindable, and only that."""
        try:
            allowance = Allowance(MOST_CONTENT)
            return tuple(self._loosen(page, allowance) for page in _pages(data))
        except NotBindable:
            raise
        # There is no end to the ways in which a broken or hostile PDF can fail its reader.
        except Exception as error:
            raise NotBindable(f"{type(error).__name__}: {error}") from error

    def bind(self, pdf: bytes, places: Sequence[tuple[LoosePage, Frame]]) -> bytes:
        """Return `pdf` with each loose page drawn in its frame; bookmarks and links are kept."""
        writer = PdfWriter(clone_from=io.BytesIO(pdf))
        for number, (page, frame) in enumerate(places):
            _draw(writer, page, frame, f"/Bound{number}")
        buffer = io.BytesIO()
        writer.write(buffer)
        return buffer.getvalue()

    def _loosen(self, page: PageObject, allowance: Allowance) -> LoosePage:
        box = page_box(page)
        look = drawing(page, box, self._store, allowance)
        return LoosePage(look, box, int(page.rotation) % 360)


def _pages(data: bytes) -> list[PageObject]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise NotBindable("locked by a password")
    count = len(reader.pages)
    if not 0 < count <= MOST_PAGES:
        raise NotBindable(f"{count} pages")
    return list(reader.pages)


def _draw(writer: PdfWriter, loose: LoosePage, frame: Frame, name: str) -> None:
    page = writer.pages[frame.page]
    original = loose.drawing.get_object()
    if original is None:
        raise NotBindable("a page that is gone")
    resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
    drawings = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
    drawings[NameObject(name)] = original.clone(writer).indirect_reference
    painted = StreamObject()
    painted.set_data(paint(name, _into(loose, frame.box)))
    contents = page.raw_get("/Contents")
    streams = contents.get_object()
    own = list(streams) if isinstance(streams, ArrayObject) else [contents]
    page[NameObject("/Contents")] = ArrayObject([*own, writer._add_object(painted)])


def _into(loose: LoosePage, frame: Rectangle) -> Matrix:
    """Return the matrix that turns the page upright and fits it into the middle of the frame."""
    cos, sin = round(math.cos(math.radians(loose.turn))), round(math.sin(math.radians(loose.turn)))
    turned: Matrix = (cos, -sin, sin, cos, 0, 0)
    seen = loose.box.moved(turned)
    scale = min(frame.width / seen.width, frame.height / seen.height)
    x = frame.left + (frame.width - seen.width * scale) / 2 - seen.left * scale
    y = frame.bottom + (frame.height - seen.height * scale) / 2 - seen.bottom * scale
    return (cos * scale, -sin * scale, sin * scale, cos * scale, x, y)
