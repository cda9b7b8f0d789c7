"""Set eight items with forty attached pages as a pack, again and again: prints JSON.

Needs no database. What the first time costs more (fonts, caches) is told apart.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

os.environ.setdefault("KOMMISSORIUM_SECRET_KEY", "for-measuring-only")
os.environ["DJANGO_SETTINGS_MODULE"] = "kommissorium.config.settings"

import django  # noqa: E402

django.setup()

from django.utils import translation  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from kommissorium.demo.papers import paper  # noqa: E402
from kommissorium.demo.texts import Sheet  # noqa: E402
from kommissorium.meetings.pack import (  # noqa: E402
    Pack,
    PackFile,
    PackItem,
    pack_docx,
    pack_pdf,
    pack_print_pdf,
)

ITEMS = 8
PAGES_EACH = 5
ROUNDS = 5
EDITIONS: dict[str, Callable[[Pack], bytes]] = {
    "pdf": pack_pdf,
    "print": pack_print_pdf,
    "docx": pack_docx,
}
SENTENCE = "Udvalget har bedt om en gennemgang af de systemer, der behandler personoplysninger. "


def sample() -> Pack:
    """Return the pack: every item has text of about half a page and one PDF of five pages."""
    starts_at = datetime(2026, 12, 3, 12, tzinfo=UTC)
    return Pack(
        municipality="Havneby Kommune",
        committee="Informationssikkerhedsudvalget",
        title="",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        made_at=starts_at,
        items=tuple(_item(number) for number in range(1, ITEMS + 1)),
    )


def measured() -> dict[str, Any]:
    """Return seconds by edition: the first time, the median of the next, and for each page."""
    pack = sample()
    attached = sum(pages(file.data) for item in pack.items for file in item.attachments)
    found: dict[str, Any] = {"items": ITEMS, "attached_pages": attached}
    with translation.override("da"):
        for name, write in EDITIONS.items():
            times = []
            for _ in range(ROUNDS + 1):
                started = perf_counter()
                data = write(pack)
                times.append(perf_counter() - started)
            found[name] = {"first": round(times[0], 3), "median": round(median(times[1:]), 3)}
            if name != "docx":
                found[name]["pages"] = pages(data)
    return found


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def _item(number: int) -> PackItem:
    data = paper(_sheet(f"Bilag {number}"))
    digest = hashlib.sha256(data).hexdigest()
    file = PackFile(f"bilag-{number}.pdf", "application/pdf", digest, len(data), data)
    return PackItem(
        number=number,
        title=f"Punkt {number}",
        type_label="Til beslutning",
        recommendation_html="<p>Det indstilles, at udvalget godkender bilaget.</p>",
        presentation_html=f"<p>{SENTENCE * 8}</p><p>{SENTENCE * 6}</p>",
        attachments=(file,),
    )


def _sheet(title: str) -> Sheet:
    body = "".join(f"<h3>Afsnit {n}</h3><p>{SENTENCE * 15}</p>" for n in range(1, PAGES_EACH + 1))
    return Sheet({"Titel": title, "Side pr. afsnit": "ja"}, body)


if __name__ == "__main__":
    json.dump(measured(), sys.stdout)
