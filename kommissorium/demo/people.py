"""The people of the story: the cast of the demonstration and those around it. All invented."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from kommissorium.accounts.actions import (
    accept_role_nomination,
    add_person,
    close_login,
    end_role,
    finish_setup,
    found_municipality,
    give_or_ask,
    give_role,
    invite,
    set_first_password,
)
from kommissorium.accounts.demo_cast import DOMAIN
from kommissorium.accounts.models import Municipality, OrganisationRole, Person, RoleNomination
from kommissorium.demo.almanac import THREE_YEARS
from kommissorium.demo.story import Town

MUNICIPALITY = "Havneby Kommune"
Kind = OrganisationRole.Kind
# One role is older than the program.
HIRED_BEFORE = 400  # days
HIRED_BECAUSE = "Har været intern revisor siden ansættelsen, før programmet blev taget i brug."

STAFF = "Økonomi og Stab"
IT = "It og Digitalisering"
CHILDREN = "Børn og Skole"
HEALTH = "Sundhed og Ældre"
ENVIRONMENT = "Teknik og Miljø"
CITIZENS = "Borgerservice og Kommunikation"
WORK = "Job og Velfærd"


@dataclass(frozen=True)
class Dweller:
    """A person; `months` ago they were added. Without `mail` nobody can write to them."""

    code: str
    name: str
    post: str
    department: str
    months: int = THREE_YEARS.months
    mail: bool = True
    signs_in: bool = False


def _user(
    code: str, name: str, post: str, department: str, months: int = THREE_YEARS.months
) -> Dweller:
    return Dweller(code, name, post, department, months, signs_in=True)


FOUNDERS = (
    _user("administrator", "Nikolaj Fuglsang", "It-driftsspecialist", IT),
    _user("birgit.lind", "Birgit Overgaard Lind", "Informationssikkerhedskoordinator", STAFF),
)
DWELLERS = (
    _user("poul.vesterlund", "Poul Erik Vesterlund", "Direktør for Økonomi og Stab", STAFF),
    _user("executive", "Henrik Brandstrup", "Kommunaldirektør", "Direktionen"),
    _user("deputy", "Thomas Vedel Krogh", "Sekretariatschef", STAFF),
    _user("dpo", "Jonas Elmegaard", "Databeskyttelsesrådgiver", STAFF),
    _user("head_of_it", "Rasmus Tranberg", "It-chef", IT),
    _user("camilla.rostgaard", "Camilla Rostgaard", "Centerchef", CHILDREN),
    _user("member", "Hanne Bloch Ejstrup", "Centerchef", HEALTH),
    _user("auditor", "Dorthe Kaalund", "Intern revisor", "Intern Revision"),
    _user("system_owner", "Lars Pindstrup", "Leder af Løn og Personale", STAFF),
    _user("peter.riis", "Peter Gudmund Riis", "Netværksspecialist", IT),
    _user("karsten.moellebaek", "Karsten Møllebæk", "Beredskabschef", ENVIRONMENT),
    _user("ulla.soenderkaer", "Ulla Sønderkær", "Kommunikationschef", CITIZENS),
    _user("susanne.groendal", "Susanne Grøndal", "Økonomichef", STAFF),
    _user("inge.haugsted", "Inge-Lise Haugsted", "Leder af borgerservice", CITIZENS),
    Dweller("bent.aarestrup", "Bent Aarestrup", "Arkivar", STAFF, mail=False),
    Dweller("jytte.hald", "Jytte Hald", "Rådhusbetjent", STAFF, mail=False),
    _user("employee", "Sara Nymark", "Socialrådgiver", WORK, 30),
    _user("coordinator", "Mette Skovgaard", "Informationssikkerhedskoordinator", STAFF, 27),
    _user("chair", "Kirsten Holmgaard Friis", "Direktør for Økonomi og Stab", STAFF, 20),
    _user("tine.lykkeberg", "Tine Lykkeberg", "Leder af hjemmeplejen", HEALTH, 28),
    _user("pernille.ask", "Pernille Ask Thorsager", "Juridisk konsulent", STAFF, 28),
    _user("michael.strandby", "Michael Strandby", "It-driftsleder", IT, 22),
    _user("anders.kvist", "Anders Højlund Kvist", "Centerchef", CHILDREN, 15),
    _user("marie.oestergren", "Marie Østergren", "Centerchef", ENVIRONMENT, 18),
    _user("ole.kjeldgaard", "Ole Kjeldgaard", "Leder af Vej og Park", ENVIRONMENT, 15),
    _user("signe.bang", "Signe Thorup Bang", "Skoleleder", CHILDREN, 11),
    _user("amina.dahl", "Amina Yusuf Dahl", "Projektleder", IT, 9),
    Dweller("maria.bork", "Maria Fønss Bork", "HR-konsulent", STAFF, 7),
    _user("jakob.lundsby", "Jakob Lundsby", "Leder af jobcentret", WORK, 5),
    Dweller("frederik.aabo", "Frederik Aabo", "Informationssikkerhedskonsulent", STAFF, 1),
    Dweller("lone.ryborg", "Lone Ryborg", "Afdelingsleder for løn", STAFF, 1),
)


# Whose yes counts for a role, as long as they lead: the first of them who may says it.
LEADERS = ("coordinator", "birgit.lind", "chair", "poul.vesterlund", "peter.riis")
EVERYBODY = {one.code: one for one in (*FOUNDERS, *DWELLERS)}


def founders(town: Town) -> list[Dweller]:
    """Return the people who are there on the first day."""
    return [EVERYBODY[town.who(one.code)] for one in FOUNDERS]


def dwellers(town: Town) -> list[Dweller]:
    """Return the people added by them, then or later."""
    there = founders(town)
    return [one for one in DWELLERS if one not in there and town.who(one.code) == one.code]


def tell_people(town: Town) -> None:
    """Tell who came, in which role, who left and who was invited just now."""
    days = town.almanac
    town.tell(days.moment(days.start, "8.15"), partial(_found, town))
    for dweller in dwellers(town):
        there = dweller.months == THREE_YEARS.months or dweller.code in town.successors.values()
        came = days.moment(days.start, "9.05") if there else days.ago(dweller.months, "9.05")
        town.tell(came, partial(_hire, town, dweller))
    town.tell(days.moment(days.start, "9.40"), partial(_first_roles, town))
    town.tell(days.moment(days.start + timedelta(days=7), "11.00"), partial(_finish, town))
    # The last coordinator goes once there is another: the program lets nobody else.
    town.tell_after(9, 18, partial(_rise, town, "coordinator", Kind.COORDINATOR))
    town.tell_after(9, 19, partial(_leave, town, "birgit.lind", Kind.COORDINATOR), "15.00")
    town.tell_after(7, 20, partial(_leave, town, "poul.vesterlund", Kind.EXECUTIVE))
    town.tell_after(6, 13, partial(_rise, town, "chair", Kind.EXECUTIVE))
    town.tell_after(5, 13, partial(_leave, town, "camilla.rostgaard"))
    town.tell_after(4, 12, partial(_rise, town, "michael.strandby", Kind.ADMINISTRATOR))
    town.tell_after(3, 12, partial(_leave, town, "peter.riis", Kind.ADMINISTRATOR))
    lately = days.today - timedelta(days=2)
    for code in ("frederik.aabo", "lone.ryborg"):
        town.tell(days.moment(lately, "13.20"), partial(_ask, town, code))


@contextmanager
def quick_passwords() -> Iterator[None]:
    """Hash passwords once instead of many times.

    The slow hash protects a password that can be guessed. These are 256 random bits, told to
    nobody: in the demonstration one signs in by a button.
    """
    usual = PBKDF2PasswordHasher.iterations
    PBKDF2PasswordHasher.iterations = 1
    try:
        yield
    finally:
        PBKDF2PasswordHasher.iterations = usual


def _found(town: Town) -> None:
    found_municipality(name=MUNICIPALITY, is_demo=True, by=None)
    for dweller in founders(town):
        _welcome(town, dweller, None)
    today = town.almanac.day_it_is()
    give_role(town.person("administrator"), Kind.ADMINISTRATOR, by=None, from_date=today)
    administrator = town.person("administrator")
    give_role(town.person("birgit.lind"), Kind.COORDINATOR, by=administrator, from_date=today)


def _finish(town: Town) -> None:
    finish_setup(Municipality.current(), by=town.coordinator())


def _hire(town: Town, dweller: Dweller) -> None:
    _welcome(town, dweller, town.person("administrator"))


def _welcome(town: Town, dweller: Dweller, by: Person | None) -> None:
    person = add_person(
        by=by,
        name=dweller.name,
        email=f"{dweller.code}@{DOMAIN}" if dweller.mail else None,
        job_title=dweller.post,
        department=dweller.department,
    )
    town.people[dweller.code] = person.pk
    if dweller.signs_in:
        set_first_password(person, secrets.token_urlsafe(32))


def _first_roles(town: Town) -> None:
    for code, kind in (
        ("executive", Kind.EXECUTIVE),
        ("poul.vesterlund", Kind.EXECUTIVE),
        ("dpo", Kind.DPO),
        ("peter.riis", Kind.ADMINISTRATOR),
    ):
        _rise(town, code, kind)
    _rise(town, "auditor", Kind.AUDITOR, before=HIRED_BEFORE, because=HIRED_BECAUSE)


def _rise(town: Town, code: str, kind: str, before: int = 0, because: str = "") -> None:
    begins = town.almanac.day_it_is() - timedelta(days=before)
    by, person = town.person("administrator"), town.person(code)
    given = give_or_ask(person, kind, by=by, from_date=begins, because=because)
    if isinstance(given, RoleNomination):
        there = [town.person(one) for one in LEADERS if one in town.people]
        accept_role_nomination(given, by=next(filter(given.can_be_accepted_by, there)))


def _leave(town: Town, code: str, kind: str = "") -> None:
    """Let a person leave the municipality: the role ends today and the login is closed."""
    person, administrator = town.person(code), town.person("administrator")
    today: date = town.almanac.day_it_is()
    for role in person.roles.filter(kind=kind, to_date=None):
        end_role(role, by=administrator, to_date=today)
    close_login(person, by=administrator)


def _ask(town: Town, code: str) -> None:
    invite(town.person(code), by=town.person("administrator"))
