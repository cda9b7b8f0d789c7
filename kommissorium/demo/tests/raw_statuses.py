"""The statuses of quarters, and their figures, counted one by one from rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from kommissorium.assets.models import Oversight
from kommissorium.committees.models import Clause
from kommissorium.demo.tests.raw_reading import AMBER, GREEN, LATER, MONTH, RED, Count, Reading
from kommissorium.demo.tests.raw_registers import Registers
from kommissorium.demo.tests.raw_risks import end_of
from kommissorium.demo.tests.raw_rows import DAY, local, told
from kommissorium.meetings.models import Decision
from kommissorium.objectives.models import Objective
from kommissorium.reports.models import QuarterlyStatus
from kommissorium.tasks.models import Ending, Task
from kommissorium.yearwheel.models import Move, Occurrence

type Figures = Mapping[str, int | None]


def last_of(index: int) -> date:
    """Return the last day of a quarter, numbered from the year 0."""
    year, number = divmod(index + 1, 4)
    return date(year, number * 3 + 1, 1) - timedelta(days=1)


def index_of(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def quarterly(reading: Reading, clause: Clause) -> Count:
    """T6: the newest four whose time is up were approved; one late is amber, two are red."""
    on, since = reading.on, max(reading.since(clause), reading.in_use)
    found: dict[int, date] = {}
    by: dict[int, Decision] = {}
    rows = QuarterlyStatus.objects.filter(
        state="approved", decision__committee=reading.rows.committee
    )
    for one in rows.select_related("decision").order_by("decision__written_at"):
        decided = local(one.decision.decided_at)
        is_known = local(one.decision.written_at) <= reading.known and decided <= on
        if is_known:
            found.setdefault(one.year * 4 + one.number - 1, decided)
            by.setdefault(one.year * 4 + one.number - 1, one.decision)
    newest = index_of(on) - 1
    owed = [one for one in range(newest, newest - 6, -1) if last_of(one + 1) <= on]
    owed = [one for one in owed if last_of(one - 1) >= since - DAY][:4]
    late = [one for one in owed if one in found and found[one] > last_of(one + 1)]
    if not set(owed) <= set(found) or len(late) > 1:
        return Count(RED)
    if late:
        return Count(AMBER)
    waits = [one for one in (newest,) if one not in found and last_of(one - 1) >= since - DAY]
    is_near = any(last_of(one + 1) <= on + MONTH for one in waits)
    newest_four = [by[one] for one in sorted(by, reverse=True)[:4]]
    if not owed and not found:
        return Count(AMBER if is_near else LATER)
    return reading.by_committee(Count(AMBER if is_near else GREEN), newest_four)


def risk_figures(registers: Registers, day: date) -> Figures:
    """Return the figures about risks for a day."""
    risks = registers.risks
    counted, picture = risks._counted(day), risks.on(day)
    scales = {one.pk: one.scale for one in risks.assessments}
    bands = Counter(
        scales[one.assessment_id].rank_of(one.consequence, one.likelihood)
        for one in picture
        if one.consequence
    )
    actions = [action for those in risks.actions.values() for action in those]
    states = [risks._state(action, day, end_of(day)) for action in actions]
    covered = risks.picture(day).numbers or (0,)
    names = ("above", "planned", "accepted", "open", "kroner")
    return {
        "risks": len(picture),
        "covered": covered[0],
        "plans_slipped": states.count("slipped"),
        **{name: counted[name] for name in names},
        **{f"band{rank}": bands[rank] for rank in range(1, 6)},
    }


def asset_figures(registers: Registers, day: date) -> Figures:
    """Return the figures about assets for a day: as kept, and owners by their rows."""
    kept = [one.facts for one in registers.kept if one.facts["day"] == day.isoformat()]
    if not kept:
        return {}
    facts = {**kept[0], **(registers.assets_on(day) or {})}
    whole = sum(facts[name] for name in ("systems", "data_sets", "archives"))
    owned = sum(facts[f"{name}_owned"] for name in ("systems", "data_sets", "archives"))
    return {
        "assets": whole,
        "without_owner": whole - owned,
        "without_data_owner": facts["data_systems"] - facts["data_systems_owned"],
        "missing": facts["required"] - facts["current"] - facts["expired"] - facts["waived"],
        **{
            name: facts[name]
            for name in ("unclassified", "required", "current", "expired", "waived", "owners_read")
        },
        "oversight_overdue": facts["oversight_overdue"],
    }


def oversight_figures(first: date, last: date) -> Figures:
    rows = [one for one in Oversight.objects.all() if first <= one.done_on <= last]
    noted = [one for one in rows if local(one.at) <= last]
    critical = [one for one in noted if one.result == "critical"]
    return {"oversight_done": len(noted), "oversight_critical": len(critical)}


def objective_figures(registers: Registers, day: date) -> Figures:
    """Return the states of objectives in force on the day, by the measurements until then."""
    sets = [one for one in registers.sets if one.in_force_from <= day]
    sets = [one for one in sets if one.in_force_to is None or one.in_force_to > day]
    there = [one for one in registers.objectives if one.set_id in {found.pk for found in sets}]
    begun = {one.pk: one.in_force_from for one in sets}
    counted = Counter(_progress(registers, one, begun[one.set_id], day) for one in there)
    names = ("reached", "under_way", "at_risk", "missed", "late")
    return {name: counted[name] for name in names} if there else {}


def _progress(registers: Registers, one: Objective, begun: date, day: date) -> str:
    measured = [
        row
        for row in registers.measurements
        if row.objective.lineage == one.lineage and row.day <= day and local(row.made_at) <= day
    ]
    if not measured:
        return "late"
    newest = max(measured, key=lambda row: (row.day, row.pk))
    again = _moved(newest.day, min(one.every, newest.objective.every))
    if again < day:
        return "late"
    is_more = one.direction == "at_least"
    if newest.value >= one.target if is_more else newest.value <= one.target:
        return "reached"
    if one.due < day:
        return "missed"
    then = _moved(newest.day, -one.every)
    before = [row for row in measured if row.day <= then]
    stood = max(before, key=lambda row: (row.day, row.pk)).value if before else None
    is_nearer = stood is None or (newest.value > stood if is_more else newest.value < stood)
    return "under_way" if again <= one.due and is_nearer else "at_risk"


def _moved(day: date, months: int) -> date:
    """Return the same day some months on, or the last of a month that is shorter."""
    month = day.year * 12 + day.month - 1 + months
    first = date(month // 12, month % 12 + 1, 1)
    length = (date((month + 1) // 12, (month + 1) % 12 + 1, 1) - first).days
    return first.replace(day=min(day.day, length))


def wheel_figures(committee: int, first: date, last: date) -> Figures:
    """Return the committee's duties done in those days, as written by the last."""
    every = Occurrence.objects.select_related("duty", "meeting")
    rows = [one for one in every if one.duty.committee_id == committee]
    acts = ("yearwheel.occurrence_done", "yearwheel.occurrence_skipped")
    written = {int(one.key) for one in told(list(acts)) if one.on <= last}
    ended = [one for one in rows if one.ended_at and first <= local(one.ended_at) <= last]
    ended = [one for one in ended if one.pk in written]
    done = [one for one in ended if one.state == "done"]
    moves = sorted(Move.objects.all(), key=lambda one: one.at, reverse=True)
    due = {one.occurrence_id: one.from_day for one in moves if local(one.at) > last}
    open_ones = [one for one in rows if local(one.created_at) <= last and one.pk not in written]
    met = [
        one.pk
        for one in open_ones
        if one.duty.by_decision and one.meeting and local(one.meeting.ends_at) <= last
    ]
    over = [one for one in open_ones if due.get(one.pk, one.due) <= last and one.pk not in met]
    return {
        "duties_done": len(done),
        "duties_late": sum(local(one.ended_at) > one.due for one in done),
        "duties_faults": sum(one.result in ("minor", "critical") for one in done),
        "duties_skipped": len(ended) - len(done),
        "duties_overdue": len(over),
    }


def work_figures(reading: Reading, first: date, last: date) -> Figures:
    """Return the decisions made, and tasks given and done, in those days."""
    tasks = [one for one in Task.objects.all() if one.committee_id == reading.rows.committee.pk]
    endings = [one for one in Ending.objects.all() if one.task_id in {task.pk for task in tasks}]
    over = {
        one.task_id
        for one in endings
        if local(one.at) <= last and (one.undone_at is None or local(one.undone_at) > last)
    }
    there = [one for one in tasks if local(one.created_at) <= last]
    done = [one for one in endings if one.state == "done" and first <= local(one.at) <= last]
    return {
        "decided": len([one for one in reading.decided(first) if local(one.decided_at) <= last]),
        "tasks_given": len([one for one in there if local(one.created_at) >= first]),
        "tasks_done": len(done),
        "tasks_open": len([one for one in there if one.pk not in over]),
    }
