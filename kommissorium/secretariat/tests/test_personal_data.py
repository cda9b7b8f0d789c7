"""What is kept of a person, gathered on request, and erased of whoever left."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from kommissorium.accounts.actions import add_person, close_login, set_first_password
from kommissorium.accounts.models import Person, Reading
from kommissorium.conftest import PASSWORD, Cast, prove, time_is
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event, RowVersion
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.core.tests.mail.letters import letter
from kommissorium.secretariat.actions.erasure import erase_person
from kommissorium.secretariat.personal_data import naming
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.models import Task

Browser = Callable[[str], Client]
PAGE = "/personal-data/"
YEAR = timedelta(days=366)


@pytest.fixture
def left(cast: Cast) -> Person:
    """Somebody who signed in, did something, got a mail and whose login is closed."""
    person = add_person(
        by=cast.coordinator,
        name="Valdemar Ask",
        email="v.ask@x.dk",
        job_title="Vikar",
        department="IT",
    )
    set_first_password(person, PASSWORD)
    queue_mail(to="v.ask@x.dk", kind="tried", key="1", letter=letter("Hej", "Kære Valdemar"))
    close_login(person, by=cast.coordinator)
    person.refresh_from_db()
    return person


def sheets(answer) -> dict[str, list[tuple]]:
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)), read_only=True)
    return {one.title: list(one.values) for one in book.worksheets}


def test_everybody_gets_all_of_their_own_and_nobody_elses(cast: Cast, client_of: Browser) -> None:
    found = sheets(client_of("chair").get(f"{PAGE}{cast.chair.pk}/"))
    assert ("Navn", cast.chair.name) in found["Person"]
    assert ("Pseudonym i beviskæden", str(cast.chair.pseudonym)) in found["Person"]
    acts = [row[2] for row in found["Hvad du har gjort"]]
    assert "committees.mandate_approved" in acts
    named = [row[0] for row in found["Hvor du er nævnt"][1:]]
    assert named
    for who in ("member", "chair", "auditor", "executive"):
        assert client_of(who).get(f"{PAGE}{cast.coordinator.pk}/").status_code == 404


def test_what_named_somebody_before_is_told_as_well(cast: Cast, client_of: Browser) -> None:
    due = timezone.localdate() + timedelta(days=3)
    task, other = (
        give_task(by=cast.coordinator, title=title, owner=cast.member, due=due)
        for title in ("Ryd op", "Ryd ud")
    )
    Task.objects.filter(pk=task.pk).update(owner=cast.chair)
    record("tasks.task_changed", task, by=cast.coordinator)
    rows = sheets(client_of("member").get(f"{PAGE}{cast.member.pk}/"))["Hvor du er nævnt"]
    told = {str(row[2]): row[1] for row in rows if row[0] == "Opgave"}
    assert told[str(task.pk)].endswith(", tidligere")
    assert not told[str(other.pk)].endswith(", tidligere")


def test_officer_and_keepers_gather_it_for_others_and_it_is_noted(cast, client_of) -> None:
    for who in ("dpo", "coordinator", "administrator"):
        answer = client_of(who).get(PAGE, {"person": cast.chair.pk})
        assert answer.url == f"{PAGE}{cast.chair.pk}/"
        assert client_of(who).get(answer.url).status_code == 200
    assert Reading.objects.filter(what="export", object_kind="accounts.person").count() == 3
    assert client_of("dpo").get(PAGE, {"person": "x"}).status_code == 400
    assert client_of("member").get(PAGE, {"person": cast.chair.pk}).status_code == 200


def test_each_table_that_names_people_is_gone_through() -> None:
    names = {f"{model._meta.label_lower}.{field.name}" for model, field in naming()}
    wanted = {"accounts.organisationrole.person", "committees.holding.person", "tasks.task.owner"}
    assert wanted | {"meetings.decision.by", "assets.ownership.person"} <= names


def test_who_left_a_year_ago_is_erased_and_the_chain_holds(cast, left, client_of) -> None:
    acts = Event.objects.about(left).count()
    with time_is(timezone.localtime() + YEAR):
        browser = prove(client_of("coordinator"))
        asked = browser.get(f"/people/{left.pk}/erasure/")
        assert "Valdemar Ask" in asked.content.decode()
        answer = browser.post(f"/people/{left.pk}/erasure/", follow=True)
    page = answer.content.decode()
    assert f"Slettet person {left.pk}" in page
    pseudonym = left.pseudonym
    left.refresh_from_db()
    assert (left.email, left.job_title, left.department) == (None, "", "")
    assert left.pseudonym == pseudonym and not left.has_usable_password()
    assert not OutboxMail.objects.filter(recipient="v.ask@x.dk").exists()
    assert Event.objects.about(left).count() == acts + 1
    named = Q(text__contains="Valdemar Ask") | Q(text__contains="v.ask@x.dk")
    assert not RowVersion.objects.filter(named).exists()
    assert check_database().faults == []


def test_nobody_is_erased_who_is_needed(cast, left) -> None:
    def refused(person: Person) -> str:
        with pytest.raises(Refused) as found:
            erase_person(person, by=cast.administrator)
        return str(found.value)

    assert "Luk først log-ind" in refused(cast.employee)
    assert "Svarene ser et år tilbage" in refused(left)
    with time_is(timezone.localtime() + YEAR):
        due = timezone.localdate() + timedelta(days=3)
        task = give_task(by=cast.coordinator, title="Ryd op", owner=cast.employee, due=due)
        type(task).objects.filter(pk=task.pk).update(owner=left)
        assert "åbne opgaver" in refused(left)


def test_a_role_and_a_seat_are_ended_first(cast) -> None:
    for person in (cast.auditor, cast.member):
        Person.objects.filter(pk=person.pk).update(
            is_active=False, login_closed_at=timezone.now() - YEAR
        )
    for person, word in ((cast.auditor, "rolle"), (cast.member, "plads")):
        with pytest.raises(Refused) as found:
            erase_person(Person.objects.get(pk=person.pk), by=cast.administrator)
        assert word in str(found.value)


def test_who_keeps_no_people_erases_nobody(cast, left) -> None:
    for who in ("chair", "auditor", "dpo", "employee"):
        with pytest.raises(PermissionDenied), time_is(timezone.localtime() + YEAR):
            erase_person(left, by=cast.who(who))


def test_once_is_enough(cast, left) -> None:
    with time_is(timezone.localtime() + YEAR):
        erase_person(left, by=cast.coordinator)
        with pytest.raises(Refused) as found:
            erase_person(left, by=cast.coordinator)
    assert "allerede" in str(found.value)
