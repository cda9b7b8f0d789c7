"""R8 and R9 counted from the rows of continuity, with the days on which they were written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kommissorium.assets.models import Asset
from kommissorium.committees.models import Clause
from kommissorium.continuity.models import (
    ContinuityEvaluation,
    ContinuityPlan,
    ContinuityTest,
    Service,
)
from kommissorium.demo.tests.raw_reading import (
    AMBER,
    GREEN,
    GREY,
    LATER,
    MONTH,
    RED,
    WORST,
    Count,
    Reading,
    a_year,
    a_year_until,
    months_later,
)
from kommissorium.demo.tests.raw_rows import local, told

PATIENCE = timedelta(days=60)
CRITICAL = ("society", "business")
PARTS = ("contingency", "emergency", "recovery")
SERVICES = [f"continuity.service_{act}" for act in ("added", "changed", "retired")]


def _services(until: date) -> dict[int, tuple[str, int, date]]:
    """Return the criticality of each service, its downtime, and since when."""
    found: dict[int, tuple[str, int, date]] = {}
    for one in told(SERVICES):
        key, facts = int(one.key), one.facts
        if one.on > until:
            continue
        if one.act.endswith("retired"):
            found.pop(key, None)
            continue
        now = facts["criticality"], facts["mtd"]
        before = found.get(key)
        is_same = before is not None and _kind(*before[:2]) == _kind(*now)
        found[key] = (*now, before[2] if before and is_same else one.on)
    return found


def _kind(criticality: str, mtd: int) -> tuple[bool, bool]:
    is_critical = criticality in ("society", "business")
    return is_critical, bool(criticality) and (not is_critical or mtd > 0)


def _plans(on: date, known: date) -> dict[int, ContinuityPlan]:
    rows = ContinuityPlan.objects.filter(state="approved").select_related("decision")
    found: dict[int, ContinuityPlan] = {}
    for one in sorted(rows, key=lambda one: one.number):
        if local(one.decision.written_at) <= known and one.in_force_from <= on:
            found[one.service_id] = one
    return found


def _whole(plan: ContinuityPlan | None) -> bool:
    return plan is not None and all(
        getattr(plan, one) or getattr(plan, f"no_{one}") for one in PARTS
    )


def plans(r: Reading, clause: Clause) -> Count:
    """R8: each critical service has the three plans in force, or needs none by decision."""
    services = _services(min(r.on, r.known))
    kinds = {key: _kind(*said[:2]) for key, said in services.items()}
    if not any(is_assessed for _critical, is_assessed in kinds.values()):
        return Count(_first(r, clause, 6))
    in_force, states = _plans(r.on, r.known), [GREEN]
    critical = [key for key, (is_critical, _assessed) in kinds.items() if is_critical]
    lacking = [services[key][2] for key in critical if not _whole(in_force.get(key))]
    if lacking:
        first, is_late = _first(r, clause, 6), min(lacking) + PATIENCE < r.on
        states.append(first if first != RED or is_late else AMBER)
    due = [
        months_later(in_force[key].in_force_from, in_force[key].review_months)  # type: ignore[arg-type]
        for key in critical
        if key in in_force
    ]
    if due and min(due) <= r.on + MONTH:
        states.append(RED if min(due) + PATIENCE < r.on else AMBER)
    states.append(_in_no_plan(r, clause))
    unsaid = [
        services[key][2] for key, (_critical, is_assessed) in kinds.items() if not is_assessed
    ]
    if unsaid:
        states.append(RED if min(unsaid) + PATIENCE < r.on else AMBER)
    return Count(min(states, key=WORST.index))


def _in_no_plan(r: Reading, clause: Clause) -> str:
    """Return the state of the critical systems that stand in no critical service."""
    day = min(r.on, r.known)
    if day >= r.rows.today:
        here = Asset.objects.filter(kind="system", ended_on=None, criticality__in=CRITICAL)
        named = {
            system.pk
            for one in Service.objects.filter(is_retired=False, criticality__in=CRITICAL)
            for system in one.systems.all()
        }
        every = [one.pk for one in here]
        alone, whole = sum(key not in named for key in every), len(every)
    else:
        kept = [
            one.facts["counts"]
            for one in told(["registers.figures_kept"])
            if one.facts["register"] == "continuity"
            and day - timedelta(days=2) <= date.fromisoformat(one.facts["day"]) <= day
        ]
        if not kept:
            return GREY
        alone, whole = kept[-1]["critical_systems_alone"], kept[-1]["critical_systems"]
    if not alone:
        return GREEN
    return _first(r, clause, 6) if alone * 2 > whole else AMBER


def _first(r: Reading, clause: Clause, months: int) -> str:
    """Return the state of what is missing: in the first months it is not due yet."""
    due = months_later(max(r.since(clause), r.in_use), months)
    return RED if r.on >= due else AMBER if r.on + MONTH >= due else LATER


def _held(on: date, known: date) -> dict[int, tuple[date, ContinuityTest]]:
    """Return the tests held, and their days."""
    approved = {
        one.plan_id
        for one in ContinuityTest.objects.filter(plan__state="approved").select_related(
            "plan__decision"
        )
        if local(one.plan.decision.written_at) <= min(on, known)
    }
    rows = {one.pk: one for one in ContinuityTest.objects.filter(plan__in=approved)}
    found: dict[int, tuple[date, ContinuityTest]] = {}
    for one in told(["registers.activity_held"]):
        key = int(one.key)
        if one.facts["activities"] != "continuity" or key not in rows or one.on > known:
            continue
        held_on = date.fromisoformat(one.facts["held_on"])
        if held_on <= on and local(rows[key].made_at) <= min(on, known):
            found[key] = held_on, rows[key]
    return found


def _evaluated(on: date, known: date) -> dict[int, tuple[date, bool]]:
    """Return the tests evaluated, their days, and whether a plan was to change."""
    rows = ContinuityEvaluation.objects.filter(state="approved").select_related("decision")
    return {
        one.test_id: (local(one.decision.decided_at), bool(one.changes))
        for one in sorted(rows, key=lambda one: one.pk)
        if local(one.decision.written_at) <= known and local(one.decision.decided_at) <= on
    }


def _had_plans(on: date, test: ContinuityTest, known: date) -> bool:
    """Return whether there were plans that a test could try on the day it was held."""
    if test.sort == "activation":
        return True
    there = _plans(on, known)
    return bool(there) if test.service_id is None else test.service_id in there


def tests(r: Reading, clause: Clause) -> Count:
    """R9: as many tests as the clause asks were held within twelve months, and taken up."""
    held, evaluated = _held(r.on, r.known), _evaluated(r.on, r.known)
    wanted, is_unannounced = a_year(clause, 1), "uden varsel" in clause.text.casefold()

    tried = [one for one in held.values() if _had_plans(*one, r.known)]

    def is_enough(day: date) -> bool:
        kept = [one for one in tried if one[0] >= a_year_until(day)]
        times = {on for on, _test in kept}
        is_one_unknown = any(one.notice == "unannounced" for _on, one in kept)
        return len(times) >= wanted and (is_one_unknown or not is_unannounced)

    if not is_enough(r.on):
        states = [_first(r, clause, 12)]
    else:
        states = [GREEN if is_enough(r.on + MONTH) else AMBER]
    services = _services(min(r.on, r.known))
    critical = {key for key, said in services.items() if _kind(*said[:2])[0]}
    theirs = {one.service_id for day, one in tried if day >= a_year_until(r.on)}
    if theirs and not theirs & critical:
        states.append(AMBER)
    since = max(r.since(clause), r.in_use)
    ours = {key: on for key, (on, _test) in held.items() if on >= since}
    waiting = [on for key, on in ours.items() if key not in evaluated]
    if waiting and min(waiting) + PATIENCE < r.on:
        states.append(AMBER)
    rows: Any = ContinuityPlan.objects.filter(state="approved").select_related("decision")
    improved = {
        one.improves_id
        for one in rows
        if local(one.decision.written_at) <= r.known and local(one.decision.decided_at) <= r.on
    }
    open_ = [
        evaluated[key][0]
        for key in ours
        if key in evaluated and evaluated[key][1] and key not in improved
    ]
    if open_ and min(open_) + PATIENCE < r.on:
        states.append(AMBER)
    return Count(min(states, key=WORST.index))


def quarter_figures(first: date, last: date) -> dict[str, int | None]:
    """Return the figures about contingency for a quarter, as known when it ended."""
    services, in_force = _services(last), _plans(last, last)
    if not services:
        return {}
    critical = [key for key, said in services.items() if _kind(*said[:2])[0]]
    held = _held(last, last).values()
    return {
        "critical": len(critical),
        "covered": sum(_whole(in_force.get(key)) for key in critical),
        "tests": sum(first <= on <= last for on, _test in held),
    }
