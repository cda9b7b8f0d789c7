"""Information and teaching: plans, campaigns, courses, false mails, and their evaluations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from kommissorium.accounts.models import OrganisationRole, Person, held_on
from kommissorium.assets.models import Area
from kommissorium.awareness.actions.figures import (
    erase_due_persons,
    note_completion,
    write_figures,
)
from kommissorium.awareness.evaluation import EVALUATION, figures_of, half_to_evaluate, of_last_half
from kommissorium.awareness.kind import KIND, PLAN
from kommissorium.awareness.models import AwarenessActivity, AwarenessEvaluation
from kommissorium.core.refusals import Refused
from kommissorium.demo.chapters import Chapter
from kommissorium.demo.sitting import put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.registers.actions.activities import (
    draft_evaluation,
    draft_plan,
    hold_activity,
    note_finding,
    plan_activity,
    remove_activity,
)
from kommissorium.registers.actions.standard_proposals import change_draft

TABLE: Final = "awareness.csv"
STATEMENT = "Alle skal vide, hvad de skal gøre, når noget ser forkert ud."
LAST_QUARTER = 4
JUST_ENDED: Final = "Halvåret var først lige slut."
SETTLED = timedelta(days=21)  # from the approval of a plan that comes late in its year
# How many work in each area, over and over in the order of their names; one is very small.
PEOPLE = (410, 265, 3, 180, 95, 340, 12, 520, 60, 150)


def _tell(town: Town) -> None:
    days = town.almanac
    first = days.span.yearly[0]
    for ago in range(first, -1, -1):
        called = days.call_day(days.held_day(ago))
        if ago == first or days.season(ago) == LAST_QUARTER:
            town.tell(days.moment(called - timedelta(days=12), "10.10"), partial(_draft, town, ago))
            if ago:
                town.tell(
                    days.moment(called - timedelta(days=2), "10.15"), partial(_put, town, ago, PLAN)
                )
        if days.season(ago) % 2 and ago < first:
            _tell_evaluation(town, ago, called)
    day = days.held_day(first) + timedelta(days=3)
    while day < days.today:
        town.tell(days.moment(day, "13.20"), partial(_round, town))
        day += timedelta(days=7)


def _tell_evaluation(town: Town, ago: int, called: date) -> None:
    """Tell of the evaluation at the meeting after a half-year: some are called before it ends."""
    days = town.almanac
    held = days.held_day(ago)
    begun = date(held.year, 7 if held.month > 6 else 1, 1)  # noqa: PLR2004 the second half
    drafted = max(called - timedelta(days=12), begun + timedelta(days=4))
    town.tell(days.moment(drafted, "10.20"), partial(_evaluate, town, ago))
    brought = max(called - timedelta(days=2), begun + timedelta(days=5))
    if ago and brought < held:
        town.tell(days.moment(brought, "10.25"), partial(_put, town, ago, EVALUATION))


def _draft(town: Town, ago: int) -> None:
    """Draft the plan of the year: from the table the first time, later from last year's."""
    by, days = town.coordinator_today(), town.almanac
    if by is None:
        return
    made: Any = draft_plan(KIND, by=by)
    held = days.held_day(ago)
    year = held.year + (days.season(ago) == LAST_QUARTER)
    values = {"year": year, "statement": STATEMENT}
    for one in made.activities.select_related("plan"):
        remove_activity(KIND, one, by=by)
    change_draft(PLAN, made, values, by=by, edit_version=made.edit_version)
    for row in rows(TABLE):
        month, day = map(int, row["dag"].split("-"))
        planned = date(year, month, day)
        if year == held.year:
            if planned < held and row["målgruppe"] == "employees":
                continue  # its day was over
            planned = min(max(planned, held + SETTLED), date(year, 12, 28))
        plan_activity(KIND, made, by=by, values=_said(town, row, planned))


def _said(town: Town, row: Mapping[str, str], planned: date) -> dict[str, Any]:
    return {
        "title": row["titel"],
        "sort": row["slags"],
        "audience": row["målgruppe"],
        "area": None,
        "target": int(row["mål"]) if row["mål"] else None,
        "planned_for": planned,
        "responsible": _owner(town, row["ansvarlig"]),
        "criterion": row["kriterium"],
    }


def _owner(town: Town, code: str) -> Person:
    return town.coordinator() if code == "koordinator" else town.person(code)


