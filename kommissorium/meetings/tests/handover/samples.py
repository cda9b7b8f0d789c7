"""A handover of a fictional meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from kommissorium.meetings.handover import Handover, HandoverFile, HandoverItem

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FILES = (
    HandoverFile("Dagsorden.pdf", PDF, b"agenda", "agenda"),
    HandoverFile("Referat.pdf", PDF, b"minutes", "minutes", is_closed=True),
    HandoverFile("Referat.pdf", PDF, b"open minutes", "minutes_open"),
    HandoverFile("Tillæg.pdf", PDF, b"addendum", "addendum"),
    HandoverFile("Risikobillede æøå.docx", WORD, b"PK\x03\x04", "attachment", "2026/3-1"),
    HandoverFile("Hul.pdf", PDF, b"secret", "attachment", "2026/3-2", is_closed=True),
)
ITEMS = (
    HandoverItem(
        "2026/3-1", "Risikobillede", result="Godkendt", resolution_text="Det er godkendt."
    ),
    HandoverItem("2026/3-2", "Leverandørens hul", is_closed=True),
)


def sample(**changes: Any) -> Handover:
    """Return the handover, in English unless `language` says otherwise: its words are msgids."""
    handover = Handover(
        municipality="Eksempel Kommune",
        committee="Informationssikkerhedsudvalget",
        meeting_number="2026/3",
        starts_at=datetime(2026, 12, 3, 13, 0, tzinfo=ZoneInfo("Europe/Copenhagen")),
        case_number="2026-001234",
        kle_number="85.11.00G01",
        title="Møde i Informationssikkerhedsudvalget",
        files=FILES,
        metadata={
            "participants": [{"name": "Morten Lund", "present": True}],
            "confirmed": date(2027, 3, 4),
            "cost": Decimal("1250.50"),
        },
        items=ITEMS,
        language="en",
    )
    return replace(handover, **changes)
