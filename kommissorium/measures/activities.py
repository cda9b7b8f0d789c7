"""Activities from the chain: planned, moved, held, called off; and what rules find in them.

On any day, by what had been written when another day ended. What was promised is the day by which
an activity was to be held when the committee approved its plan: moving it later changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from kommissorium.measures.counted import Counted, plural
from kommissorium.measures.findings import (
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
from kommissorium.measures.past import (
    STANDARD_ACTS,
    ApprovedProposal,
    PastEvent,
    StandardPast,
    Today,
    approvals,
    standard_past,
)
from kommissorium.measures.rules.chair import by_committee, said_by
from kommissorium.measures.said import Words, _, day, joined, link

PLANNED: Final = "registers.activity_planned"
CHANGED: Final = "registers.activity_changed"
REMOVED: Final = "registers.activity_removed"
HELD: Final = "registers.activity_held"
CALLED_OFF: Final = "registers.activity_called_off"
RESULT: Final = "registers.activity_result"
OF_ACTIVITIES: Final = (PLANNED, CHANGED, REMOVED, HELD, CALLED_OFF, RESULT)
ACTIVITY_ACTS: Final = (*STANDARD_ACTS, *OF_ACTIVITIES)


@dataclass
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
    today: Today,
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


@dataclass(frozen=True)
class Kind:
    """A kind of activity as rules tell of it: in addresses, in the chain, and its next step.

    `home` is the page of its list, `new_plan` the button that drafts the plan of a year.
    """

    slug: str
    row: str
    plan: str
    home: str
    new_plan: Words

    @property
    def late(self) -> Counted:
        """Return the number of those that are late, as its own list shows them."""
        return Counted("late", LATE, button=SEE_LATE, page=self.home, narrowed=LATE_ONES)


LATE: Final = plural("One activity is late.", "%(number)d activities are late.")
SEE_LATE: Final = _("See what is late")
OFF: Final = plural("One activity was called off.", "%(number)d activities were called off.")
LATE_ONES: Final = "state=late&former=1"
PATIENCE: Final = timedelta(days=60)  # how long an activity may be late before it is red
FIRST_MONTHS: Final = 3  # in which a plan is to be there, of each year and at the beginning


def no_plan(kind: Kind, plan: ApprovedProposal | None, asked: Question) -> Finding:
    """Return that no plan is in force, or that it is another committee's."""
    step = Step(kind.new_plan, link(kind.home))
    if plan is None:
        text = _("No plan that the committee approved is in force.")
    else:
        other = _("The plan in force was approved by %(committee)s, not by this committee.")
        text = other % {"committee": plan.by.name}
    return unless_first_period(not_fulfilled(text, step=step), asked, FIRST_MONTHS)


def plan_of_the_year(kind: Kind, plan: ApprovedProposal, asked: Question) -> Finding:
    """Return whether the plan is of the year: that of the year before is until 31 March."""
    return by_committee(_of_the_year(kind, plan, asked), plan.by, asked, may=True)


def _of_the_year(kind: Kind, plan: ApprovedProposal, asked: Question) -> Finding:
    year, on = plan.facts["year"], asked.on
    values = {"year": year, "day": day(plan.noted.on), "now": on.year}
    committee = _("The committee approved the plan of %(year)s on %(day)s.")
    chair = _("The chair approved the plan of %(year)s on %(day)s.")
    text = said_by(plan.by, asked, committee, chair, values)
    page, about = link("activity_plan", kind.slug, plan.key), f"{kind.plan} {plan.key}"
    evidence = event_evidence(_("The plan as approved"), page, about, plan.noted, plan.noted.on)
    if year >= on.year:
        return fulfilled(text, evidence)
    step = Step(kind.new_plan, link(kind.home))
    until = date(year + 1, FIRST_MONTHS, 31)
    if on <= until:
        soon = _("That of %(now)s is to be approved by %(until)s.")
        soon %= {**values, "until": day(until)}
        return due_soon(joined(text, soon), evidence, step=step)
    return not_fulfilled(joined(text, _("There is none of %(now)s.") % values), evidence, step=step)


def late_and_called_off(kind: Kind, promised: Sequence[KnownActivity], on: date) -> list[Finding]:
    """Return what was to be held before the day and is not, and what was called off.

    That is told alone: whom it was for must be reached otherwise.
    """
    found = []
    late = [one for one in promised if one.is_open and one.promised < on]
    if late := sorted(late, key=lambda one: one.promised):
        text = kind.late.naming([_dated(one.facts["title"], one.promised) for one in late])
        make = not_fulfilled if late[0].promised + PATIENCE < on else due_soon
        found.append(make(text, step=kind.late.step))
    if number := sum(one.is_off for one in promised):
        found.append(fulfilled(OFF % {"number": number}))
    return found


def activity_evidence(kind: Kind, one: KnownActivity) -> Evidence:
    """Return that it was held as evidence."""
    page, about = link("activity", kind.slug, one.key), f"{kind.row} {one.key}"
    return event_evidence(str(one.facts["title"]), page, about, one.noted, one.held_on)


def _dated(title: str, on: date) -> Words:
    return _("“%(title)s” (%(day)s)") % {"title": title, "day": day(on)}
