"""The cast: a small municipality with named people, made once, there in every test."""

from __future__ import annotations

import gc
import time as time_module
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from kommissorium.accounts.actions import (
    accept_role_nomination,
    add_person,
    change_municipality,
    finish_setup,
    found_municipality,
    give_or_ask,
    give_role,
    set_first_password,
)
from kommissorium.accounts.models import Municipality, Person, RoleNomination
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.actions.seat_nominations import accept_seat_nomination, take_or_ask
from kommissorium.committees.actions.seats import add_seat, take_seat
from kommissorium.committees.models import Committee, Holding, Mandate, Seat
from kommissorium.committees.reader import builtin, read_text
from kommissorium.config.tests.databases import left_out
from kommissorium.config.tests.given_day import reckons_with_days
from kommissorium.config.tests.last_word import watched
from kommissorium.config.tests.one_chain import one_chain
from kommissorium.config.tests.one_room import is_about_it
from kommissorium.config.tests.sharing import Sharing
from kommissorium.config.tests.templates import (
    Shelf,
    Template,
    connected_to,
    copy,
    copy_database,
    database_with,
    drop_database,
    own,
)
from kommissorium.core.evidence.kept import forget_kept
from kommissorium.core.files import file_types
from kommissorium.core.tests.deep import examples, know_utf_8
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.tests.paper import on_no_paper
from kommissorium.registers.counts import forget_counts
from kommissorium.secretariat import navigation, searching

