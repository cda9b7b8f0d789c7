"""Refusals of the database itself are told in words, and nothing of the act stays."""

from __future__ import annotations

import threading

import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone

from kommissorium.accounts.actions import add_person, people
from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.conftest import address
from kommissorium.core.database import transactions
from kommissorium.core.database.violations import QUICKER, SENTENCES, is_busy, refusal_of
from kommissorium.core.evidence.models import Event


def violation(**values):
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Person.objects.create(name="Ny", **values)
    return raised.value


def test_the_same_e_mail_in_another_case(cast):
    refusal = refusal_of(violation(email=address("chair").upper()))
    assert dict(refusal.errors) == {"": str(SENTENCES["one_person_per_email"])}


def test_the_same_role_twice(cast):
    role = {"person": cast.employee, "kind": "auditor", "from_date": timezone.localdate()}
    OrganisationRole.objects.create(**role)
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        OrganisationRole.objects.create(**role)
    refusal = refusal_of(raised.value)
    assert dict(refusal.errors) == {"": str(SENTENCES["one_open_role_of_a_kind"])}


def test_what_has_no_sentence_of_its_own_is_said_in_general(cast):
    refusal = refusal_of(violation(email=None, pseudonym=cast.chair.pseudonym))
    assert dict(refusal.errors) == {"": str(QUICKER)}


def test_a_fault_of_ours_stays_one(cast):
    assert refusal_of(violation(email=None, job_title=None)) is None


def test_every_sentence_belongs_to_a_constraint_there_is():
    names = {one.name for model in apps.get_models() for one in model._meta.constraints}
    assert {name for name in SENTENCES if "." not in name} <= names


def test_a_violation_on_a_page_is_a_page_with_the_sentence(cast, client_of, monkeypatch):
    monkeypatch.setattr(people, "refuse_taken", lambda *_what: None)
    values = {"name": "Ny Kollega", "email": address("chair"), "language": "da"}
    answer = client_of("coordinator").post("/people/add/", values)
    assert answer.status_code == 409
    assert "En anden person har allerede denne e-mail." in answer.content.decode()


@pytest.mark.parametrize(
    "error", [ObjectDoesNotExist("gone"), OperationalError("database is locked")]
)
def test_what_is_gone_or_taken_is_said(cast, client_of, monkeypatch, error):
    def fail(**_values):
        raise error

    monkeypatch.setattr("kommissorium.accounts.views.people.add_person", fail)
    answer = client_of("coordinator").post("/people/add/", {"name": "Ny", "language": "da"})
    assert answer.status_code == (503 if isinstance(error, OperationalError) else 409)
    assert answer.headers.get("Retry-After") == ("10" if answer.status_code == 503 else None)


def test_whoever_waits_too_long_for_a_turn_is_told(committing, monkeypatch):
    """The other holds the turn all the while; afterwards the connection works as before."""
    if connection.vendor != "postgresql":
        return
    monkeypatch.setattr(
        transactions, "_TAKE", transactions._TAKE.replace(transactions.WAIT, "100ms")
    )
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            held.set()
            done.wait(20)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    held.wait(20)
    with pytest.raises(OperationalError) as raised, transaction.atomic():
        pass
    done.set()
    other.join()
    assert is_busy(raised.value)
    add_person(by=committing.coordinator, name="Ny")
    assert Event.objects.filter(act="accounts.person_added").count() == len(Person.objects.all())


def test_sessions_wait_for_nobody(committing):
    done = threading.Event()

    def read():
        browser = Client()
        browser.force_login(committing.chair)
        browser.get("/account/")
        connection.close()
        done.set()

    if connection.vendor == "postgresql":
        with transaction.atomic():
            reader = threading.Thread(target=read)
            reader.start()
            assert done.wait(20)
        reader.join()
