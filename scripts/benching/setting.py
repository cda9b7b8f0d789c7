"""Set eight items with forty attached pages as a pack, again and again: prints JSON.

Needs no database. The texts differ each time, as those of two meetings do: the typesetter
remembers what it has set before.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

os.environ.setdefault("KOMMISSORIUM_SECRET_KEY", "for-measuring-only-" + "x" * 32)
os.environ["DJANGO_SETTINGS_MODULE"] = "kommissorium.config.settings"

import django

django.setup()

from django.utils import translation  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from kommissorium.demo.agendas import paper  # noqa: E402
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


def sample(files: Sequence[PackFile], mark: int) -> Pack:
    """Return the pack: every item has text of about half a page and one PDF of five pages."""
    starts_at = datetime(2026, 12, 3, 12, tzinfo=UTC)
    return Pack(
        municipality="Havneby Kommune",
        committee="Informationssikkerhedsudvalget",
        title="",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        made_at=starts_at,
        items=tuple(_item(number, file, mark) for number, file in enumerate(files, 1)),
    )


def measured() -> dict[str, Any]:
    """Return the median of the seconds by edition, and for each page of it."""
    papers = [paper(_sheet(f"Bilag {number}")) for number in range(1, ITEMS + 1)]
    files = [_file(number, data) for number, data in enumerate(papers, 1)]
    found: dict[str, Any] = {
        "items": ITEMS,
        "attached_pages": sum(pages(data) for data in papers),
    }
    with translation.override("da"):
        for name, write in EDITIONS.items():
            times = []
            for mark in range(ROUNDS):
                pack = sample(files, mark)
                started = perf_counter()
                data = write(pack)
                times.append(perf_counter() - started)
            found[name] = {"seconds": round(median(times), 3), "pages": pages(data)}
    return found


def pages(data: bytes) -> int:
    """Return the number of pages of a PDF; 0 for anything else."""
    if not data.startswith(b"%PDF-"):
        return 0
    return len(PdfReader(io.BytesIO(data)).pages)


def _file(number: int, data: bytes) -> PackFile:
    digest = hashlib.sha256(data).hexdigest()
    return PackFile(f"bilag-{number}.pdf", "application/pdf", digest, len(data), data)


def _item(number: int, file: PackFile, mark: int) -> PackItem:
    return PackItem(
        number=number,
        title=f"Punkt {number}, {mark}. gang",
        type_label="Til beslutning",
        recommendation_html=f"<p>Det indstilles, at bilag {mark} godkendes.</p>",
        presentation_html=f"<p>{mark}. {SENTENCE * 8}</p><p>{mark}. {SENTENCE * 6}</p>",
        attachments=(file,),
    )


def _sheet(title: str) -> Sheet:
    body = "".join(f"<h3>Afsnit {n}</h3><p>{SENTENCE * 15}</p>" for n in range(1, PAGES_EACH + 1))
    return Sheet({"Titel": title, "Side pr. afsnit": "ja"}, body)


if __name__ == "__main__":
    json.dump(measured(), sys.stdout)
