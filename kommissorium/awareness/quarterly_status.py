"""What awareness says in the status of a quarter: what was held, and whom it reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.awareness.half_figures import span_figures
from kommissorium.awareness.kind import KIND, PLAN
from kommissorium.awareness.models import Audience, AwarenessPlan, Sort
from kommissorium.core.ui.localised import day
from kommissorium.registers.models.activities import ActivityState
from kommissorium.registers.past_activities import KnownActivity, activities_known
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import StatusFigure, StatusPart, in_sentences, told


class _Span(NamedTuple):
    first: date
    last: date


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the part of the quarter; none where no plan had been approved by its end."""
    if not AwarenessPlan.objects.filter(state="approved").exists():
        return
    known = activities_known(PLAN.kind, KIND.slug, quarter.last, quarter.last)
    if not known:
        return
    before = quarter.before
    link = f"{reverse('awareness')}?former=1"
    spans = _Span(quarter.first, quarter.last), _Span(before.first, before.last)
    figures = span_figures(*spans, quarter.last, before.last, link)
    late = _late(known, quarter.last)
    known_before = activities_known(PLAN.kind, KIND.slug, before.last, before.last)
    late_before = len(_late(known_before, before.last)) if known_before else None
    label = str(ActivityState.LATE.label)
    figures.append(StatusFigure("late", label, len(late), late_before, link, "less"))
    held = [one for one in known if one.held_on and quarter.first <= one.held_on <= quarter.last]
    text = told(
        _("Nothing was held in the quarter."),
        _("One campaign, course or simulation was held in the quarter."),
        _("%(number)s campaigns, courses and simulations were held in the quarter."),
        len(held),
    )
    columns = (_("What was held"), _("Kind"), _("For whom"), _("Held on"))
    rows = [_row(one) for one in sorted(held, key=lambda one: (one.held_on or date.min, one.key))]
    yield StatusPart(
        *("awareness", _("Awareness"), figures, in_sentences(text, _missing(late))), columns, rows
    )


def _late(known: list[KnownActivity], on: date) -> list[KnownActivity]:
    return [one for one in known if one.is_open and one.promised < on]


def _missing(late: list[KnownActivity]) -> str:
    if not late:
        return ""
    return _("“%(title)s” was to be held and was not.") % {"title": late[0].facts["title"]}


def _row(one: KnownActivity) -> tuple[str, ...]:
    facts = one.facts
    whom = str(Audience(facts["audience"]).label)
    return facts["title"], str(Sort(facts["sort"]).label), whom, day(one.held_on)
