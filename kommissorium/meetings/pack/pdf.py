"""The pack as PDF: accessible with every attachment inside, or to print with PDFs bound in."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from kommissorium.core.documents import EmbeddedFile, render_pdf, typeset
from kommissorium.core.documents.pdfs_apart import CannotBind, Source, bound, wide_pages
from kommissorium.meetings.pack.content import pack_data
from kommissorium.meetings.pack.model import Pack, PackFile, PackItem
from kommissorium.meetings.pack.phrases import annex_number, inside_text, item_title

TEMPLATE = Path(__file__).with_name("pack.typ")
MOST_BYTES: Final = 200_000_000


def pack_pdf(pack: Pack) -> bytes:
    """Return the pack as PDF/UA-1 and PDF/A-3a, or PDF/A-2a when nothing is attached.

    Every attachment lies inside the file and is listed with size and SHA-256 under its item;
    those that are more than one file should hold are named, and that they are not inside.
    Raises DocumentError (core.documents).
    """
    with override(pack.language):
        data = pack_data(pack)
        files = list(_inside(pack, data["items"]))
        if files:
            text = inside_text(len(files))
            data["facts"].append({"label": _("Annexes"), "text": text, "href": ""})
        return render_pdf(TEMPLATE, data, made_at=pack.made_at, attachments=files)


def _inside(pack: Pack, rows: Sequence[Mapping[str, Any]]) -> Iterator[EmbeddedFile]:
    """Yield the files to lie inside; note beside the others that they do not."""
    left = MOST_BYTES
    for item, row in zip(pack.items, rows, strict=True):
        for place, file in enumerate(item.attachments, start=1):
            if file.size <= left:
                left -= file.size
                yield _embedded(item, place, file)
                continue
            row["annexes"][place - 1]["note"] = _(
                "The annex could not be put in here: together the files are too heavy."
                " Open it from its item."
            )


def _embedded(item: PackItem, place: int, file: PackFile) -> EmbeddedFile:
    number = annex_number(item, place)
    told = {"number": number, "item": item.number, "title": item_title(item)}
    return EmbeddedFile(
        name=f"{number} {file.name}",
        media_type=file.media_type,
        description=_("Annex %(number)s to item %(item)s, %(title)s") % told,
        data=file.data,
    )


PDF = "application/pdf"
# What the attached PDFs of one pack may come to together; those after that are named only.
MOST_PRINT_BYTES: Final = 150_000_000
MOST_SECONDS: Final = 60


def pack_print_pdf(pack: Pack) -> bytes:
    """Return the print edition, labelled as such: not tagged, not the accessible original.

    PDF attachments are bound in, and page numbers and bookmarks run through. A PDF that
    cannot be bound is a page that says so; other files are named as enclosed separately.
    Raises DocumentError (core.documents), never for what is wrong with an attachment, and Busy.
    """
    with override(pack.language):
        try:
            return _print(pack, _Bindery())
        except CannotBind:
            # Each could be bound, all together could not.
            return _print(pack, _Bindery(bytes_left=0))


def _print(pack: Pack, bindery: _Bindery) -> bytes:
    data = pack_data(pack)
    for item, row in zip(pack.items, data["items"], strict=True):
        for file, annex in zip(item.attachments, row["annexes"], strict=True):
            annex.update(bindery.take(file))
    typed = typeset(TEMPLATE, data | _label(), pack.made_at, marks=["frame"])
    return bindery.bind(typed.pdf, typed.marks["frame"])


def _label() -> dict[str, Any]:
    text = _(
        "Made for paper, with the attachments bound in. The accessible original is the other"
        " edition of this pack; read that with a screen reader."
    )
    return {"print": {"label": _("Print edition"), "text": text}}


@dataclass(slots=True)
class _Bindery:
    """Collects the PDFs to bind, in the order in which the template makes room for their pages."""

    bytes_left: int = MOST_PRINT_BYTES
    until: float = field(default_factory=lambda: time.monotonic() + MOST_SECONDS)
    files: list[Source] = field(default_factory=list)

    def take(self, file: PackFile) -> dict[str, Any]:
        """Return what the template must know: the pages to make room for, or why none."""
        if file.media_type != PDF:
            return {"note": _("Enclosed separately")}
        try:
            pages = self._pages(file)
        except CannotBind:
            excuse = _(
                "The annex could not be put in here. The file is locked, damaged or too heavy."
                " Open it from the accessible edition."
            )
            return {"excuse": excuse}
        self.files.append(file.data)
        return {"pages": pages}

    def _pages(self, file: PackFile) -> list[bool]:
        if file.size > self.bytes_left or time.monotonic() > self.until:
            raise CannotBind
        pages = wide_pages(file.data)
        self.bytes_left -= file.size
        return pages

    def bind(self, pdf: bytes, frames: Sequence[Mapping[str, float]]) -> bytes:
        return bound(pdf, self.files, [_frame(frame) for frame in frames]) if self.files else pdf


def _frame(told: Mapping[str, float]) -> tuple[int, Sequence[float]]:
    """Return page and box of a frame in PDF's own measure, which counts from below."""
    top = told["sheet"] - told["top"]
    box = (told["left"], top - told["height"], told["left"] + told["width"], top)
    return int(told["page"]) - 1, box
