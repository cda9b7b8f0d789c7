"""T5, R7 and R5 counted from the chain's events: an export has them whole, whoever it is for.

Their rows tell of cases and of single employees, which few may read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kommissorium.committees.models import Clause
from kommissorium.core.evidence.models import Event
from kommissorium.demo.tests.raw_awareness import FEW, PATIENCE, in_time, of_year
from kommissorium.demo.tests.raw_reading import (
    AMBER,
    GREEN,
    NONE,
    RED,
    WORST,
    Count,
    Reading,
    months_later,
)
from kommissorium.demo.tests.raw_registers import Registers
from kommissorium.demo.tests.raw_rows import DAY, Told, told
from kommissorium.policies.models import Version

OF_CASES = (
    *("reported", "triaged", "closed", "reopened", "evaluated", "awareness_set"),
    *("awareness_change_answered", "deadline_told", "status_sent"),
    *(f"notification_{name}" for name in ("sent", "decided", "advised")),
)
OF_ACTIVITIES = ("planned", "changed", "removed", "held", "called_off", "result")
BY_ALL = ("held", "result")  # of a day gone by it is told later


@dataclass
class Case:
    """What the chain tells of a case: the days, and of each notification deadline and fate."""

    reported: date | None = None
    nature: str = ""
    closed: Told | None = None
    evaluated: Told | None = None
    was_moved: bool = False
    due: dict[str, str] = field(default_factory=dict)
    fate: dict[str, dict[str, Told]] = field(default_factory=lambda: defaultdict(dict))


def evaluated(r: Reading, _clause: Clause) -> Count:
    """T5: the worst state of what closed cases, notifications and what lies say."""
    until = min(r.on, r.known)
    ended = r.on if r.on < r.rows.today else r.on - DAY  # the last day that is over
    cases = _cases(until)
    held = [one.held_on for one in r.rows.meetings if one.stood(r.known) and one.held_on <= until]
    states = []
    for one in cases:
        if one.closed and one.closed.facts["wants_evaluation"]:
            met = sum(day > one.closed.on for day in held if day)
            states.append(GREEN if one.evaluated else RED if met > 1 else AMBER if met else GREEN)
        states += _notified(one, ended)
        states += [GREEN] if one.was_moved else []
        waits = 1 if not one.nature else 90 if one.nature == "incident" and not one.closed else 0
        if one.reported and waits and one.reported + waits * DAY <= ended:
            states.append(AMBER)
    return Count(min(states, key=WORST.index) if states else NONE)


def _cases(until: date) -> list[Case]:
    found: dict[str, Case] = defaultdict(Case)
    for one in told(f"incidents.{name}" for name in OF_CASES):
        if one.on <= until:
            _tell(found[one.key], one)
    return list(found.values())


def _tell(case: Case, one: Told) -> None:
    act, facts = one.act.partition(".")[2], one.facts
    if act == "reported":
        case.reported = one.on
    elif act == "triaged":
        case.nature = facts["nature"]
    elif act == "closed":
        case.closed, case.evaluated = one, None
    elif act == "reopened":
        case.closed = None
    elif act == "evaluated":
        case.evaluated = one
    elif act == "awareness_change_answered":
        case.was_moved = case.was_moved or facts["agreed"]
    if "deadlines" in facts:
        case.due = facts["deadlines"]
    if (code := facts.get("notification")) and (act != "deadline_told" or facts["stage"] == 5):
        fates = case.fate[code]
        if act == "notification_decided" and facts["needed"] != "no":
            fates.pop(act, None)
        else:
            fates[act] = one


def _notified(case: Case, ended: date) -> Iterable[str]:
    for code in {*case.due, *case.fate}:
        fates = case.fate.get(code, {})
        sent, refused = fates.get("notification_sent"), fates.get("notification_decided")
        due = case.due.get(code) or (sent.facts["due"] if sent else "")
        last = datetime.fromisoformat(due).date() if due else date.max
        if sent:
            in_time = not sent.facts["late"] and datetime.fromisoformat(sent.facts["sent"])
            is_after = in_time and due and in_time <= datetime.fromisoformat(due) and sent.on > last
            yield AMBER if is_after and not sent.facts.get("proved") else GREEN
        elif refused:
            if refused.on > last:
                yield GREEN if "notification_advised" in fates else RED
        elif last <= ended or "deadline_told" in fates:
            yield RED


@dataclass
class Activity:
    """An activity of awareness: the day promised, when it was held, what its figures say."""

    facts: dict[str, Any]
    promised: date
    held: date | None = None
    is_off: bool = False
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def pair(self) -> tuple[bool, str, int | None]:
        return self.facts["sort"] == "campaign", self.facts["audience"], self.facts["area"]

    @property
    def is_open(self) -> bool:
        return not self.held and not self.is_off

    @property
    def is_for_all(self) -> bool:
        return self.facts["audience"] == "employees" and not self.facts["area"]

    @property
    def people(self) -> int:
        many = self.numbers.get("people", 0)
        return many if many >= FEW else 0

    def counts(self, employees: int) -> bool:
        """Return whether half of its people were reached: of all, as many as there are known to be."""
        if not self.numbers and self.facts["sort"] == "campaign":
            return True
        if not self.people:
            return bool(self.numbers.get("reached")) and not self.is_for_all
        done = self.people if self.facts["sort"] == "phishing" else self.numbers.get("done", 0)
        return done * 2 >= max(self.people, employees if self.is_for_all else 0)


def training(r: Reading, clause: Clause) -> Count:
    """R7: the plan of the year is in force, and what it promised by now was held."""
    until = min(r.on, r.known)
    plans = [one for one in told(["registers.proposal_approved"]) if one.on <= r.known]
    plans = [one for one in plans if one.facts["kind"] == "awareness.awarenessplan"]
    begun = [one for one in plans if date.fromisoformat(one.facts["from"]) <= r.on]
    begun.sort(key=lambda one: one.facts["from"])
    if not begun or begun[-1].facts["committee"] != r.rows.committee.pk:
        return Count(r.missing(clause))
    plan = begun[-1]
    approved = {int(one.key): one.on for one in plans if one.on <= until}
    rows = [one for one in _activities(r, approved).values() if one.facts["plan"] in approved]
    recent = [one for one in rows if one.held and one.held >= months_later(r.on + DAY, -24)]
    employees = max((one.people for one in recent if one.is_for_all), default=0)
    own = [one for one in rows if one.facts["plan"] == int(plan.key)]
    states = [of_year(plan.facts["year"], r.on)]
    for pair in {one.pair for one in own}:
        those = [one for one in rows if one.pair == pair]
        held = [one.held for one in those if one.held and one.counts(employees)]
        coming = [one.promised for one in own if one.pair == pair and one.is_open]
        earlier = [one.promised for one in those if one not in own and one.promised < r.on]
        states.append(in_time(r.on, held, coming, earlier))
    ways = {one.pair[0] for one in own if one.facts["audience"] == "employees"}
    states += [RED] if len(ways) < 2 else []
    late = [one.promised for one in own if one.is_open and one.promised < r.on]
    if late:
        states.append(RED if min(late) + PATIENCE < r.on else AMBER)
    return Count(min(states, key=WORST.index))


def _activities(r: Reading, approved: dict[int, date]) -> dict[str, Activity]:
    found: dict[str, Activity] = {}
    for one in told(f"registers.activity_{name}" for name in OF_ACTIVITIES):
        act, facts = one.act.removeprefix("registers.activity_"), one.facts
        until = r.known if act in BY_ALL else min(r.on, r.known)
        if facts["activities"] != "awareness" or one.on > until:
            continue
        if act == "removed":
            found.pop(str(facts["activity"]), None)
            continue
        day = date.fromisoformat(facts["planned_for"])
        row = found.setdefault(one.key, Activity(facts, day))
        if act == "changed":
            row.facts = facts
            row.promised = day if one.on <= approved.get(facts["plan"], date.max) else row.promised
        elif act == "held" and date.fromisoformat(facts["held_on"]) <= r.on:
            row.held = date.fromisoformat(facts["held_on"])
        elif act == "called_off":
            row.is_off = True
        elif act == "result":
            row.numbers = facts["numbers"]
    return found


class ToldRegisters(Registers):
    """The registers, with who has read the guidelines as the chain tells it (R5)."""

    def readers(self, version: Version) -> Sequence[int]:
        keys = {str(one.pseudonym): one.pk for one in {row.person for row in self.roles}}
        about = Event.objects.filter(act="readings.version_read", object_id=str(version.pk))
        return [keys[one] for one in about.values_list("actor", flat=True) if one in keys]
