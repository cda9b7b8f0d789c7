"""The pack as an accessible PDF with every attachment inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kommissorium.core.documents import EmbeddedFile, render_pdf
from kommissorium.meetings.pack.content import pack_data
from kommissorium.meetings.pack.model import Pack, PackFile, PackItem
from kommissorium.meetings.pack.phrases import annex_number, item_title

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
            data["facts"].append(_where_annexes_are(len(files)))
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


def _where_annexes_are(count: int) -> dict[str, str]:
    text = ngettext(
        "%(count)d file, inside this document. Your reader lists it under attachments.",
        "%(count)d files, inside this document. Your reader lists them under attachments.",
        count,
    )
    return {"label": _("Annexes"), "text": text % {"count": count}, "href": ""}


def _embedded(item: PackItem, place: int, file: PackFile) -> EmbeddedFile:
    number = annex_number(item, place)
    told = {"number": number, "item": item.number, "title": item_title(item)}
    return EmbeddedFile(
        name=f"{number} {file.name}",
        media_type=file.media_type,
        description=_("Annex %(number)s to item %(item)s, %(title)s") % told,
        data=file.data,
    )
