"""Projects and technical measures: reported each quarter, and approved at the meeting after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.demo.chapters import Chapter
from kommissorium.demo.sitting import NOT_ENDED, put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.measures.periods import Quarter
from kommissorium.projects.actions.measures import (
    add_measure,
    change_measure,
    draft_status,
    say_states,
)
from kommissorium.projects.actions.projects import (
    add_milestone,
    add_project,
    change_milestone,
    tell_project,
)
from kommissorium.projects.models import MeasureState, Project, TechnicalMeasure, WorkStatus
from kommissorium.projects.proposal import KIND, quarter_to_tell
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.registers.offered import foreseen
from kommissorium.registers.requirements import AREAS

PROJECTS, MEASURES = "projects.csv", "measures.csv"
LIGHTS: Final = {"r": "red", "y": "yellow", "g": "green"}
SAID_FIRST: Final = 4  # measures of the newest quarter; the others still wait for their owners
OWNERS: Final = {
    "It-chefen": "head_of_it",
    "It-driftslederen": "administrator",
    "Koordinatoren": "",
    "Rådhusbetjenten": "karsten.moellebaek",
}


def _tell(town: Town) -> None:
    days = town.almanac
    begun = days.moment(days.start + timedelta(days=9), "13.10")
    town.tell(begun, partial(_own, town))
    for ago in range(days.span.first, -1, -1):
        held = days.held_day(ago)
        quarter = Quarter.of(held).before
        ready = max(days.call_day(held) - timedelta(days=2), days.workday_from(quarter.after.first))
        if ago == 0:
            ready = min(ready, days.last_workday)
        if not quarter.has_ended(ready) or ready >= days.today or (ago and ready >= held):
            continue
        for hour, deed in (("9.05", _projects), ("9.20", _status), ("10.05", _bring)):
            town.tell(days.moment(ready, hour), partial(deed, town, ago))


def _own(town: Town) -> None:
    """Set each measure's owner and what is counted, and add the municipality's own measures."""
    by = town.coordinator()
    for row in rows(MEASURES):
        values: dict[str, Any] = {"unit": row["enhed"]}
        values["name"] = "" if row["navn"] in AREAS else row["navn"]
        values |= {"owner": town.person(row["ejer"]), "figure_name": row["tal"]}
        values["wanted"] = row["bedst"]
        found = TechnicalMeasure.objects.filter(area=row["navn"]).first()
        if found is None:
            add_measure(by=by, values=values)
        else:
            change_measure(found, by=by, values=values, edit_version=found.edit_version)


def _projects(town: Town, ago: int) -> None:
    """Begin the projects of the time, and report on those under way."""
    by = town.coordinator_today()
    if by is None:
        return
    there = {one.title: one for one in Project.objects.open_on().select_related("owner")}
    for row in rows(PROJECTS):
        first, last = int(row["fra"]), int(row["til"])
        found = there.get(row["projekt"])
        if found is None and first >= ago >= last:
            found = _begin(town, row, by)
        if found is not None:
            _say(found, row, ago, by)


def _begin(town: Town, row: Mapping[str, str], by: Person) -> Project:
    days, owner = town.almanac, OWNERS[row["ansvarlig"]]
    due = days.meeting_day(int(row["til"]))
    today = days.day_it_is()
    risks = (one.key for one in foreseen(by, []) if row["risiko"] in one.label)
    values: dict[str, Any] = {
        "title": row["projekt"],
        "goal": row["slut"] or row["midt"],
        "owner": town.person(owner) if owner else by,
        "budget": int(row["budget"]),
        "begins": today,
        "due": max(due, today),
        "risks": [key for key in [next(risks, "")] if key],
    }
    made = add_project(by=by, values=values)
    half = today + (values["due"] - today) / 2
    add_milestone(made, by=by, values={"title": row["milepæl"], "due": half, "reached_on": None})
    return made


def _say(found: Project, row: Mapping[str, str], ago: int, by: Person) -> None:
    """Report on a project at the meeting `ago` meetings ago, with its spending."""
    first, last = int(row["fra"]), int(row["til"])
    standing, reason, asked = "green", row["start"] if ago == first else row["midt"], None
    if row["gul"] == str(ago):
        standing, reason = row["farve"], row["gult"]
        asked = int(row["søgt"]) if row["søgt"] else None
    elif ago <= last and row["slut"]:
        standing, reason = "done", row["slut"]
    share = max(1, first - ago + 1) / (first - last + 1)
    spent = round(int(row["budget"]) * min(share, 1) * 0.95, -3)
    today = timezone.localdate()
    passed = found.milestones.filter(reached_on=None, due__lte=today)
    for one in () if standing in ("yellow", "red") else passed:
        values = {"title": one.title, "due": one.due, "reached_on": one.due}
        change_milestone(one, by=by, values=values, edit_version=one.edit_version)
    told = {"standing": standing, "reason": reason, "spent": int(spent), "asked": asked}
    tell_project(found, by=by, values=told)


def _status(town: Town, ago: int) -> None:
    """Begin the statuses that wait, and report on the measures."""
    by, today = town.coordinator_today(), town.almanac.day_it_is()
    while by is not None and quarter_to_tell(today):
        made = draft_status(by=by)
        states = list(made.states.select_related("measure", "status").order_by("measure_id"))
        told = {row["navn"]: row for row in rows(MEASURES)}
        states = states if ago else states[:SAID_FIRST]
        said = {
            one.pk: (_said(one, told[one.measure.area or one.measure.name], ago, today), 1)
            for one in states
        }
        say_states(made, said, by=by)
        if ago:
            words = _words(made)
            change_draft(KIND, made, words, by=by, edit_version=made.edit_version)


def _said(one: MeasureState, row: Mapping[str, str], ago: int, today: date) -> dict[str, Any]:
    values, quarter = row["værdier"].split(), one.status.quarter
    at = max(0, len(values) - 1 - ago)
    return {
        "light": LIGHTS[row["farver"][at]],
        "text": row[str(quarter.number)] or one.text or row["1"] or "Uændret siden sidst.",
        "figure": int(values[at]),
        "evidence": row["bevis"],
        "evidence_on": min(quarter.last, today),
        "plan": row["plan"],
    }


def _words(made: WorkStatus) -> dict[str, str]:
    states = made.states.select_related("measure").order_by("measure_id")
    red = [one.measure.title for one in states if one.light == "red"]
    weak = ", ".join(red)
    return {
        "conclusion": f"Utilstrækkeligt er: {weak}."
        if weak
        else "Ingen områder er utilstrækkelige.",
        "effort": "Det, der er rødt, får en plan." if weak else "Det planlagte gøres færdigt.",
    }


def _bring(town: Town, ago: int) -> None:
    """Put complete statuses on the agenda, the older quarter first."""
    if not ago or town.coordinator_today() is None:
        return
    for made in WorkStatus.objects.filter(state="draft").order_by("year", "number"):
        if not KIND.lacks(made):
            put(town, ago, made, NOT_ENDED)


DECIDED = {
    KIND.kind: "Udvalget drøftede projekter og tekniske foranstaltninger og godkendte status."
}
CHAPTER = Chapter(_tell, budget=1_200, decided=DECIDED)
