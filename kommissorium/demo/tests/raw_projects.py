"""T7 and the statuses' facts about projects and measures, counted one by one from rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from kommissorium.committees.models import Clause
from kommissorium.demo.tests.raw_reading import AMBER, GREEN, LATER, MONTH, RED, Count, Reading
from kommissorium.demo.tests.raw_rows import DAY, local
from kommissorium.demo.tests.raw_statuses import index_of, last_of
from kommissorium.meetings.models import Decision
from kommissorium.projects.models import MeasureState, ProjectUpdate, WorkStatus

SEVEN = {
    *("antivirus", "firewall", "antispam", "antiphishing"),
    *("encryption", "network", "physical"),
}


def security_work(reading: Reading, clause: Clause) -> Count:
    """T7: the newest four whose time is up tell of all seven; one late is amber, two are red."""
    on, since = reading.on, max(reading.since(clause), reading.in_use)
    found: dict[int, date] = {}
    by: dict[int, Decision] = {}
    rows = WorkStatus.objects.filter(state="approved", decision__committee=reading.rows.committee)
    for one in rows.select_related("decision").order_by("decision__written_at"):
        decided, index = local(one.decision.decided_at), one.year * 4 + one.number - 1
        is_known = local(one.decision.written_at) <= reading.known
        if is_known and last_of(index) < decided <= on and _whole(one, index) >= SEVEN:
            found.setdefault(index, decided)
            by.setdefault(index, one.decision)
    newest = index_of(on) - 1
    owed = [one for one in range(newest, newest - 6, -1) if last_of(one + 1) <= on]
    owed = [one for one in owed if last_of(one - 1) >= since - DAY][:4]
    late = [one for one in owed if one in found and found[one] > last_of(one + 1)]
    if not set(owed) <= set(found) or len(late) > 1:
        return Count(RED)
    if late:
        return Count(AMBER)
    waits = newest not in found and last_of(newest - 1) >= since - DAY
    is_near = waits and last_of(newest + 1) <= on + MONTH
    newest_four = [by[one] for one in sorted(by, reverse=True)[:4]]
    if not owed and not found:
        return Count(AMBER if is_near else LATER)
    return reading.by_committee(Count(AMBER if is_near else GREEN), newest_four)


def _whole(status: WorkStatus, index: int) -> set[str]:
    """Return the areas reported on, each with something of the quarter or later."""
    begun = last_of(index - 1)
    return {
        one.measure.area
        for one in status.states.select_related("measure")
        if one.light and one.text and one.evidence and one.evidence_on and one.evidence_on > begun
    }


def project_figures(day: date) -> Mapping[str, int | None]:
    """Return the state of the projects under way on the day, by the reports until then."""
    newest: dict[int, ProjectUpdate] = {}
    for one in ProjectUpdate.objects.order_by("made_at", "pk"):
        if local(one.made_at) <= day:
            newest[one.project_id] = one
    there = [one for one in newest.values() if one.standing not in ("done", "stopped")]
    counted = Counter(one.standing for one in there)
    return {
        **{name: counted[name] for name in ("green", "yellow", "red")},
        "budget": sum(one.budget for one in there),
        "spent": sum(one.spent for one in there),
        "asked": sum(one.asked or 0 for one in there),
    }


def measure_figures(year: int, number: int) -> Mapping[str, int | None]:
    """Return the count of each measure in the quarter."""
    rows = MeasureState.objects.filter(status__year=year, status__number=number)
    return {
        f"measure_{one.measure.area or one.measure_id}": one.figure
        for one in rows.exclude(status__state="dropped").select_related("measure")
    }
