"""Objectives over time: on the agenda, on a past day, by quarter, and in the quarterly status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.measures.past import PastEvent
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.objectives.models import Measurement, Objective
from kommissorium.objectives.signals import (
    AT_RISK,
    IN_FORCE,
    LATE,
    MISSED,
    PROGRESS,
    REACHED,
    SIGNALS,
)
from kommissorium.objectives.status import ObjectiveStatus, statuses_known_on, statuses_on
from kommissorium.registers.agenda import AgendaContext, Draft, Sentence, Source, Weight, moved
from kommissorium.registers.periods import quarters_until
from kommissorium.registers.status import (
    StatusPart,
    compared,
    day_of,
    figures_telling,
    in_sentences,
)

QUARTERS = 12


@dataclass(frozen=True)
class PastDay:
    """The numbers of a day in words, and which objectives they count.

    Those are None where what is known today no longer says which they were.
    """

    numbers: Sequence[tuple[str | Promise, int]]
    rows: Sequence[ObjectiveStatus] | None


def past_of(figures: PastEvent) -> PastDay:
    """Return what is told of the day whose figures these are (four queries)."""
    counts: Mapping[str, int] = figures.facts["counts"]
    rows = statuses_known_on(day_of(figures))
    found = SIGNALS.counted(rows, *PROGRESS)
    is_same = all(found[one.code] == counts.get(one.code, 0) for one in PROGRESS)
    rows.sort(key=lambda one: (one.objective.due, one.objective.pk))
    return PastDay(SIGNALS.labelled(counts), rows if is_same else None)


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A quarter: how it stood when it ended, and the value in percent of the highest shown or wanted."""

    label: str
    status: ObjectiveStatus
    percent: int


def trend_of(found: Objective, known: Sequence[Measurement], today: date) -> list[TrendRow]:
    """Return the last quarters since it was first measured, the newest last (one query).

    Each is held against what was wanted then, in the year's set in force on its last day.
    """
    sets = Objective.objects.filter(lineage=found.lineage, set__state="approved")
    years = list(sets.select_related("set").order_by("set__in_force_from", "pk"))
    told = [
        (quarter.label, status, status.latest.value)
        for quarter in quarters_until(today, QUARTERS)
        if (status := _status(found, years, known, min(quarter.last, today))).latest
    ]
    highest = max((max(value, one.objective.target) for _label, one, value in told), default=0) or 1
    return [
        TrendRow(label, status, max(0, int(100 * value / highest))) for label, status, value in told
    ]


def _status(
    found: Objective, years: Sequence[Objective], known: Sequence[Measurement], day: date
) -> ObjectiveStatus:
    begun = [one for one in years if one.set.in_force_from and one.set.in_force_from <= day]
    measured = [one for one in known if one.day <= day]
    return ObjectiveStatus(begun[-1] if begun else found, measured, day)


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the part of the quarter (ten queries); none where none was in force by its end."""
    rows = statuses_known_on(quarter.last)
    then, before = _counts(quarter, rows), _counts(quarter.before, None)
    if not rows and not then.get("objectives"):
        return
    today = SIGNALS.counted(statuses_on(quarter.last), *PROGRESS)
    link = f"{reverse('objectives')}?on={quarter.last}"
    figures = SIGNALS.figures(PROGRESS, then, before, link, corrected=today)
    text = REACHED.at_end_of_quarter(then.get(REACHED.code))
    columns = (_("Objective"), _("Wanted"), _("Last measured"), _("State"))
    yield StatusPart(
        *("objectives", _("Objectives"), figures, in_sentences(text, compared(figures[0]))),
        columns,
        [_row(one) for one in rows],
    )


def _counts(quarter: Quarter, rows: list[ObjectiveStatus] | None) -> Mapping[str, int]:
    """Return them as kept that evening; from what is dated where no evening was kept."""
    if event := figures_telling("objectives", quarter.last):
        counts: Mapping[str, int] = event.facts["counts"]
        return counts
    found = statuses_known_on(quarter.last) if rows is None else rows
    return SIGNALS.counted(found, IN_FORCE, *PROGRESS) if found else {}


def _row(one: ObjectiveStatus) -> tuple[str, ...]:
    found = one.objective
    return found.title, found.wanted, one.measured or "–", str(one.progress.label)


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
