"""R7 and T8 counted from the rows of awareness, with the days on which the chain noted them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from kommissorium.awareness.models import (
    AwarenessActivity,
    AwarenessEvaluation,
    AwarenessPlan,
    GroupFigures,
)
from kommissorium.committees.models import Clause
from kommissorium.demo.tests.raw_reading import (
    AMBER,
    GREEN,
    LATER,
    MONTH,
    RED,
    WORST,
    Count,
    Reading,
    a_year_until,
    months_later,
)
from kommissorium.demo.tests.raw_rows import DAY, local, told
from kommissorium.meetings.models import Decision

PATIENCE = timedelta(days=60)
FEW = 5  # of fewer people no figure is told


def _noted(act: str) -> dict[int, date]:
    """Return the day on which the act was first written, of each activity."""
    found: dict[int, date] = {}
    for one in told([f"registers.activity_{act}"]):
        if one.facts["activities"] == "awareness":
            found.setdefault(int(one.key), one.on)
    return found


def training(r: Reading, clause: Clause) -> Count:
    """R7: the plan of the year is in force, and what it promised by now was held."""
    approved = AwarenessPlan.objects.filter(state="approved").select_related("decision")
    known = [one for one in approved if local(one.decision.written_at) <= r.known]
    known.sort(key=lambda one: (one.in_force_from, one.pk))
    begun = [one for one in known if one.in_force_from <= r.on]
    if not begun or begun[-1].committee_id != r.rows.committee.pk:
        return Count(r.missing(clause))
    plan = begun[-1]
    states = [of_year(plan.year, r.on)]
    keys = {one.pk for one in known if local(one.decision.written_at) <= min(r.on, r.known)}
    rows = list(AwarenessActivity.objects.filter(plan__in=keys))
    rows = [one for one in rows if local(one.made_at) <= min(r.on, r.known)]
    held_noted, off_noted, figures = _noted("held"), _noted("called_off"), _noted("result")
    recent = [
        one.pk
        for one in rows
        if one.held_on and months_later(r.on + DAY, -24) <= one.held_on <= r.on
        if held_noted[one.pk] <= r.known and figures.get(one.pk, date.max) <= r.known
    ]
    employees = max(
        (_people(one)[0] for one in rows if one.pk in recent and _is_all(one)), default=0
    )
    reached = {one.pk: _reached(one, employees) for one in rows}
    pairs: dict[Any, list[AwarenessActivity]] = defaultdict(list)
    held: dict[Any, list[date]] = defaultdict(list)
    earlier: dict[Any, list[date]] = defaultdict(list)
    for one in rows:
        pair = one.sort == "campaign", one.audience, one.area_id
        is_held = bool(one.held_on and one.held_on <= r.on and held_noted[one.pk] <= r.known)
        is_off = one.pk in off_noted and off_noted[one.pk] <= min(r.on, r.known)
        is_told = figures.get(one.pk, date.max) <= r.known
        counts = reached[one.pk] if is_told else one.sort == "campaign"
        if is_held and counts and one.held_on:
            held[pair].append(one.held_on)
        if one.plan_id == plan.pk:
            pairs[pair] += [] if is_held or is_off else [one]
            pairs.setdefault(pair, [])
        elif one.planned_for < r.on:
            earlier[pair].append(one.planned_for)
    for pair, still in pairs.items():
        states.append(in_time(r.on, held[pair], [one.planned_for for one in still], earlier[pair]))
    if not {True, False} <= {is_campaign for is_campaign, whom, _ in pairs if whom == "employees"}:
        states.append(RED)
    still_open = (one.planned_for for rows_ in pairs.values() for one in rows_)
    late = [day for day in still_open if day < r.on]
    if late:
        states.append(RED if min(late) + PATIENCE < r.on else AMBER)
    return Count(min(states, key=WORST.index))


def _people(activity: AwarenessActivity) -> tuple[int, int]:
    """Return how many an activity was for, and how many it reached; few are not told."""
    groups = GroupFigures.objects.filter(activity=activity)
    people, done = sum(one.people for one in groups), sum(one.done for one in groups)
    return (people if people >= FEW else 0), people if activity.sort == "phishing" else done


def _is_all(activity: AwarenessActivity) -> bool:
    return activity.audience == "employees" and activity.area_id is None


def _reached(activity: AwarenessActivity, employees: int) -> bool:
    """Return whether its figures, which are there, tell that half of its people were reached."""
    people, done = _people(activity)
    if _is_all(activity):
        return people > 0 and done * 2 >= max(people, employees)
    few = sum(one.people for one in GroupFigures.objects.filter(activity=activity))
    return few > 0 and done / few >= 1 / 2


def of_year(year: int, on: date) -> str:
    if year >= on.year:
        return GREEN
    return AMBER if on <= date(year + 1, 3, 31) else RED


def in_time(on: date, held: list[date], coming: list[date], earlier: list[date]) -> str:
    if held and max(held) >= a_year_until(on):
        return GREEN
    if coming and min(coming) >= on:
        return AMBER if held else RED if earlier else LATER
    return RED


def evaluated(r: Reading, clause: Clause) -> Count:
    """T8: the newest two half-years whose time is up were evaluated, each within three months."""
    since = max(r.since(clause), r.in_use)
    found: dict[int, date] = {}
    by: dict[int, Decision] = {}
    rows = AwarenessEvaluation.objects.filter(
        state="approved", decision__committee=r.rows.committee
    )
    for one in rows.select_related("decision").order_by("decision__written_at"):
        decided = local(one.decision.decided_at)
        if local(one.decision.written_at) <= r.known and decided <= r.on:
            found.setdefault(one.year * 2 + one.number - 1, decided)
            by.setdefault(one.year * 2 + one.number - 1, one.decision)
    newest = r.on.year * 2 + (r.on.month > 6) - 1
    whole = [one for one in range(newest, newest - 5, -1) if _first(one) >= since]
    owed = [one for one in whole if _due(one) <= r.on][:2]
    late = [one for one in owed if one in found and found[one] > _due(one)]
    if not set(owed) <= set(found) or len(late) > 1:
        return Count(RED)
    waits = [one for one in whole if one == newest and one not in found and _due(one) > r.on]
    is_near = any(_due(one) <= r.on + MONTH for one in waits)
    if not found:
        return Count(AMBER if is_near else LATER)
    newest_two = [by[one] for one in sorted(by, reverse=True)[:2]]
    return r.by_committee(Count(AMBER if late or is_near else GREEN), newest_two)


def quarter_figures(first: date, last: date) -> dict[str, int | None]:
    """Return the figures about awareness for a quarter, as known when it ended."""
    approved = AwarenessPlan.objects.filter(state="approved").select_related("decision")
    plans = {one.pk: local(one.decision.written_at) for one in approved}
    plans = {key: day for key, day in plans.items() if day <= last}
    rows = [
        one
        for one in AwarenessActivity.objects.filter(plan__in=plans).prefetch_related("figures")
        if local(one.made_at) <= last
    ]
    if not rows:
        return {"late": None}
    held_noted, off_noted = _noted("held"), _noted("called_off")
    is_held = {one.pk for one in rows if held_noted.get(one.pk, date.max) <= last}
    held = [one for one in rows if one.pk in is_held and first <= one.held_on <= last]
    sums: Counter[str] = Counter(one.sort for one in held)
    for one in held:
        groups = list(one.figures.all())
        if sum(group.people for group in groups) >= FEW:
            for name in ("people", "done", "clicked", "gave_data", "reported"):
                sums[f"{one.sort} {name}"] += sum(getattr(group, name) for group in groups)
    open_ = [one for one in rows if one.pk not in is_held | off_noted.keys()]
    open_ += [one for one in rows if off_noted.get(one.pk, date.min) > last]
    return {
        **{sort: sums[sort] for sort in ("campaign", "course", "phishing")},
        "completed": _share(sums["course done"], sums["course people"]),
        **{
            name: _share(sums[f"phishing {name}"], sums["phishing people"])
            for name in ("clicked", "gave_data", "reported")
        },
        "late": sum(_promised(one, plans[one.plan_id]) < last for one in open_),
    }


def _share(part: int, whole: int) -> int | None:
    if not whole or part in (0, whole):
        return 100 * part // whole if whole else None
    return max(1, min(99, (200 * part + whole) // (2 * whole)))


def _promised(activity: AwarenessActivity, approved: date) -> date:
    """Return the day it was to be held by: as it stood when the committee approved the plan."""
    acts = ["registers.activity_planned", "registers.activity_changed"]
    said = [
        (one.on, date.fromisoformat(one.facts["planned_for"]))
        for one in told(acts)
        if one.facts["activities"] == "awareness" and int(one.key) == activity.pk
    ]
    return ([day for on, day in said if on <= approved] or [said[0][1]])[-1]


def _first(index: int) -> date:
    year, number = divmod(index, 2)
    return date(year, 1 + 6 * number, 1)


def _due(index: int) -> date:
    return months_later(_first(index), 9) - DAY