def _put(town: Town, ago: int, kind: Any) -> None:
    """Put the draft on the agenda, if there is a complete one."""
    found = kind.model.objects.filter(state="draft").first()
    if found is not None and town.coordinator_today() and not kind.lacks(found):
        put(town, ago, found, JUST_ENDED)


def _round(town: Town) -> None:
    """Hold the activities due in the plans in force, and erase who took old courses."""
    today, told = town.almanac.day_it_is(), {row["titel"]: row for row in rows(TABLE)}
    found = AwarenessActivity.objects.approved().filter(held_on=None, planned_for__lte=today)
    for one in found.select_related("plan", "responsible", "area").order_by("planned_for", "pk"):
        by = town.coordinator_today()
        if by is not None:
            _hold(town, one, told[one.title], by)
    erase_due_persons()


def _hold(town: Town, one: AwarenessActivity, row: Mapping[str, str], by: Person) -> None:
    at = min(one.plan.year - town.almanac.start.year, 2)
    if row["målgruppe"] == "employees":
        _figures(one, row, max(at, 0), by)
    else:
        _persons(one, by)
    outcome = "met" if at >= 1 or row["målgruppe"] != "employees" else "partly"
    values: dict[str, Any] = {"outcome": outcome, "conclusion": row["konklusion"]}
    began = one.plan.in_force_from or one.planned_for
    values |= {"held_on": max(one.planned_for, began)}
    try:
        hold_activity(KIND, one, by=by, values=values, edit_version=one.edit_version)
    except Refused:  # the figures say that it was not reached
        values["outcome"] = "partly"
        hold_activity(KIND, one, by=by, values=values, edit_version=one.edit_version)
    if row["huskes"]:
        due = town.almanac.workday(town.almanac.day_it_is() + timedelta(days=30))
        text, title, owner = row["konklusion"], row["huskes"], one.responsible
        note_finding(KIND, one, by=by, text=text, title=title, owner=owner, due=due)


def _figures(one: AwarenessActivity, row: Mapping[str, str], at: int, by: Person) -> None:
    for number, area in enumerate(Area.objects.in_use().order_by("name")):
        people = PEOPLE[number % len(PEOPLE)]
        values = {"area": area, "audience": "employees", "people": people}
        shares = {"done": "nået", "clicked": "klik", "gave_data": "gav", "reported": "meldt"}
        for name, column in shares.items():
            if row[column]:
                share = int(row[column].split()[at]) + number % 3 - 1
                values[name] = people * max(share, 0) // 100
        write_figures(one, by=by, values=values)


def _persons(one: AwarenessActivity, by: Person) -> None:
    """Note which leaders, or members of the executive board, took their course."""
    today = one.planned_for
    if one.audience == "executive":
        kind = OrganisationRole.Kind.EXECUTIVE
        boards = OrganisationRole.objects.filter(held_on(today), kind=kind)
        people: list[tuple[Person, Area | None]] = [
            (role.person, None) for role in boards.select_related("person")
        ]
    else:
        led = Area.objects.in_use().exclude(head=None).select_related("head")
        people = [(area.head, area) for area in led.order_by("name") if area.head]
    for person, area in people:
        if person.is_active:
            words = {"person": person, "area": area, "audience": one.audience, "done_on": today}
            note_completion(one, by=by, values=words)


def _evaluate(town: Town, ago: int) -> None:
    """Draft the evaluation of the half-year that has ended, if anything was held in it."""
    by, today = town.coordinator_today(), town.almanac.day_it_is()
    half = half_to_evaluate(today)
    if by is None or half is None:
        return
    made: AwarenessEvaluation = draft_evaluation(EVALUATION, by=by, **of_last_half())
    told = {one.code: one for one in figures_of(half)}
    clicked, reported = told["clicked"], told["reported"]
    words = {
        "effect": f"{clicked.shown} klikkede på den falske mail, og {reported.shown} meldte den.",
        "learning": "Korte kurser og et emne ad gangen virker bedst.",
        "effort": "Lederne får hjælp til at tale om det på deres møder."
        if ago % 2
        else "De centre, der mangler kurset, bliver ringet op.",
    }
    change_draft(EVALUATION, made, words, by=by, edit_version=made.edit_version)


DECIDED = {
    PLAN.kind: "Udvalget godkendte planen. Tallene fremlægges hvert halve år.",
    EVALUATION.kind: "Udvalget drøftede tallene og godkendte evalueringen.",
}
CHAPTER = Chapter(_tell, budget=2_400, decided=DECIDED)
