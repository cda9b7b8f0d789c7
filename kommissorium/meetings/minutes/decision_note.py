"""The chair's decision between meetings, on a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kommissorium.core.documents.about import about_document
from kommissorium.core.richtext import one_line, to_blocks
from kommissorium.meetings.minutes.grids import weighings_grid
from kommissorium.meetings.minutes.layout import Content, Fact, Section, WordedLine
from kommissorium.meetings.minutes.model import ProtocolWeighing
from kommissorium.meetings.pack.phrases import lines, moment_text


@dataclass(frozen=True, slots=True)
class DecisionNote:
    """A decision of the chair or the deputy chair.

    `decided_at` is aware and in the municipality's zone; `capacity` and `outcome` are worded.
    """

    municipality: str
    committee: str
    number: str
    title: str
    decided_at: datetime
    by: str
    capacity: str
    outcome: str
    text_html: str
    weighings: tuple[ProtocolWeighing, ...]
    why_now: str
    chair_absent_because: str = ""
    is_impartial: bool = False
    is_closed: bool = False
    closed_ground: str = ""
    language: str = "da"


def note_content(note: DecisionNote) -> Content:
    """Return the decision worded in the active language."""
    title = _("Decision %(number)s") % {"number": one_line(note.number)}
    committee, decided = one_line(note.committee), moment_text(note.decided_at)
    return Content(
        sheet=about_document(
            title,
            f"{committee}, {one_line(note.title)}",
            author=one_line(note.municipality) or committee,
            footer=f"{title} · {committee} · {decided}",
            language=note.language,
        ),
        words={"items": "", "no_items": "", "people": "", "closed": _("Closed item")},
        municipality=one_line(note.municipality),
        committee=committee,
        draft=_("Closed decision") if note.is_closed else "",
        warning=one_line(note.closed_ground) if note.is_closed else "",
        facts=(
            Fact(_("About"), one_line(note.title)),
            Fact(_("Decided"), decided),
            Fact(_("Decided by"), f"{one_line(note.by)}. {one_line(note.capacity)}"),
        ),
        before=tuple(section for section in _sections(note) if not section.is_empty),
    )


def _sections(note: DecisionNote) -> list[Section]:
    blocks = tuple(to_blocks(note.text_html))
    return [
        Section(_("Decision"), one_line(note.outcome), blocks, level=1, is_decision=True),
        _plain(_("Why it could not wait for the next meeting"), note.why_now),
        _plain(_("Why the chair could not decide"), note.chair_absent_because),
        Section(_("Weighing"), grid=weighings_grid(note.weighings), level=1),
        _plain(_("Impartiality"), declared() if note.is_impartial else ""),
    ]


def declared() -> str:
    """Return in words what whoever decides alone has declared."""
    return _("Whoever decided has declared not to be disqualified in the matter.")


def _plain(heading: str, text: str) -> Section:
    return Section(heading, lines=tuple(map(WordedLine, lines(text))), level=1)
