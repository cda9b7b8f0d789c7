"""The two committees: their habits, their mandates, and who sat in them when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from kommissorium.committees.actions.committee import change_habits, found_committee
from kommissorium.committees.actions.mandate_seats import seats_from_mandate
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.actions.seat_nominations import (
    accept_seat_nomination,
    take_or_ask,
)
from kommissorium.committees.actions.seats import leave_seat
from kommissorium.committees.models import Holding, Mandate, Seat
from kommissorium.committees.reader import builtin, read_text
from kommissorium.committees.seat_nominations import SeatNomination
from kommissorium.core.files.actions import store_file
from kommissorium.demo.almanac import AVOIDED, THURSDAY, TUESDAY
from kommissorium.demo.story import Town
from kommissorium.demo.texts import text

GROUP_TEXT = "mandates/beredskabsgruppen.md"
# A clause of the first version alone.
PHONES = (
    "- Kontrollerer mindst én gang om året, at private telefoner bliver brugt efter reglerne.\n"
)
FIRST = {
    "# Kommissorium for udvalget for informationssikkerhed": (
        "# Kommissorium for Informationssikkerhedsudvalget i Havneby Kommune"
    ),
    "| Formand | Kommunaldirektør |": "| Formand | Direktør for Økonomi og Stab |",
    "| Stedfortræder for formanden | Chef for digitalisering |": (
        "| Stedfortræder for formanden | Sekretariatschef |"
    ),
    "| Medlem | Driftschef i it-afdelingen |": "| Medlem | It-chef |",
    "| Medlem | xxxxx |\n| Medlem | xxxxx |": (
        "| Medlem | Centerchef for Børn og Skole |\n| Medlem | Centerchef for Sundhed og Ældre |"
    ),
    "Sørger for, at alle ansatte bliver undervist i sikker omgang med oplysninger.": (
        "Sørger for, at alle ansatte bliver undervist i sikker omgang med oplysninger, "
        "også vikarer og elever."
    ),
    "- Formanden er bemyndiget til at godkende planer, politikker og procedurer på området.\n": (
        "- Formanden er bemyndiget til at godkende planer, politikker og procedurer på området.\n"
        f"{PHONES}"
    ),
    "(en til fire gange om året)": "(1 til 4 gange om året)",
    "En direktør sidder derfor i udvalget;": "Formanden er derfor medlem af direktionen;",
}
SECOND = {
    PHONES: "",
    "| Medlem | Centerchef for Sundhed og Ældre |": (
        "| Medlem | Centerchef for Sundhed og Ældre |\n| Medlem | Centerchef for Teknik og Miljø |"
    ),
    "Afprøver beredskabet mindst én gang om året.": (
        "Afprøver beredskabet mindst to gange om året, den ene gang uden varsel."
    ),
    "- Vurderer resultatet af intern audit.": (
        "- Vurderer resultatet af intern audit.\n"
        "- Tager mindst én gang om året stilling til brug af kunstig intelligens, "
        "der behandler borgernes oplysninger."
    ),
}


def security_mandate(version: int) -> str:
    """Return the text of version 1 or 2 of the information security committee's mandate."""
    first = _altered(builtin("da"), FIRST)
    return first if version == 1 else _altered(first, SECOND)


def tell_mandates(town: Town) -> None:
    """Tell how the mandates were adopted, and how the first was revised."""
    days = town.almanac
    town.tell(days.moment(days.start + timedelta(days=6), "10.15"), partial(_first, town))
    town.tell(days.after(5, 15, "10.15"), partial(_second, town))
    town.tell(days.after(8, 15, "11.00"), partial(_group, town))


def _first(town: Town) -> None:
    mandate = _draft(town, "security", security_mandate(1), "Kommissorium.md")
    _adopt(town, mandate, "poul.vesterlund", town.almanac.next_month())


def _second(town: Town) -> None:
    mandate = _draft(town, "security", security_mandate(2), "Kommissorium revideret.md")
    _adopt(town, mandate, "chair", town.almanac.next_month())


def _group(town: Town) -> None:
    mandate = _draft(town, "group", text(GROUP_TEXT), "Beredskabsgruppen kommissorium.md")
    _adopt(town, mandate, "executive", town.almanac.day_it_is())


def _draft(town: Town, committee: str, source: str, name: str) -> Mandate:
    return draft_mandate(
        town.committees[committee],
        read_text(source),
        by=town.coordinator(),
        source_text=source,
        source_name=name,
        source_file=store_file(source.encode(), name),
    )


def _adopt(town: Town, mandate: Mandate, who: str, begins: date) -> None:
    approve_mandate(mandate, by=town.person(who), adopted_by="Direktionen", effective_from=begins)
    seats_from_mandate(mandate, by=town.coordinator(), from_date=begins)


