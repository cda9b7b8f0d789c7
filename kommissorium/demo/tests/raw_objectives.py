"""R2 counted from the rows of the objectives and, for what was missed, from the agendas."""

from __future__ import annotations

import json
import re
from datetime import date

from kommissorium.committees.models import Clause
from kommissorium.demo.tests.raw_reading import (
    AMBER,
    GREEN,
    GREY,
    RED,
    Count,
    Reading,
    a_year_until,
    months_later,
)
from kommissorium.demo.tests.raw_registers import Registers, newest_of, within_a_year, worst
from kommissorium.demo.tests.raw_rows import local
from kommissorium.meetings.models import Decision
from kommissorium.objectives.models import Objective

DECIDED = ("approved", "with_changes", "rejected")


def objectives(r: Reading, registers: Registers, clause: Clause) -> Count:
    """R2: this committee's objectives are in force, owned, linked and measured in time,
    and what was missed is decided about."""
    known = [one for one in registers.sets if local(one.decision.written_at) <= r.known]
    begun = [one for one in known if one.in_force_from <= r.on]
    if not begun or begun[-1].committee_id != r.rows.committee.pk:
        return Count(r.missing(clause), ())
    own = begun[-1].decision
    state = r.by_committee(Count(within_a_year(local(own.written_at), r.on)), [own]).state
    today = r.on >= registers.today
    kept = (r.on, {"counts": {}}) if today else newest_of(registers.followed, r.on)
    if kept is None:
        return worst(Count(state), Count(GREY))
    counts, rows = kept[1]["counts"], _in_force(registers, kept[0])
    if not rows:
        return Count(RED, ())
    bare = counts.get(
        "without_owner", sum(not one.owner or not one.owner.is_active for one in rows)
    )
    late = sum(_is_late(registers, one, kept[0]) for one in rows)
    assert counts.get("late", late) == late, "the figures kept are those of the rows"
    owned = Count(RED, (bare,)) if bare else Count(GREEN)
    measured = Count(RED, (late,)) if late else Count(GREEN)
    whole = Count(state, (len(rows),))
    number = undecided(registers, kept[0])
    missed = Count(RED, (number,)) if number else Count(GREEN)
    return worst(whole, owned, _linked(registers, rows, kept[0]), measured, missed)


def _linked(registers: Registers, rows: list[Objective], day: date) -> Count:
    """Count those linked to no risk level, else those whose level was replaced by the day."""
    held = {
        one.record_id
        for one in registers.risks.levels
        if one.in_force_from <= day and (one.in_force_to is None or one.in_force_to > day)
    }
    links = [registers.link_on(one, day) for one in rows]
    if bare := links.count(0):
        return Count(RED, (bare,))
    old = sum(key not in held for key in links)
    return Count(AMBER, (old,)) if old else Count(GREEN)


def _in_force(registers: Registers, day: date) -> list[Objective]:
    sets = {
        one.pk
        for one in registers.sets
        if one.in_force_from <= day and (one.in_force_to is None or one.in_force_to > day)
    }
    return [one for one in registers.objectives if one.set_id in sets]


def _is_late(registers: Registers, objective: Objective, day: date) -> bool:
    """Return whether it was not measured in time, by what was known on the day."""
    found = [
        (one.day, one.pk, one.objective.every)
        for one in registers.measurements
        if one.objective.lineage == objective.lineage
        if one.day <= day and local(one.made_at) <= day
    ]
    if not found:
        return True
    newest, _key, every = max(found)
    return months_later(newest, min(every, objective.every)) < day


def undecided(registers: Registers, day: date) -> int:
    """Return how many of this and the former year's were not reached by their day, and stood
    under no item that was decided by then, or only with a new deadline that has passed."""
    listed: set[int] = set()
    for one in Decision.objects.filter(item__subject_kind="objectives.missed"):
        if one.outcome in DECIDED and local(one.written_at) <= day and one.item:
            found = re.findall(r"objectives\.objective:(\d+)", json.dumps(one.item.facts))
            back = [
                row.key
                for row in one.item.row_choices.all()
                if row.code == "return" or (row.code == "extend" and row.day and row.day < day)
            ]
            listed |= set(map(int, found)).difference(int(key.split(":")[1]) for key in back)
    number = 0
    for each in registers.sets:
        over = each.in_force_to
        is_former = over is not None and over <= day
        if each.in_force_from > day or (is_former and over < a_year_until(day)):
            continue
        last = over if is_former else day
        rows = [one for one in registers.objectives if one.set_id == each.pk]
        number += sum(
            one.due < last and one.pk not in listed and not _is_reached(registers, one, last, day)
            for one in rows
        )
    return number


def _is_reached(registers: Registers, one: Objective, last: date, known: date) -> bool:
    rows = [
        row
        for row in registers.measurements
        if row.objective.lineage == one.lineage and row.day <= last and local(row.made_at) <= known
    ]
    if not rows:
        return False
    value = max(rows, key=lambda row: (row.day, row.pk)).value
    return value >= one.target if one.direction == "at_least" else value <= one.target
