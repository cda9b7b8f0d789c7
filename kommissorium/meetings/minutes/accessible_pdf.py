"""The minutes as an accessible PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from kommissorium.core.documents import EmbeddedFile, render_pdf
from kommissorium.meetings.minutes.content import (
    addendum_content,
    annex_content,
    minutes_content,
)
from kommissorium.meetings.minutes.decision_note import DecisionNote, note_content
from kommissorium.meetings.minutes.layout import Content, Fact
from kommissorium.meetings.minutes.model import Protocol
from kommissorium.meetings.pack.phrases import inside_text

TEMPLATE = Path(__file__).with_name("protocol.typ")


def minutes_pdf(protocol: Protocol) -> bytes:
    """Return the minutes as PDF/UA-1 and PDF/A-3a, or PDF/A-2a where the registers said nothing.

    What they said lies inside as a PDF of its own; attachments of items are listed, not inside.
    The same minutes give the same bytes. Raises DocumentError (core.documents).
    """
    with override(protocol.language):
        content, annex = minutes_content(protocol), annex_content(protocol)
        if not annex.items:
            return _pdf(protocol, content)
        inside = EmbeddedFile(
            name=_("Annex, the registers.pdf"),
            media_type="application/pdf",
            description=annex.sheet["title"],
            data=_pdf(protocol, annex),
            is_ours=True,
        )
        where = Fact(_("Annex: the registers"), inside_text(1))
        told = replace(content, annex=(), facts=(*content.facts, where))
        return _pdf(protocol, told, [inside])


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


def _pdf(protocol: Protocol, content: Content, inside: Sequence[EmbeddedFile] = ()) -> bytes:
    data = content.as_data()
    return render_pdf(TEMPLATE, data, made_at=protocol.made_at, attachments=inside)