def _altered(source: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        if old not in source:
            raise ValueError(f"The mandate no longer says: {old}")
        source = source.replace(old, new)
    return source


HOLDER, DEPUTY = Holding.Capacity.HOLDER, Holding.Capacity.DEPUTY
NAMES = {"security": "Informationssikkerhedsudvalget", "group": "Beredskabsgruppen"}
SECURITY = (
    ("Direktør for Økonomi og Stab", "poul.vesterlund"),
    ("Informationssikkerhedskoordinator", "birgit.lind"),
    ("Databeskyttelsesrådgiver (DPO)", "dpo"),
    ("Sekretariatschef", "deputy"),
    ("It-chef", "head_of_it"),
    ("Centerchef for Børn og Skole", "camilla.rostgaard"),
    ("Centerchef for Sundhed og Ældre", "member"),
)
# The seat of Vej og Park is vacant.
GROUP = (
    ("Beredskabschef", "karsten.moellebaek"),
    ("Informationssikkerhedskoordinator", "coordinator"),
    ("It-chef", "head_of_it"),
    ("Kommunikationschef", "ulla.soenderkaer"),
    ("Leder af hjemmeplejen", "tine.lykkeberg"),
)


def tell_seats(town: Town) -> None:
    """Tell how the committees came to be and who took and left their seats."""
    days = town.almanac
    town.tell(days.moment(days.start, "10.30"), partial(_found_security, town))
    town.tell(days.moment(days.start + timedelta(days=6), "13.00"), partial(_fill_first, town))
    town.tell(days.after(8, 14, "10.00"), partial(_found_group, town))
    town.tell(days.after(8, 15, "12.30"), partial(_fill_group, town))
    _tell_changes(town)


def _tell_changes(town: Town) -> None:
    days = town.almanac
    children, teknik = "Centerchef for Børn og Skole", "Centerchef for Teknik og Miljø"
    elders, chair = "Centerchef for Sundhed og Ældre", "Direktør for Økonomi og Stab"
    secretary = "Informationssikkerhedskoordinator"
    town.tell_after(9, 18, partial(_leave, town, secretary))
    come = partial(_take, town, "security", secretary, "coordinator", HOLDER)
    town.tell_after(8, -28, come, "10.00")
    _takes(town, days.after(8, -27), "Databeskyttelsesrådgiver (DPO)", "pernille.ask", DEPUTY)
    _takes(town, days.after(8, -26), "It-chef", "peter.riis", DEPUTY)
    _takes(town, days.after(7, -20), elders, "tine.lykkeberg", DEPUTY)
    town.tell_after(7, 19, partial(_leave, town, chair))
    town.tell_after(6, 14, partial(_take, town, "security", chair, "chair", HOLDER))
    town.tell_after(5, 12, partial(_leave, town, children))
    _takes(town, days.after(5, 18), teknik, "marie.oestergren")
    _takes(town, days.after(4, -20), children, "anders.kvist")
    _takes(town, days.after(3, 10), "It-chef", "michael.strandby", DEPUTY)
    _takes(town, days.after(2, 10), children, "signe.bang", DEPUTY)


def _takes(town: Town, moment: datetime, function: str, who: str, capacity: str = HOLDER) -> None:
    town.tell(moment, partial(_take, town, "security", function, who, capacity))


def _found_security(town: Town) -> None:
    _found(
        town,
        "security",
        weekday=THURSDAY,
        start_time=time(13),
        minutes=120,
        place="Rådhuset, mødelokale 2",
        link="https://video.havneby.example/informationssikkerhed",
        auditors_see_closed=True,
        email="informationssikkerhed@havneby.example",
    )


def _found_group(town: Town) -> None:
    _found(
        town,
        "group",
        weekday=TUESDAY,
        start_time=time(9),
        minutes=90,
        place="Brandstationen, undervisningslokalet",
        link="",
        auditors_see_closed=False,
        email="beredskab@havneby.example",
    )


def _found(
    town: Town,
    key: str,
    *,
    weekday: int,
    start_time: time,
    minutes: int,
    place: str,
    link: str,
    auditors_see_closed: bool,
    email: str,
) -> None:
    by = town.coordinator()
    committee = found_committee(name=NAMES[key], by=by)
    change_habits(
        committee,
        by=by,
        name=committee.name,
        weekday=weekday,
        start_time=start_time,
        minutes=minutes,
        place=place,
        link=link,
        avoided_weeks=AVOIDED,
        auditors_see_closed=auditors_see_closed,
        email=email,
        edit_version=committee.edit_version,
    )
    committee.refresh_from_db()
    town.committees[key] = committee


def _fill_first(town: Town) -> None:
    for function, who in SECURITY:
        _take(town, "security", function, who, HOLDER)


def _fill_group(town: Town) -> None:
    for function, who in GROUP:
        _take(town, "group", function, who, HOLDER)


def _take(town: Town, key: str, function: str, who: str, capacity: str) -> None:
    seat = town.committees[key].seats.get(function=function)
    begins = max(seat.from_date, town.almanac.day_it_is())
    taken = take_or_ask(
        seat,
        by=town.coordinator(),
        person=town.person(who),
        from_date=begins,
        capacity=capacity,
    )
    if isinstance(taken, SeatNomination):
        accept_seat_nomination(taken, by=town.person("administrator"))


def _leave(town: Town, function: str) -> None:
    seat: Seat = town.committees["security"].seats.get(function=function)
    holding = seat.holdings.get(capacity=HOLDER, to_date=None)
    leave_seat(holding, by=town.coordinator(), to_date=town.almanac.day_it_is())
