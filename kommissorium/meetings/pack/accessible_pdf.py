"""The pack as an accessible PDF with every attachment inside."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kommissorium.core.documents import EmbeddedFile, render_pdf
from kommissorium.meetings.pack.content import pack_data
from kommissorium.meetings.pack.model import Pack, PackItem
from kommissorium.meetings.pack.phrases import annex_number, item_title

TEMPLATE = Path(__file__).with_name("pack.typ")


def pack_pdf(pack: Pack) -> bytes:
    """Return the pack as PDF/UA-1 and PDF/A-3a, or PDF/A-2a when nothing is attached.

    Every attachment lies inside the file and is listed with size and SHA-256 under its item.
    Raises DocumentError (core.documents).
    """
    with override(pack.language):
        files = [file for item in pack.items for file in _embedded(item)]
        data = pack_data(pack)
        if files:
            data["facts"].append(_where_annexes_are(len(files)))
        return render_pdf(TEMPLATE, data, made_at=pack.made_at, attachments=files)


def _where_annexes_are(count: int) -> dict[str, str]:
    text = ngettext(
        "%(count)d file, inside this document. Your reader lists it under attachments.",
        "%(count)d files, inside this document. Your reader lists them under attachments.",
        count,
    )
    return {"label": _("Annexes"), "text": text % {"count": count}, "href": ""}


def _embedded(item: PackItem) -> list[EmbeddedFile]:
    return [
        EmbeddedFile(
            name=f"{annex_number(item, place)} {file.name}",
            media_type=file.media_type,
            description=_("Annex %(number)s to item %(item)s, %(title)s")
            % {
                "number": annex_number(item, place),
                "item": item.number,
                "title": item_title(item),
            },
            data=file.data,
        )
        for place, file in enumerate(item.attachments, start=1)
    ]
