"""Everything that is handed over of one meeting, independent of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from kommissorium.core.documents.handover import HandoverFile

# What a file of a meeting is: `minutes_open` are the minutes without closed items.
type Role = Literal["agenda", "minutes", "minutes_open", "addendum", "attachment"]


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """An item of the agenda. `result` is a word, `resolution_text` the decision as plain text."""

    number: str
    title: str
    is_closed: bool = False
    result: str = ""
    resolution_text: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """One meeting as it goes to the records system.

    `starts_at` is aware and in the municipality's own zone. `metadata` holds further facts, as
    participants and decisions, of lists, mappings, texts, numbers and dates. `language` is that
    of the README.
    """

    municipality: str
    committee: str
    meeting_number: str
    starts_at: datetime
    case_number: str
    kle_number: str
    title: str
    files: tuple[HandoverFile, ...]
    metadata: Mapping[str, object] = field(default_factory=dict)
    items: tuple[HandoverItem, ...] = ()
    language: str = "da"
