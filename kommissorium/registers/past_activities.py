"""Activities from the chain: planned, moved, held, called off; and what checks find in them.

On any day, by what had been written when another day ended. What was promised is the day by which
an activity was to be held when the committee approved its plan: moving it later changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.localised import day
from kommissorium.registers.activities import LATE, OFF, ActivityKind, dated
from kommissorium.registers.findings import (
    Evidence,
    Finding,
    Noted,
    Question,
    Step,
    due_soon,
    event_evidence,
    fulfilled,
    not_fulfilled,
    unless_first_period,
)
from kommissorium.registers.models.activities import ActivityState
from kommissorium.registers.past import (
    PROPOSAL_APPROVED,
    STANDARD_ACTS,
    ApprovedProposal,
    PastEvent,
    StandardPast,
    approvals,
    past_events,
    standard_past,
)

PLANNED: Final = "registers.activity_planned"
CHANGED: Final = "registers.activity_changed"
REMOVED: Final = "registers.activity_removed"
HELD: Final = "registers.activity_held"
CALLED_OFF: Final = "registers.activity_called_off"
RESULT: Final = "registers.activity_result"
OF_ACTIVITIES: Final = (PLANNED, CHANGED, REMOVED, HELD, CALLED_OFF, RESULT)
ACTIVITY_ACTS: Final = (*STANDARD_ACTS, *OF_ACTIVITIES)


@dataclass(slots=True)
class KnownActivity:
    """An activity as it was on a day. `promised` is when it was to be held as approved."""

    key: int
    facts: Mapping[str, Any]  # of the newest event that says what is planned
    promised: date
    noted: Noted
    held_on: date | None = None
    outcome: str = ""
    is_off: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def plan(self) -> int:
        key: int = self.facts["plan"]
        return key

    @property
    def planned_for(self) -> date:
        return date.fromisoformat(self.facts["planned_for"])

    @property
    def is_open(self) -> bool:
        return self.held_on is None and not self.is_off

    def state_on(self, day: date) -> ActivityState:
        """Return how it stood on the day, of which it is known."""
        if self.is_off:
            return ActivityState.CALLED_OFF
        if self.held_on:
            return ActivityState.HELD
        return ActivityState.LATE if self.planned_for < day else ActivityState.PLANNED


@dataclass(frozen=True)
class ActivityPast(StandardPast):
    """The past of a register of activities: its plans, its activities, and what was evaluated."""

    events: Sequence[PastEvent] = ()
    evaluated: Sequence[ApprovedProposal] = ()

    def activities_on(self, asked: Question) -> list[KnownActivity]:
        """Return the activities of approved plans as they stood on the day, as far as is known."""
        until = min(asked.on, asked.known)
        approved = {one.key: one for one in self.approved if one.noted.on <= until}
        found: dict[int, KnownActivity] = {}
        for event in self.events:
            if event.noted.on <= (asked.known if event.act in (HELD, RESULT) else until):
                _fold(found, event, approved, asked.on)
        return [one for one in found.values() if one.plan in approved]

    def evaluations_on(self, asked: Question) -> list[ApprovedProposal]:
        """Return what was evaluated by decision until the day, as far as is known."""
        return [
            one for one in self.evaluated if one.noted.on <= asked.known and one.decided <= asked.on
        ]


def activity_past(
    events: Iterable[PastEvent],
    today: Mapping[str, int],
    *,
    register: str,
    plan: str,
    slug: str,
    evaluation: str = "",
) -> ActivityPast:
    """Return the past of a register: of its kind of plan, its activities and its evaluations."""
    rows = list(events)
    own = [one for one in rows if one.facts.get("activities") == slug]
    standard = standard_past(rows, today, register, plan)
    return ActivityPast(
        standard.figures, standard.approved, own, approvals(rows, evaluation) if evaluation else ()
    )


def results_telling_of(day: date) -> list[int]:
    """Return the keys of the events that say how each activity went (one query).

    Each has the newest that was known when the day ended, and the newest of all: how often one
    was told before says nothing any more.
    """
    told = Event.objects.filter(act=RESULT).order_by().values("object_kind", "object_id")
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    until = Max("seq", filter=Q(at__lt=end))
    rows = told.annotate(then=until, now=Max("seq")).values_list("then", "now")
    return [key for row in rows for key in row if key is not None]


def activities_known(plan: str, slug: str, on: date, known: date) -> list[KnownActivity]:
    """Return the activities as they stood on a day by what was known on another (one query)."""
    events = past_events(Q(act__in=(*OF_ACTIVITIES, PROPOSAL_APPROVED)))
    asked = Question(on, known, date.min, 0)
    return activity_past(events, {}, register="", plan=plan, slug=slug).activities_on(asked)


def _fold(
    found: dict[int, KnownActivity],
    event: PastEvent,
    approved: Mapping[int, ApprovedProposal],
    on: date,
) -> None:
    """Let an event tell of an activity what was so on the day."""
    facts = event.facts
    if event.act == REMOVED:
        found.pop(facts["activity"], None)
        return
    one = found.get(event.key)
    planned_for = date.fromisoformat(facts["planned_for"])
    if one is None:
        found[event.key] = KnownActivity(event.key, facts, planned_for, event.noted)
        return
    if event.act == CHANGED:
        approval = approved.get(one.plan)
        one.facts = facts
        if approval is None or event.noted.seq < approval.noted.seq:
            one.promised = planned_for
    elif event.act == HELD and date.fromisoformat(facts["held_on"]) <= on:
        one.held_on, one.outcome = date.fromisoformat(facts["held_on"]), facts["outcome"]
        one.noted = event.noted
    elif event.act == CALLED_OFF:
        one.is_off = True
    elif event.act == RESULT:
        one.numbers = facts["numbers"]


type Kind = ActivityKind[Any]
PATIENCE: Final = timedelta(days=60)  # how long an activity may be late before it is red
FIRST_MONTHS: Final = 3  # in which a plan is to be there, of each year and at the beginning


def no_plan(kind: Kind, plan: ApprovedProposal | None, asked: Question) -> Finding:
    """Return that no plan is in force, or that it is another committee's."""
    step = Step(str(kind.new_plan), reverse(kind.home))
    if plan is None:
        text = _("No plan that the committee approved is in force.")
    else:
        text = _("The plan in force was approved by %(committee)s, not by this committee.")
        text %= {"committee": plan.by.name}
    return unless_first_period(not_fulfilled(text, step=step), asked, FIRST_MONTHS)


