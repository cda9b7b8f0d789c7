"""A pack of a fictional committee, and what it is made of."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kommissorium.core.tests.documents.pdfs import pdf_with
from kommissorium.meetings.pack import Pack, PackFile, PackItem, PackSeat

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SECRET = "Leverandørens hul"


def attached(name: str, data: bytes, media_type: str = "application/pdf") -> PackFile:
    return PackFile(name, media_type, hashlib.sha256(data).hexdigest(), len(data), data)


ITEMS = (
    PackItem(
        1,
        "Godkendelse af referat",
        "Til beslutning",
        "<p>Udvalget <strong>godkender</strong> referatet.</p>",
        "<p>Referatet er vedlagt.</p>",
        attachments=(attached("Referat æøå.pdf", pdf_with("referatside", "andenside")),),
    ),
    PackItem(
        2,
        SECRET,
        "Til drøftelse",
        presentation_html="<p>Kun for <em>få</em>.</p>",
        is_closed=True,
        closed_ground="Oplysninger om sikkerhed",
        attachments=(attached("Hemmeligt.xlsx", b"PK\x03\x04", XLSX),),
    ),
    PackItem(3, "Eventuelt", "Til orientering"),
)


def sample(**changes: Any) -> Pack:
    """Return the pack, in English unless `language` says otherwise: its words are msgids."""
    pack = Pack(
        municipality="Eksempel Kommune",
        committee="Informationssikkerhedsudvalget",
        title="Dagsorden",
        starts_at=datetime(2026, 12, 3, 13, 0, tzinfo=COPENHAGEN),
        ends_at=datetime(2026, 12, 3, 15, 0, tzinfo=COPENHAGEN),
        made_at=datetime(2026, 11, 25, 10, 30, tzinfo=COPENHAGEN),
        place="Rådhuset, lokale 2",
        link="https://video.eksempel.dk/1234",
        edition_note="Til udvalgets medlemmer",
        seats=(
            PackSeat("Formand", "Direktør", "Morten Lund", "Lise Rønhave"),
            PackSeat("Rådgiver", "Databeskyttelsesrådgiver", ""),
        ),
        items=ITEMS,
        language="en",
    )
    return replace(pack, **changes)
