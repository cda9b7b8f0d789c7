"""Roles end at a moment, and their sessions with them; who cannot be missed stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from kommissorium.accounts.actions import close_login, end_role, give_role
from kommissorium.accounts.history import entries
from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused

pytestmark = pytest.mark.django_db
MISSED = ("administrator", "coordinator", "executive")


def given(cast, kind="auditor"):
    return give_role(cast.member, kind, by=None, from_date=timezone.localdate())


def at_once(role, by):
    end_role(role, by=by, to_date=timezone.localdate(), at_once=True)


def test_a_role_given_today_is_taken_away_today_and_can_be_given_again(cast, client_of):
    browser = client_of("auditor")
    assert browser.get("/people/").status_code == 200
    role = given(cast)
    other = client_of("member")
    assert other.get("/people/").status_code == 200
    at_once(role, cast.coordinator)
    assert other.get("/people/").status_code == 302, "the session ended with it"
    assert client_of("member").get("/people/").status_code == 404
    assert browser.get("/people/").status_code == 200, "nobody else's"
    role.refresh_from_db()
    assert role.ended_at and role.to_date == timezone.localdate() - timedelta(days=1)
    again = given(cast)
    assert again.ended_at is None and client_of("member").get("/people/").status_code == 200


def test_one_that_lasts_ends_at_once_without_a_reason_and_the_history_says_when(cast, proven):
    role = cast.auditor.roles.get()
    path = reverse("person_role_end", args=[cast.auditor.pk, role.pk])
    typed = {"to_date": timezone.localdate().isoformat(), "at_once": "on"}
    assert proven("coordinator").post(path, typed).url == cast.auditor.get_absolute_url()
    assert not Person.objects.get(pk=cast.auditor.pk).current_roles
    role.refresh_from_db()
    assert role.to_because == ""
    with translation.override("en"):
        [entry, *_older] = entries(list(Event.objects.about(cast.auditor)))
    assert entry.text.startswith("The role Auditor ended at once, ")
    shown = proven("coordinator").get(cast.auditor.get_absolute_url()).text
    assert path not in shown


def test_it_ends_once(cast):
    role = cast.auditor.roles.get()
    at_once(role, cast.coordinator)
    role.refresh_from_db()
    with pytest.raises(Refused):
        at_once(role, cast.coordinator)


def test_one_that_would_begin_later_never_begins(cast):
    tomorrow = timezone.localdate() + timedelta(days=1)
    role = give_role(cast.member, "auditor", by=None, from_date=tomorrow)
    at_once(role, cast.coordinator)
    assert not cast.member.roles_on(tomorrow)


@pytest.mark.parametrize("kind", MISSED)
def test_the_last_of_a_kind_stays_by_whatever_way(cast, kind):
    person = cast.who(kind)
    role = person.roles.get(kind=kind)
    today = timezone.localdate()
    for deed in (
        lambda: at_once(role, cast.administrator),
        lambda: end_role(role, by=cast.administrator, to_date=today),
        lambda: end_role(role, by=cast.administrator, to_date=today + timedelta(days=9)),
        lambda: close_login(person, by=cast.administrator),
    ):
        with pytest.raises(Refused):
            deed()
    for_a_time = give_role(
        cast.chair, kind, by=None, from_date=today, to_date=today + timedelta(days=9)
    )
    with pytest.raises(Refused):
        at_once(role, cast.administrator)
    OrganisationRole.objects.filter(pk=for_a_time.pk).update(to_date=None)
    at_once(role, cast.administrator)
    assert not Person.objects.get(pk=person.pk).current_roles


def test_auditors_and_the_officer_can_be_without(cast):
    for person in (cast.auditor, cast.dpo):
        at_once(person.roles.get(), cast.coordinator)
        assert not Person.objects.get(pk=person.pk).current_roles