# A busy machine is slow, not wrong; and what fails on one machine fails on all.
hypothesis_settings.register_profile(
    "house",
    deadline=None,
    max_examples=examples(50, 100),
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
hypothesis_settings.load_profile("house")

# A page of many parts (overview, agenda, status) asks as much as its parts together, but no more
# for more rows. Each register adds a few.
MOST_OF_PARTS = 90
PASSWORD = "en lang sætning som kun prøverne kender"  # noqa: S105 signs in to nothing real
# Why roles, seats and mandates of the cast begin before the day on which they are noted.
LATE = "Gjaldt, før programmet blev taget i brug."
# Who the people are: name, post, role in the organisation, seat in the committee.
PEOPLE = {
    "administrator": ("Bo Lindskov", "IT-driftsleder", "administrator", ""),
    "coordinator": (
        "Karen Vestbjerg",
        "Informationssikkerhedskoordinator",
        "coordinator",
        "secretary",
    ),
    "chair": ("Morten Aagaard Lund", "Direktør for stab og digitalisering", "", "chair"),
    "deputy": ("Lise Rønhave", "Sekretariatschef", "", "deputy_chair"),
    "dpo": ("Olga Mikkelborg", "Databeskyttelsesrådgiver", "dpo", "adviser"),
    "head_of_it": ("Jens Ulrik Bæk", "It-chef", "", "member"),
    "member": ("Søren Ødum", "Centerchef for børn og unge", "", "member"),
    "system_owner": ("Anne Tvedegaard", "Leder af borgerservice", "", ""),
    "executive": ("Ingrid Holmsgaard", "Kommunaldirektør", "executive", ""),
    "auditor": ("Palle Korsvang", "Intern revisor", "auditor", ""),
    "employee": ("Emma Skovlyst", "Pædagog", "", ""),
}


type CastAnd = Callable[[Callable[[], object]], None]


@dataclass
class Cast:
    """The people by their roles, and what they have in common. Fresh in every test."""

    administrator: Person
    coordinator: Person
    chair: Person
    deputy: Person
    dpo: Person
    head_of_it: Person
    member: Person
    system_owner: Person
    executive: Person
    auditor: Person
    employee: Person
    municipality: Municipality
    committee: Committee
    mandate: Mandate
    since: date  # when roles, seats and mandate began: a year before the cast was made

    def who(self, name: str) -> Person:
        """Return the person of that name. Raises KeyError for an unknown name."""
        if name not in PEOPLE:
            raise KeyError(name)
        person: Person = getattr(self, name)
        return person


def address(name: str) -> str:
    return f"{name}@tryllerup.example"


def make_cast() -> None:
    """Write the municipality, its people, the committee, its mandate and its seats, a year ago."""
    with time_is(timezone.now() - timedelta(days=365)):
        _make_cast(timezone.localdate())


def _make_cast(since: date) -> None:
    municipality = found_municipality(name="Tryllerup Kommune", by=None)
    people = {name: _hire(name, since) for name in PEOPLE}
    coordinator = people["coordinator"]
    # The second step has tests of its own; the others sign in without it.
    change_municipality(
        municipality,
        by=coordinator,
        name=municipality.name,
        mfa_required=False,
        anchor_email="",
        edit_version=1,
    )
    committee = found_committee(name="Informationssikkerhedsudvalget", by=coordinator)
    for name, (_name, post, _role, seat) in PEOPLE.items():
        if seat:
            row = add_seat(committee, by=coordinator, role=seat, function=post, from_date=since)
            # By the program: what one person sets up alone is told of in the history.
            take_seat(row, by=None, person=people[name], from_date=since)
    _adopt(committee, people["chair"], coordinator, since)
    finish_setup(municipality, by=coordinator)


def _hire(who: str, since: date) -> Person:
    name, post, role, _seat = PEOPLE[who]
    person = add_person(by=None, name=name, email=address(who), job_title=post, department="")
    if who != "system_owner":  # is known, and was never asked to sign in
        set_first_password(person, PASSWORD)
    if role:
        give_role(person, role, by=None, from_date=since)
    return person


def _adopt(committee: Committee, chair: Person, coordinator: Person, since: date) -> None:
    text = builtin("da")
    mandate = draft_mandate(committee, read_text(text), by=coordinator, source_text=text)
    approve_mandate(mandate, by=chair, adopted_by="Direktionen", effective_from=since)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests that count with days; leave out those of another run or another room."""
    for item in filter(reckons_with_days, items):
        item.add_marker(pytest.mark.days)
    out = {*left_out(items, connection.vendor)} | {one for one in items if not is_about_it(one)}
    items[:] = [item for item in items if item not in out]
    config.hook.pytest_deselected(items=list(out))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    """Let the processes of a run share out its tests."""
    return Sharing(config, log)


def pytest_sessionstart() -> None:
    """Collect no cycles while tests are collected."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Collect unreachable cycles seldom: thousands of tests are held, and none is one."""
    know_utf_8()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    gc.enable()


@pytest.fixture(scope="session")
def shelf(
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,
) -> Shelf:
    """The folder of the databases that are made once in a run."""
    return Shelf.of(pytestconfig, tmp_path_factory)


@pytest.fixture(scope="session")
def empty_database(shelf: Shelf, django_db_blocker: DjangoDbBlocker) -> Template:
    """A database as it is before the first start: tables, and their built-in rows."""
    with django_db_blocker.unblock():
        return shelf.template("tables", lambda: None)


@pytest.fixture(scope="session")
def cast_database(
    shelf: Shelf, empty_database: Template, django_db_blocker: DjangoDbBlocker
) -> Template:
    """A database with the cast in it."""
    with django_db_blocker.unblock():
        return shelf.template("cast", make_cast, empty_database)


@pytest.fixture(scope="session")
def django_db_setup(cast_database: Template, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy for this process, in place of the plug-in's; every test in it is rolled back."""
    copied = own("test")
    with django_db_blocker.unblock():
        copy(cast_database, copied)
    with connected_to(copied):
        yield
    with django_db_blocker.unblock():
        drop_database(copied.database)


@pytest.fixture(scope="module")
def cast_and(
    cast_database: Template, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[CastAnd]:
    """Takes a function that writes: the file's following tests begin with the cast and its rows.

    It is for what is the same to each of them, and takes long to write.
    """
    with ExitStack() as stack:

        def begin(make: Callable[[], object]) -> None:
            with django_db_blocker.unblock():
                stack.enter_context(database_with(cast_database, "begun", make))

        yield begin
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(scope="session", autouse=True)
def middlewares() -> Iterator[None]:
    """One chain of them for all tests."""
    with one_chain():
        yield


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    """Forget what another test kept: its rows are gone, some of them without an event."""
    forget_counts()
    forget_kept()


@pytest.fixture(autouse=True)
def quiet_menu(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the menu of every page count nothing: tests that ask for `counting_menu` ask what it says.

    Else what each page asks of its own would be hidden among what the whole list asks.
    """
    if "counting_menu" not in request.fixturenames:
        monkeypatch.setattr(navigation, "number_waiting", lambda _request, _person: 0)


@pytest.fixture
def counting_menu() -> None:
    """Let the menu count what waits, as it does for everybody."""


@pytest.fixture
def no_paper() -> Iterator[None]:
    """Hold meetings whose agendas, minutes and decisions are not drawn."""
    with on_no_paper():
        yield


@pytest.fixture(autouse=True)
def no_words_kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let acts keep no words for the search: tests that ask for `words_kept` search them.

    A sixth of the time of each act; the samples of all rooms are written with them.
    """
    if "words_kept" not in request.fixturenames:
        monkeypatch.setattr(searching, "_followed", dict)


@pytest.fixture
def words_kept() -> None:
    """Let the words of what is written be found, as they are by everybody."""


@pytest.fixture(autouse=True)
def events_come_last() -> Iterator[None]:
    """Fail where the program wrote a row after the last event of a transaction, or without one."""
    with watched() as watch:
        yield
    assert watch.found == [], "written after the last event, or without one"


@pytest.fixture
def looks(db: None, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of transactions within the test's own around each look into an office file."""
    found: list[int] = []
    look = file_types.answer_of

    def counted(*args: Any, **kwargs: Any) -> Any:
        found.append(len(connection.savepoint_ids))
        return look(*args, **kwargs)

    monkeypatch.setattr(file_types, "answer_of", counted)
    return found


@pytest.fixture
def cast(db: None) -> Cast:
    return find_cast()


def find_cast() -> Cast:
    """Fetch the cast from the database."""
    by_email = {person.email: person for person in Person.objects.all()}
    people = {name: by_email[address(name)] for name in PEOPLE}
    mandate = Mandate.objects.approved().select_related("committee").get()
    assert mandate.effective_from
    return Cast(
        **people,
        municipality=Municipality.current(),
        committee=mandate.committee,
        mandate=mandate,
        since=mandate.effective_from,
    )


@pytest.fixture
def mandate(cast: Cast) -> Mandate:
    """The mandate in force: the program's own terms of reference, approved."""
    return cast.mandate


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A meeting in a month, with the eight items the mandate demands."""
    return plan(cast)


def plan(cast: Cast) -> Meeting:
    """Plan the meeting that the fixture of that name is."""
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(30, 13),
        ends_at=in_days(30, 15),
        place="Rådhuset, mødelokale 2",
    )


@contextmanager
def time_is(moment: datetime) -> Iterator[None]:
    """Set a moment, past or to come, for callers of `timezone.now()`; time goes on from there.

    Sign-in sessions made before live by the time they were made at.
    """
    true_now = timezone.now
    began = true_now()
    timezone.now = lambda: moment + (true_now() - began)
    try:
        yield
    finally:
        timezone.now = true_now


@contextmanager
def standing(moment: datetime) -> Iterator[None]:
    """Fix the moment for callers of `timezone.now()`."""
    true_now = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = true_now


def queries_of(ask: Callable[[], object], *, again: bool = False) -> int:
    """Return the number of queries of a first visit, or of one where what is kept is still there.

    Those that begin and end transactions are none.
    """
    if not again:
        forget_counts()
        forget_kept()
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len([one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def in_days(days: int, hour: int) -> datetime:
    """Return the full hour this many days from today, in the municipality's zone."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour)))


@pytest.fixture
def client_of(cast: Cast) -> Callable[[str | Person], Client]:
    """Return a browser of the person named ("anonymous": of nobody) or given."""

    def browser(who: str | Person) -> Client:
        client = Client()
        if who != "anonymous":
            client.force_login(cast.who(who) if isinstance(who, str) else who)
        return client

    return browser


def prove(client: Client) -> Client:
    """Mark the person signed in as having just proven who they are, and return the browser."""
    session = client.session
    proof = {"method": "password", "at": time_module.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def role_with_yes(person: Person, kind: str, *, by: Person, yes: Person, on: date) -> None:
    """Give a role as two people do: one asks, the other agrees."""
    given = give_or_ask(person, kind, by=by, from_date=on)
    if isinstance(given, RoleNomination):
        accept_role_nomination(given, by=yes)


def seat_with_yes(
    seat: Seat, *, person: Person, by: Person, yes: Person, on: date, capacity: str = "holder"
) -> Holding:
    """Seat somebody as two people do: one asks, the other agrees."""
    taken = take_or_ask(seat, by=by, person=person, from_date=on, capacity=capacity)
    return taken if isinstance(taken, Holding) else accept_seat_nomination(taken, by=yes)


@pytest.fixture
def transactional_db(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    """A copy of the database, thrown away afterwards, in place of the plug-in's fixture.

    That one flushes the tables, which frozen rows refuse; by its name the plug-in knows that
    the test needs a database.
    """
    original = connection.settings_dict["NAME"]
    copied = str(tmp_path / "copy.sqlite3")
    if connection.vendor == "postgresql":
        copied = f"{original}_copy"
    connection.close()
    with django_db_blocker.unblock():
        copy_database(original, copied)
        with connected_to(Template(copied, str(settings.FILES_DIR))):
            yield
        drop_database(copied)


@pytest.fixture
def committing(transactional_db: None) -> Cast:
    """The cast in a database of the test's own, for tests whose commits must be real.

    Threads of the test open connections of their own and must close them.
    """
    return find_cast()