def plan_of_the_year(kind: Kind, plan: ApprovedProposal, on: date) -> Finding:
    """Return whether the plan is of the year: that of the year before is until 31 March."""
    year = plan.facts["year"]
    values = {"year": year, "day": day(plan.noted.on), "now": on.year}
    text = _("The committee approved the plan of %(year)s on %(day)s.") % values
    link = reverse("activity_plan", args=[kind.slug, plan.key])
    about = f"{kind.plan.kind} {plan.key}"
    evidence = event_evidence(_("The plan as approved"), link, about, plan.noted, plan.noted.on)
    if year >= on.year:
        return fulfilled(text, evidence)
    step = Step(str(kind.new_plan), reverse(kind.home))
    until = date(year + 1, FIRST_MONTHS, 31)
    if on <= until:
        soon = _("That of %(now)s is to be approved by %(until)s.")
        soon %= {**values, "until": day(until)}
        return due_soon(f"{text} {soon}", evidence, step=step)
    return not_fulfilled(f"{text} {_('There is none of %(now)s.') % values}", evidence, step=step)


def late_and_called_off(kind: Kind, promised: Sequence[KnownActivity], on: date) -> list[Finding]:
    """Return what was to be held before the day and is not, and what was called off.

    That is told alone: whom it was for must be reached otherwise.
    """
    found = []
    late = [one for one in promised if one.is_open and one.promised < on]
    if late := sorted(late, key=lambda one: one.promised):
        text = LATE.naming([dated(one.facts["title"], one.promised) for one in late])
        make = not_fulfilled if late[0].promised + PATIENCE < on else due_soon
        found.append(make(text, step=kind.signals.step(LATE)))
    if number := sum(one.is_off for one in promised):
        found.append(fulfilled(OFF.said(number)))
    return found


def activity_evidence(kind: Kind, one: KnownActivity) -> Evidence:
    """Return that it was held as evidence."""
    link = reverse("activity", args=[kind.slug, one.key])
    name = kind.model._meta.label_lower  # noqa: SLF001 Django's documented model API
    return event_evidence(
        str(one.facts["title"]), link, f"{name} {one.key}", one.noted, one.held_on
    )
