"""The pack as a PDF to print: attached PDFs are bound in behind their items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from kommissorium.core.documents import Binder, Frame, LoosePage, NotBindable, Rectangle, typeset
from kommissorium.meetings.pack.accessible_pdf import TEMPLATE
from kommissorium.meetings.pack.content import pack_data
from kommissorium.meetings.pack.model import Pack, PackFile

PDF = "application/pdf"


def pack_print_pdf(pack: Pack) -> bytes:
    """Return the print edition, labelled as such: not tagged, not the accessible original.

    PDF attachments are bound in, and page numbers and bookmarks run through. A PDF that
    cannot be bound is a page that says so; other files are named as enclosed separately.
    Raises DocumentError (core.documents), never for what is wrong with an attachment.
    """
    with override(pack.language):
        bindery = _Bindery()
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
    """Collects the pages to bind, in the order in which the template makes room for them."""

    binder: Binder = field(default_factory=Binder)
    pages: list[LoosePage] = field(default_factory=list)

    def take(self, file: PackFile) -> dict[str, Any]:
        """Return what the template must know: the pages to make room for, or why none."""
        if file.media_type != PDF:
            return {"note": _("Enclosed separately")}
        try:
            pages = self.binder.take(file.data)
        except NotBindable:
            excuse = _(
                "The annex could not be bound in. The file is locked or damaged."
                " Open it from the accessible edition."
            )
            return {"excuse": excuse}
        self.pages.extend(pages)
        return {"pages": [page.is_wide for page in pages]}

    def bind(self, pdf: bytes, frames: Sequence[Mapping[str, float]]) -> bytes:
        places = zip(self.pages, (_frame(frame) for frame in frames), strict=True)
        return self.binder.bind(pdf, list(places))


def _frame(told: Mapping[str, float]) -> Frame:
    """Return the frame in PDF's own measure, which counts from below."""
    top = told["sheet"] - told["top"]
    box = Rectangle(told["left"], top - told["height"], told["left"] + told["width"], top)
    return Frame(int(told["page"]) - 1, box)
