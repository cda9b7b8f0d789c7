"""People's rights over people: one table, asked of the predicates themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from kommissorium.accounts.actions import (
    add_person,
    change_person,
    choose_language,
    end_role,
    give_role,
    invite,
    reopen_login,
)
from kommissorium.accounts.models import Municipality, OrganisationRole, Person, held_on
from kommissorium.conftest import PEOPLE
from kommissorium.core.evidence.models import Event

KEEPERS = {"administrator", "coordinator"}


@pytest.mark.parametrize("who", PEOPLE)
def test_what_each_of_the_cast_may(cast, who):
    person = cast.who(who)
    assert Person.can_be_kept_by(person) == (who in KEEPERS)
    assert Person.can_be_listed_by(person) == (who in {*KEEPERS, "auditor"})
    assert Person.can_see_evidence(person) == (who in {"coordinator", "auditor"})
    assert Person.can_change_municipality(person) == (who in KEEPERS)
    assert cast.member.sign_in_can_be_kept_by(person) == (who in KEEPERS)
    assert cast.administrator.sign_in_can_be_kept_by(person) == (who == "administrator")
    assert cast.member.second_step_can_be_reset_by(person) == (who == "administrator")


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("kind", OrganisationRole.Kind.values)
def test_who_gives_which_role(cast, who, kind):
    allowed = who == "administrator" or (who == "coordinator" and kind != "administrator")
    assert OrganisationRole.can_be_given_by(cast.who(who), kind) == allowed


@pytest.mark.parametrize("who", PEOPLE)
def test_whose_cards_each_of_the_cast_sees(cast, who):
    person = cast.who(who)
    seen = set(Person.objects.visible_to(person))
    assert seen == (set(Person.objects.all()) if who in {*KEEPERS, "auditor"} else {person})


def test_a_role_counts_on_both_of_its_ends_and_not_beside_them(cast):
    day = timezone.localdate()
    OrganisationRole.objects.create(person=cast.chair, kind="auditor", from_date=day, to_date=day)
    one = timedelta(days=1)
    held = [cast.chair.roles.filter(held_on(day + step)).exists() for step in (-one, 0 * one, one)]
    assert held == [False, True, False]


def test_a_role_that_ended_yesterday_opens_nothing_today(cast, client_of):
    yesterday = timezone.localdate() - timedelta(days=1)
    cast.auditor.roles.update(to_date=yesterday)
    assert client_of("auditor").get("/people/").status_code == 404


def test_a_role_that_begins_tomorrow_opens_nothing_today(cast, client_of):
    tomorrow = timezone.localdate() + timedelta(days=1)
    give_role(cast.employee, "auditor", by=None, from_date=tomorrow)
    assert client_of("employee").get("/people/").status_code == 404


@pytest.mark.parametrize("who", sorted(set(PEOPLE) - KEEPERS))
def test_the_actions_refuse_whom_the_pages_refuse(cast, who):
    by, today = cast.who(who), timezone.localdate()
    role = cast.executive.roles.get()
    before = Event.objects.count()
    acts = [
        lambda: add_person(by=by, name="x"),
        lambda: invite(cast.system_owner, by=by),
        lambda: reopen_login(cast.member, by=by),
        lambda: give_role(by, "administrator", by=by, from_date=today),
        lambda: end_role(role, by=by, to_date=today),
        lambda: change_person(
            by,
            by=by,
            name="x",
            email=None,
            job_title="",
            department="",
            language="da",
            edit_version=1,
        ),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert Event.objects.count() == before


def test_nobody_chooses_anothers_language(cast):
    with pytest.raises(PermissionDenied):
        choose_language(cast.chair, "en", by=cast.administrator)


def test_nobody_makes_themselves_administrator_by_the_other_door(cast):
    with pytest.raises(PermissionDenied):
        give_role(
            cast.coordinator, "administrator", by=cast.coordinator, from_date=timezone.localdate()
        )


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "auditor", "days": 0, "to": -1},
        {"kind": "administrator", "days": 0, "to": None},
    ],
)
def test_the_database_itself_refuses_what_makes_no_sense(cast, row):
    day = timezone.localdate()
    to = None if row["to"] is None else day + timedelta(days=row["to"])
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationRole.objects.create(
            person=cast.administrator, kind=row["kind"], from_date=day, to_date=to
        )


def test_two_people_never_share_an_e_mail_whatever_its_case(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="x", email=cast.chair.email.upper())


def test_there_is_one_municipality(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Municipality.objects.create(pk=2, name="x")
