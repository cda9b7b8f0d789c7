"""Agenda: the standing of the objectives under ongoing work, and draft texts of the item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.objectives.signals import AT_RISK, IN_FORCE, LATE, MISSED, REACHED
from kommissorium.objectives.status import ObjectiveStatus, statuses_known_on, statuses_on
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.drafting import Draft, Sentence, Source, Weight, moved


def committee_statuses(context: AgendaContext) -> list[ObjectiveStatus]:
    """Return how the objectives stand that the meeting's committee approved."""
    return _own(statuses_on(context.today), context)


def news_table(context: AgendaContext) -> FactTable | None:
    """Return how the objectives of the meeting's committee stand; None where there are none."""
    found = context.once(committee_statuses)
    if not found:
        return None
    rows = [
        FactRow(
            f"objectives.status:{one.objective.pk}",
            (one.objective.title, one.objective.wanted, one.measured, str(one.progress.label)),
            one.objective.get_absolute_url(),
            urgent=LATE.holds(one) or MISSED.holds(one),
        )
        for one in found
    ]
    columns = (_("Objective"), _("Wanted"), _("Last measured"), _("How it stands"))
    return FactTable("objectives", _("Objectives"), "", columns, tuple(rows))


def objective_draft(context: AgendaContext) -> Draft | None:
    """Return how many of the committee's objectives are reached, missed or late to be measured.

    None where it has set none.
    """
    found = context.once(committee_statuses)
    if not found:
        return None
    source = Source(_("The objectives"), reverse("objectives"))
    points = MISSED.points(sum(map(MISSED.holds, found)))
    sentences = tuple(_sentences(found, _reached_then(context)))
    return Draft(sentences, points, (source,), _("the objectives"))


def _sentences(found: Sequence[ObjectiveStatus], before: int | None) -> Iterator[Sentence]:
    """Yield what is said of the objectives; `before` were reached at the last meeting."""
    for signal in (MISSED, AT_RISK, LATE):
        yield from signal.drafted([one.objective.title for one in found if signal.holds(one)])
    number = sum(map(REACHED.holds, found))
    text = f"{IN_FORCE.said(len(found))} {REACHED.said(number, moved(number, before))}"
    if before is None or number == before:
        yield Sentence(text)
    else:
        yield Sentence(text, Weight.BETTER if number > before else Weight.WORSE)


def _reached_then(context: AgendaContext) -> int | None:
    """Return how many of the committee's were reached by what was known at the last meeting."""
    if context.met_before is None:
        return None
    own = _own(statuses_known_on(timezone.localdate(context.met_before)), context)
    return sum(map(REACHED.holds, own)) if own else None


def _own(found: Sequence[ObjectiveStatus], context: AgendaContext) -> list[ObjectiveStatus]:
    committee = context.meeting.committee_id
    return [one for one in found if one.objective.set.committee_id == committee]
