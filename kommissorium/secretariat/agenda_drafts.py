"""Drafts of the texts of agenda items, made of what meetings, tasks, wheel and registers suggest.

What needs a decision comes first. The three sentences that matter most stand by themselves where
there are more; what is nothing new is one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from django.utils.translation import gettext as _

from kommissorium.committees.measures import Measure
from kommissorium.core.richtext import sanitise
from kommissorium.meetings.actions.drafts import DraftTexts
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.drafting import Draft, Sentence, enumerated
from kommissorium.registers.installed import registers
from kommissorium.secretariat.own_drafts import OWN
from kommissorium.secretariat.wheel_drafts import fed_draft

MOST_IMPORTANT, MOST_MORE = 3, 3  # sentences of an item
MOST_SOURCES = 8


def drafts_of(meeting: Meeting) -> dict[int, DraftTexts]:
    """Return the drafts of the items that the mandate demands, by their key.

    Without those that nothing is known of. As many queries as there are registers, however much
    they hold.
    """
    items = list(meeting.items.standing().select_related("clause"))
    context = AgendaContext(meeting, items)
    asked = [item for item in items if item.measure and not item.subject_kind]
    found = {item.pk: _texts(item, list(_drafts(item.measure, context))) for item in asked}
    return {key: texts for key, texts in found.items() if texts.sentences}


def _drafts(measure: str, context: AgendaContext) -> Iterator[Draft]:
    said = (register.agenda.get(measure) for register in registers())
    drafters = [OWN.get(measure), *(one.draft for one in said if one)]
    for drafter in filter(None, drafters):
        if draft := drafter(context):
            yield draft
    if measure != Measure.AGENDA_YEAR_WHEEL and (fed := fed_draft(context, measure)):
        yield fed


def _texts(item: AgendaItem, drafts: Sequence[Draft]) -> DraftTexts:
    """Return one text of the drafts, the same for the same drafts."""
    new = [draft for draft in drafts if draft.has_news or not draft.about]
    quiet = [draft.about for draft in drafts if draft not in new]
    said = sorted((one for draft in new for one in draft.sentences), key=_weight)
    told = [one.text for one in said[: MOST_IMPORTANT + MOST_MORE]]
    nothing = [_nothing_new(quiet)] if quiet else []
    points = [point for draft in new for point in draft.points]
    has_news = any(draft.has_news for draft in new)
    sources = [(one.label, one.link) for draft in new for one in draft.sources]
    return DraftTexts(
        presentation=sanitise(_presentation(told, nothing)),
        recommendation=sanitise(_recommendation(item, points, has_news=has_news)),
        sentences=(*told, *nothing),
        points=points if item.takes_decisions else (),
        sources=sources[:MOST_SOURCES],
    )


def _weight(one: Sentence) -> int:
    return one.weight


def _nothing_new(quiet: Sequence[str]) -> str:
    return _("There is nothing new about %(subjects)s.") % {"subjects": enumerated(quiet)}


def _presentation(told: Sequence[str], nothing: Sequence[str]) -> str:
    first, more = told[:MOST_IMPORTANT], told[MOST_IMPORTANT:]
    if not more:
        return _paragraph([*told, *nothing])
    listed = "".join(f"<li>{escape(one)}</li>" for one in first)
    return f"<ul>{listed}</ul>{_paragraph([*more, *nothing])}"


def _recommendation(item: AgendaItem, points: Sequence[str], *, has_news: bool) -> str:
    """Return what the committee is recommended to do; "" where there is nothing to decide."""
    if not item.takes_decisions or not (points or has_news):
        return ""
    if not points:
        return _paragraph([_("It is recommended that the committee takes note of this.")])
    if len(points) == 1:
        text = _("It is recommended that the committee %(point)s.")
        return _paragraph([text % {"point": points[0]}])
    listed = "".join(f"<li>{escape(one)}</li>" for one in points)
    return f"{_paragraph([_('It is recommended that the committee')])}<ol>{listed}</ol>"


def _paragraph(sentences: Sequence[str]) -> str:
    return f"<p>{escape(' '.join(sentences))}</p>" if sentences else ""
