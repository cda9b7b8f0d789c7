"""The minutes as an accessible PDF."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import override

from kommissorium.core.documents import render_pdf
from kommissorium.meetings.minutes.content import addendum_content, minutes_content
from kommissorium.meetings.minutes.decision_note import DecisionNote, note_content
from kommissorium.meetings.minutes.layout import Content
from kommissorium.meetings.minutes.model import Protocol

TEMPLATE = Path(__file__).with_name("protocol.typ")


def minutes_pdf(protocol: Protocol) -> bytes:
    """Return the minutes as PDF/UA-1 and PDF/A-2a. Attachments are listed, not inside.

    The same minutes give the same bytes. Raises DocumentError (core.documents).
    """
    with override(protocol.language):
        return _pdf(protocol, minutes_content(protocol))


def addendum_pdf(protocol: Protocol) -> bytes:
    """Return the addendum alone: what was changed, and the record that it points back to.

    Raises DocumentError (core.documents).
    """
    with override(protocol.language):
        return _pdf(protocol, addendum_content(protocol))


def decision_pdf(note: DecisionNote) -> bytes:
    """Return a chair's decision as PDF/UA-1 and PDF/A-2a. Raises DocumentError."""
    with override(note.language):
        return render_pdf(TEMPLATE, note_content(note).as_data(), made_at=note.decided_at)


def _pdf(protocol: Protocol, content: Content) -> bytes:
    return render_pdf(TEMPLATE, content.as_data(), made_at=protocol.made_at)
