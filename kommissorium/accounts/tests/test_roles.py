"""Roles in the whole municipality: given and ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.actions import give_role
from kommissorium.accounts.models import OrganisationRole
from kommissorium.core.evidence.models import Event


def give(browser, person, kind, **more):
    values = {"kind": kind, "from_date": timezone.localdate().isoformat(), **more}
    return browser.post(f"/people/{person.pk}/roles/add/", values)


def end(browser, role, to_date=None):
    to_date = to_date or timezone.localdate()
    path = f"/people/{role.person_id}/roles/{role.pk}/end/"
    return browser.post(path, {"to_date": to_date.isoformat()})


@pytest.mark.parametrize("who", ["employee", "chair", "auditor", "executive"])
def test_others_find_no_page_to_give_a_role(cast, client_of, who):
    assert client_of(who).get(f"/people/{cast.employee.pk}/roles/add/").status_code == 404
    assert give(client_of(who), cast.employee, "administrator").status_code == 404


def test_giving_a_role_asks_for_the_password_once_more(cast, client_of):
    browser = client_of("administrator")
    path = f"/people/{cast.employee.pk}/roles/add/"
    assert browser.get(path).url.startswith("/account/confirmation/?next=")
    answer = give(browser, cast.employee, "auditor")
    assert answer.url.startswith("/account/confirmation/?next=")
    assert not cast.employee.roles.exists()


def test_an_administrator_asks_for_a_role(cast, proven):
    answer = give(proven("administrator"), cast.employee, "auditor")
    assert answer.url == f"/people/{cast.employee.pk}/"
    assert not cast.employee.roles.exists()
    assert Event.objects.about(cast.employee)[0].act == "accounts.role_nominated"


def test_a_coordinator_gives_all_but_the_administrators(cast, proven):
    browser = proven("coordinator")
    answer = give(browser, cast.employee, "administrator")
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["kind"]
    assert give(browser, cast.employee, "auditor").status_code == 302


def test_nobody_has_a_role_twice_at_a_time(cast, proven):
    answer = give(proven("administrator"), cast.auditor, "auditor")
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["kind"]


def test_a_role_does_not_end_before_it_starts(cast, proven):
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = give(proven("administrator"), cast.chair, "auditor", to_date=yesterday.isoformat())
    assert list(answer.context["form"].errors) == ["to_date"]


def test_ending_a_role_keeps_it_in_the_history(cast, proven):
    role = cast.auditor.roles.get()
    assert end(proven("coordinator"), role).status_code == 302
    role.refresh_from_db()
    assert role.to_date == timezone.localdate()


def test_ending_a_role_asks_for_the_password_once_more(cast, client_of):
    role = cast.auditor.roles.get()
    assert end(client_of("coordinator"), role).url.startswith("/account/confirmation/")
    role.refresh_from_db()
    assert role.to_date is None


@pytest.mark.parametrize("who", ["employee", "auditor", "chair"])
def test_others_find_no_page_to_end_a_role(cast, client_of, who):
    assert end(client_of(who), cast.auditor.roles.get()).status_code == 404


def test_a_coordinator_ends_no_administrator(cast, client_of):
    assert end(client_of("coordinator"), cast.administrator.roles.get()).status_code == 404


def test_a_role_is_ended_on_the_card_of_its_own_person(cast, proven):
    role = cast.auditor.roles.get()
    path = f"/people/{cast.chair.pk}/roles/{role.pk}/end/"
    assert proven("administrator").get(path).status_code == 404


def test_a_role_that_has_ended_cannot_be_ended_again(cast, proven):
    role = cast.auditor.roles.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    OrganisationRole.objects.filter(pk=role.pk).update(to_date=yesterday)
    assert end(proven("administrator"), role).status_code == 404


def test_the_last_administrator_stays_and_is_told_what_to_do(cast, proven):
    browser = proven("administrator")
    role = cast.administrator.roles.get()
    answer = end(browser, role)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["to_date"]
    give_role(cast.employee, "administrator", by=None, from_date=timezone.localdate())
    assert end(browser, role).status_code == 302


def test_an_administrator_for_a_time_does_not_replace_the_last_one(cast, proven):
    browser = proven("administrator")
    tomorrow = timezone.localdate() + timedelta(days=1)
    today = timezone.localdate()
    give_role(cast.employee, "administrator", by=None, from_date=today, to_date=tomorrow)
    assert end(browser, cast.administrator.roles.get()).status_code == 400


def test_a_role_can_be_led_to_by_who_reads_people_too(cast, client_of):
    role = cast.coordinator.roles.get(kind="coordinator")
    for who in ("auditor", "coordinator"):
        page = client_of(who).get(f"/people/{cast.coordinator.pk}/").text
        assert page.count(f'id="role-{role.pk}"') == 1
