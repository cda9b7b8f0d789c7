"""The duties of the committees: those the mandate proposes, their own, and the improvements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Seat
from kommissorium.demo.sitting import GROUP, SECURITY
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.measures.days import add_months
from kommissorium.yearwheel.actions import (
    CadenceValues,
    DutyValues,
    add_duty,
    adopt_duties,
    begin,
    change_duty,
    delegate,
    end_duty,
)
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.models import Duty, Rhythm

OF_GROUP = "beredskab/"
EVENT, MEETING = "hændelse", "møde"  # where a table says neither months nor a date
# What the first coordinator left for later, and the committee took on at the revision.
LATER = (
    "weighing",
    "chair_approvals",
    "project_status",
    "lessons",
    "management_review",
    "technical_measures",
)
# Who answers for what the secretary does not do: a seat by its role or function, else a person.
HANDED = {
    "risk_assessments": "it",
    "executive_report": "chair",
    "access_rights": "system_owner",
    "logging": "it",
    "vulnerabilities": "it",
}
OF_THE_OTHER = (
    "year_plan",
    "nis2_registration",
    "dpo_report",
    "council_briefing",
    "budget",
)
AT_YEARLY = ("objectives", "risk_level")  # decided when what holds for a year is
ASKED = 6  # days ago
GONE = "clause:R12"
WHY_GONE = "Reglen er nu en del af retningslinjen for private telefoner og bliver kontrolleret der."


def tell_duties(town: Town) -> None:
    """Tell how the duties were adopted, handed out, changed and ended."""
    days = town.almanac
    town.tell(days.moment(days.start + timedelta(days=8), "10.20"), partial(_first, town))
    town.tell(days.after(11, 16, "13.20"), partial(_change, town, "follow_up", months=6))
    town.tell(days.after(8, 16, "9.40"), partial(_group, town))
    revised = days.month_after(days.meeting_day(5) + timedelta(days=15))
    in_force = days.workday_from(revised + timedelta(days=1))
    town.tell(days.moment(in_force, "13.30"), partial(_revise, town))
    for row in rows("plan.csv"):
        if days.duty_day(int(row["frist"])) < days.start:
            continue
        town.tell(days.days_ago(int(row["lagt"]), "14.10"), partial(_improve, town, row))
        if row["beder"]:
            asked = days.moment(days.today - timedelta(days=ASKED), "9.25")
            town.tell(asked, partial(_ask, town, row))
    for row in rows("begun.csv"):
        deed = partial(_happened, town, row)
        town.tell_after(int(row["møde"]), int(row["dage"]), deed, "9.20")


def _first(town: Town) -> None:
    _adopt(town, SECURITY, leave=LATER)
    for key, who in HANDED.items():
        _change(town, key, who=who)
    decided = town.almanac.held_day(town.almanac.span.yearly[0])
    for key in AT_YEARLY:
        _change(town, key, due=decided)
    _add_own(town, SECURITY)


def _group(town: Town) -> None:
    _adopt(town, GROUP, leave=OF_THE_OTHER)
    _add_own(town, GROUP)


def _revise(town: Town) -> None:
    """Adopt new duties, and end the obsolete one."""
    _adopt(town, SECURITY)
    _change(town, "project_status", who="it")
    end_duty(_duty(town, GONE), by=town.coordinator(), because=WHY_GONE)


def _adopt(town: Town, key: str, leave: Sequence[str] = ()) -> None:
    committee, prefix = town.committees[key], OF_GROUP if key == GROUP else ""
    wanted = [one for one in propose_duties(committee) if one.key not in leave]
    for duty in adopt_duties(committee, wanted, by=town.coordinator()):
        town.duties[duty.pk] = f"{prefix}{duty.default_key}"


def _add_own(town: Town, key: str) -> None:
    for row in rows("own.csv"):
        if row["udvalg"] == key:
            _add(town, key, row, _cadence(town, row), row["mærker"].split(", "))


def _improve(town: Town, row: Mapping[str, str]) -> None:
    due = town.almanac.duty_day(int(row["frist"]))
    _add(town, SECURITY, row, CadenceValues(Rhythm.ONCE, None, due), ("årsplan",))


def _add(
    town: Town, key: str, row: Mapping[str, str], cadence: CadenceValues, tags: Sequence[str]
) -> None:
    seat, person = _responsible(town, key, row["ansvarlig"])
    values = DutyValues(
        title=row["titel"],
        method=row["metode"],
        success=row.get("lykkes", ""),
        evidence_wanted=row.get("bevis", ""),
        lead_days=int(row.get("varsel", 30)),
        responsible_seat=seat,
        responsible_person=person,
        feeds=row.get("punkt", ""),
        clause=_clause(town, key, row.get("klausul", "")),
        tags=tuple(tags),
    )
    duty = add_duty(town.committees[key], by=town.coordinator(), values=values, cadence=cadence)
    town.duties[duty.pk] = row["pligt"]


def _clause(town: Town, key: str, begins: str) -> Clause | None:
    """Return the clause of the committee's mandate that begins like this; None if none is named."""
    clauses = Clause.objects.filter(mandate__committee=town.committees[key])
    return clauses.filter(text__startswith=begins).last() if begins else None


