"""Services that must go on, the plans for when they stop, and the tests; one took too long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.continuity.actions.plans import change_settings, draft_plans, note_copy
from kommissorium.continuity.actions.services import add_service, change_service
from kommissorium.continuity.evaluation import EVALUATION
from kommissorium.continuity.kind import KIND, TEST_PLAN
from kommissorium.continuity.models import ContinuityEvaluation, ContinuityTest, Service
from kommissorium.continuity.plan import PLAN
from kommissorium.continuity.service_status import critical_without_service
from kommissorium.core.refusals import Refused
from kommissorium.demo.chapters import Chapter
from kommissorium.demo.sitting import put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.meetings.models import Meeting
from kommissorium.registers.actions.activities import (
    draft_evaluation,
    draft_plan,
    hold_activity,
    note_finding,
    plan_activity,
    remove_activity,
)
from kommissorium.registers.actions.standard_proposals import change_draft

SERVICES, TESTS = "services.csv", "contingency_tests.csv"
BEGUN: Final = 29  # months ago the services were written down: the systems stood there by then
STATEMENT = "Planerne skal kunne følges af den, der har vagten."
LAST_QUARTER = 4
SETTLED = timedelta(days=21)  # from the approval of a plan that comes late in its year
APART = timedelta(days=14)  # tests of one day count as one
WRITTEN = ("title", "impact", "criticality", "mtd", "area", "responsible", "calls")
NEW = "Vagtcentral for vintervejr"
SHARED = "Drift af net, konti og servere"  # whose plans take up what the crisis staff learned


def _tell(town: Town) -> None:
    days = town.almanac
    first = days.span.yearly[0]
    town.tell(days.ago(BEGUN, "13.05"), partial(_services, town))
    for ago in range(first, -1, -1):
        called = days.call_day(days.held_day(ago))
        drafted, brought = called - timedelta(days=11), called - timedelta(days=2)
        if ago == first or days.season(ago) == LAST_QUARTER:
            town.tell(days.moment(drafted, "11.10"), partial(_draft, town, ago))
        town.tell(days.moment(drafted, "11.20"), partial(_write, town, ago))
        town.tell(days.moment(drafted, "11.30"), partial(_evaluate, town))
        if ago:
            town.tell(days.moment(brought, "11.15"), partial(_put, town, ago))
    day = days.held_day(first) + timedelta(days=4)
    while day < days.today:
        town.tell(days.moment(day, "13.40"), partial(_round, town))
        day += timedelta(days=7)
    town.tell(days.days_ago(100, "11.30"), partial(_name_systems, town))
    town.tell(days.days_ago(20, "11.40"), partial(_new, town))
    town.tell(days.days_ago(200, "11.50"), partial(_print, town))


def _services(town: Town) -> None:
    """Add the services, and set the settings of all plans."""
    by = town.keeper()
    if not by.is_coordinator:
        return
    values = {
        "general_plan": "Plan for fortsat drift, Havneby Kommune",
        "general_link": "Sag 2023-0412",
        "classification": "Til tjenestebrug",
        "review_months": 12,
    }
    change_settings(by=by, values=values, edit_version=1)
    for row in rows(SERVICES):
        names = filter(None, row["systemer"].split("|"))
        systems = [Asset.objects.in_register().filter(name=name).first() for name in names]
        values = {
            "title": row["titel"],
            "impact": row["påvirkning"],
            "criticality": row["kritikalitet"],
            "mtd": int(row["mtd"]) if row["mtd"] else None,
            "area": None,
            "responsible": _owner(town, row["ansvarlig"]),
            "calls": _lines(row["ringes"]),
            "systems": [one for one in systems if one],
        }
        add_service(by=by, values=values)


def _name_systems(town: Town) -> None:
    """Name the critical systems of some areas at the services that need them."""
    by = town.coordinator_today()
    if by is None:
        return
    for row in rows(SERVICES):
        found = Service.objects.filter(title=row["titel"]).first()
        if found is None or not row["områder"]:
            continue
        theirs = critical_without_service().filter(area__name__in=row["områder"].split("|"))
        values = {name: getattr(found, name) for name in WRITTEN}
        values["systems"] = [*found.systems.all(), *theirs]
        change_service(found, by=by, values=values, edit_version=found.edit_version)


def _new(town: Town) -> None:
    """Add a service without a criticality."""
    by = town.coordinator_today()
    if by is None:
        return
    values: dict[str, Any] = {
        "title": NEW,
        "impact": "",
        "criticality": "",
        "mtd": None,
        "area": None,
        "responsible": town.person("karsten.moellebaek"),
        "calls": "",
        "systems": [],
    }
    add_service(by=by, values=values)


def _print(town: Town) -> None:
    """Note two printed copies, one of them of all plans."""
    by = town.coordinator_today()
    found = Service.objects.filter(title=SHARED).first()
    if by is None or found is None:
        return
    today = town.almanac.day_it_is()
    for service, holder, place in (
        (None, "karsten.moellebaek", "Det røde ringbind i beredskabsrummet"),
        (found, "head_of_it", "Skuffen ved it-vagtens plads"),
    ):
        values = {"service": service, "holder": town.person(holder), "place": place}
        note_copy(by=by, values=values | {"printed_on": today})


def _write(town: Town, ago: int) -> None:
    """Write the plans that are due for this meeting, and those in which a test has shown faults."""
    by = town.coordinator_today()
    if by is None:
        return
    for row in rows(SERVICES):
        found = Service.objects.filter(title=row["titel"]).first()
        lesson = _lesson(found) if found else None
        is_due = str(ago) in row["møder"].split() or (lesson and found and found.plans.exists())
        if found is None or not is_due or found.plans.open().exists():
            continue
        made = draft_plans(found, by=by)
        values = {
            "change_because": "Numre og trin er gået igennem med dem, der skal bruge dem.",
            "improves": lesson,
            "starts_when": row["når"],
            "contingency": _lines(row["beredskab"]),
            "no_contingency": "",
            "emergency": _lines(row["nød"]),
            "no_emergency": "",
            "recovery": _lines(row["genskab"]),
            "no_recovery": row["ingen"],
        }
        if lesson:
            told = {one["titel"]: one["ændres"] for one in rows(TESTS)}
            values["change_because"] = f"Prøven viste det: {told[lesson.title]}"
        change_draft(PLAN, made, values, by=by, edit_version=made.edit_version)


def _lesson(service: Service) -> ContinuityTest | None:
    """Return the test of the service whose lessons no plan has taken up."""
    decided = ContinuityEvaluation.objects.filter(state="approved").exclude(changes="")
    tests = ContinuityTest.objects.filter(evaluations__in=decided, improved=None)
    own = tests.filter(service=service)
    if service.title == SHARED:
        own |= tests.filter(service=None)
    found: ContinuityTest | None = own.order_by("held_on", "pk").first()
    return found


def _draft(town: Town, ago: int) -> None:
    """Draft the tests of the year."""
    by, days = town.coordinator_today(), town.almanac
    if by is None:
        return
    made: Any = draft_plan(KIND, by=by)
    held = days.held_day(ago)
    year = held.year + (days.season(ago) == LAST_QUARTER)
    for one in made.activities.select_related("plan"):
        remove_activity(KIND, one, by=by)
    values = {"year": year, "statement": STATEMENT}
    change_draft(TEST_PLAN, made, values, by=by, edit_version=made.edit_version)
    earliest = held + SETTLED
    for row in rows(TESTS):
        service = Service.objects.filter(title=row["ydelse"]).first()
        if year - days.start.year < int(row["fra"]) or (row["ydelse"] and service is None):
            continue
        month, day = map(int, row["dag"].split("-"))
        planned = date(year, month, day)
        if year == held.year:
            planned = min(max(planned, earliest), date(year, 12, 28))
            earliest = planned + APART
        values = {
            "title": row["titel"],
            "sort": row["slags"],
            "notice": row["varsel"],
            "service": service,
            "scenario": row["scenarie"],
            "participants": row["deltagere"],
            "planned_for": planned,
            "responsible": _owner(town, row["ansvarlig"]),
            "criterion": row["kriterium"],
        }
        plan_activity(KIND, made, by=by, values=values)


def _put(town: Town, ago: int) -> None:
    """Put complete drafts on the agenda."""
    is_called = town.meeting(ago).state == Meeting.State.CALLED
    if town.coordinator_today() is None or is_called:
        return
    kinds: tuple[Any, ...] = (TEST_PLAN, PLAN, EVALUATION)
    for kind in kinds:
        for found in kind.model.objects.filter(state="draft").order_by("pk"):
            if not kind.lacks(found):
                put(town, ago, found)


def _round(town: Town) -> None:
    """Hold the tests due in the plans in force."""
    today, told = town.almanac.day_it_is(), {row["titel"]: row for row in rows(TESTS)}
    found = ContinuityTest.objects.approved().filter(held_on=None, planned_for__lte=today)
    for one in found.select_related("plan", "responsible", "service").order_by("pk"):
        by = town.coordinator_today()
        if by is not None:
            _hold(town, one, told[one.title], by)


def _hold(town: Town, one: ContinuityTest, row: Mapping[str, str], by: Person) -> None:
    at = min(max(one.plan.year - town.almanac.start.year, 0), 3)
    hours = int(row["timer"].split()[at]) if row["timer"] else None
    values: dict[str, Any] = {
        "held_on": max(one.planned_for, one.plan.in_force_from or one.planned_for),
        "actual_rto": hours,
        "actual_rpo": 1 if hours else None,
        "outcome": "met",
        "conclusion": row["konklusion"],
    }
    try:
        hold_activity(KIND, one, by=by, values=values, edit_version=one.edit_version)
    except Refused as refused:
        if "outcome" not in refused.errors:
            return  # the plans it tries do not hold yet
        values["outcome"] = "not_met"
        hold_activity(KIND, one, by=by, values=values, edit_version=one.edit_version)
    if row["huskes"]:
        due = town.almanac.workday(town.almanac.day_it_is() + timedelta(days=30))
        text, title, owner = row["konklusion"], row["huskes"], one.responsible
        note_finding(KIND, one, by=by, text=text, title=title, owner=owner, due=due)


def _evaluate(town: Town) -> None:
    """Draft the evaluations of tests that were held."""
    by, told = town.coordinator_today(), {row["titel"]: row for row in rows(TESTS)}
    if by is None:
        return
    held = ContinuityTest.objects.approved().exclude(held_on=None).filter(evaluations=None)
    for one in held.select_related("plan").order_by("held_on", "pk"):
        made = draft_evaluation(EVALUATION, by=by, test_id=one.pk)
        is_right = one.sort == "restore" and not one.is_missed
        changes = "" if is_right else told[one.title]["ændres"]
        values = {"learning": told[one.title]["lærer"], "changes": changes}
        change_draft(EVALUATION, made, values, by=by, edit_version=made.edit_version)


def _owner(town: Town, code: str) -> Person:
    return town.coordinator() if code == "coordinator" else town.person(code)


def _lines(text: str) -> str:
    """Return the lines of a cell, whose words are separated by ">"."""
    return text.replace(">", "; ").replace("|", "\n")


DECIDED = {
    PLAN.kind: "Udvalget godkendte planerne. De skal ligge på papir hos dem, der har vagten.",
    TEST_PLAN.kind: "Udvalget godkendte årets tests.",
    EVALUATION.kind: "Udvalget drøftede testen og godkendte, hvad den ændrer.",
}
CHAPTER = Chapter(_tell, budget=1_350, decided=DECIDED)
