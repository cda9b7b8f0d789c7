"""The document "minutes" in every edition: PDF, Word and plain data.

The libraries that write PDF and Word are loaded by whoever first asks for an edition (PEP 562), as
for the pack.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kommissorium.meetings.minutes.decision_note import DecisionNote
from kommissorium.meetings.minutes.model import (
    Protocol,
    ProtocolAbsence,
    ProtocolAdvice,
    ProtocolDissent,
    ProtocolFile,
    ProtocolItem,
    ProtocolPerson,
    ProtocolTask,
    ProtocolWeighing,
    extract,
    without_closed,
)

if TYPE_CHECKING:
    from kommissorium.meetings.minutes.accessible_pdf import addendum_pdf, decision_pdf, minutes_pdf
    from kommissorium.meetings.minutes.model import minutes_from_json, minutes_json
    from kommissorium.meetings.minutes.word import minutes_docx

__all__ = [
    "DecisionNote",
    "Protocol",
    "ProtocolAbsence",
    "ProtocolAdvice",
    "ProtocolDissent",
    "ProtocolFile",
    "ProtocolItem",
    "ProtocolPerson",
    "ProtocolTask",
    "ProtocolWeighing",
    "addendum_pdf",
    "decision_pdf",
    "extract",
    "minutes_docx",
    "minutes_from_json",
    "minutes_json",
    "minutes_pdf",
    "without_closed",
]

_WRITERS = {
    "addendum_pdf": "accessible_pdf",
    "decision_pdf": "accessible_pdf",
    "minutes_docx": "word",
    "minutes_from_json": "model",
    "minutes_json": "model",
    "minutes_pdf": "accessible_pdf",
}


def __getattr__(name: str) -> Any:
    if name not in _WRITERS:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_WRITERS[name]}"), name)