def _cadence(town: Town, row: Mapping[str, str]) -> CadenceValues:
    """Return how often: from a day of the year, or so that one is due this many days from today."""
    if row["måneder"] in (EVENT, MEETING):
        return CadenceValues(Rhythm.EVENT if row["måneder"] == EVENT else Rhythm.MEETING)
    # Nothing can be due before the mandate is in force, which is next month.
    months, begun = int(row["måneder"]), town.almanac.next_month()
    due = _last_day(town, row["først"])
    while add_months(due, -months) > begun:
        due = add_months(due, -months)
    return CadenceValues(Rhythm.INTERVAL, months, due)


def _last_day(town: Town, said: str) -> date:
    if said[0] in "+-":
        return town.almanac.duty_day(int(said))
    month, day = map(int, said.split("-"))
    return date(town.almanac.today.year, month, day)


def _change(
    town: Town, key: str, *, who: str = "", months: int | None = None, due: date | None = None
) -> None:
    """Hand a duty to somebody else, or change its interval in months or its first day."""
    duty = _duty(town, key)
    cadence, following = duty.cadence, duty.occurrences.open().order_by("nominal").first()
    if cadence is None or following is None:
        raise ValueError(f"Nothing is due of {key}")
    seat, person = duty.responsible_seat, duty.responsible_person
    if who:
        seat, person = _responsible(town, SECURITY, who)
    due = due or max(following.nominal, town.almanac.day_it_is())
    change_duty(
        duty,
        by=town.coordinator(),
        values=_values(duty, seat, person),
        cadence=CadenceValues(cadence.rhythm, months or cadence.interval_months, due),
        edit_version=duty.edit_version,
    )


def _values(duty: Duty, seat: Seat | None, person: Person | None) -> DutyValues:
    return DutyValues(
        title=duty.title,
        method=duty.method,
        success=duty.success,
        evidence_wanted=duty.evidence_wanted,
        by_decision=duty.by_decision,
        lead_days=duty.lead_days,
        responsible_seat=seat,
        responsible_person=person,
        feeds=duty.feeds,
        clause=duty.clause,
        tags=tuple(tag.name for tag in duty.tags.all()),
    )


def _ask(town: Town, row: Mapping[str, str]) -> None:
    """Let the owner of an improvement ask somebody, who has not answered yet."""
    waiting = _duty(town, row["pligt"]).occurrences.open().select_related("duty__committee").get()
    by = town.chair(SECURITY) or town.keeper()
    delegate(waiting, by=by, to=town.person(row["beder"]), note=row["besked"])


def _happened(town: Town, row: Mapping[str, str]) -> None:
    today = town.almanac.day_it_is()
    begin(
        _duty(town, "serious"),
        by=town.keeper(),
        happened=today - timedelta(days=1),
        due=town.almanac.workday(today + timedelta(days=int(row["frist"]))),
        occasion=row["anledning"],
    )


def _duty(town: Town, key: str) -> Duty:
    pk = next(pk for pk, name in town.duties.items() if name == key)
    found: Duty = Duty.objects.select_related("committee").get(pk=pk)
    return found


def _responsible(town: Town, key: str, who: str) -> tuple[Seat | None, Person | None]:
    # The seats of a mandate that takes effect next month are there already.
    seats = town.committees[key].seats.filter(to_date=None)
    seat = None
    if who == "it":
        seat = seats.filter(function="It-chef").first()
    elif who == "dpo":
        seat = seats.filter(role=Clause.Role.ADVISER).first()
    elif who in (Clause.Role.CHAIR, Clause.Role.SECRETARY):
        seat = seats.filter(role=who).first()
    return (seat, None) if seat else (None, town.person(who))
