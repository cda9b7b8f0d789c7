"""Who made whom up, for how long it counts, and how somebody else confirms who it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from kommissorium.accounts.actions import (
    accept_email_change,
    accept_role_nomination,
    add_person,
    ask_for_confirmation,
    change_person,
    confirm_email_change,
    confirm_person,
    give_role,
    invite,
    nominate_for_role,
    set_first_password,
    show_invitation,
)
from kommissorium.accounts.actions.email_changes import ask_for_email
from kommissorium.accounts.models import Municipality, Person, is_another, was_made_by, why_no_other
from kommissorium.accounts.waiting import todos
from kommissorium.conftest import PASSWORD, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused

pytestmark = pytest.mark.django_db
NEW = "ny@tryllerup.example"


@pytest.fixture
def newcomer(cast):
    return add_person(by=cast.coordinator, name="Ny Ansat", email=NEW)


def page(name, person):
    return reverse(name, args=[person.pk])


def test_who_was_added_by_the_program_long_ago_or_by_others_is_another(cast, newcomer):
    assert is_another(cast.coordinator, cast.chair)
    assert is_another(cast.administrator, newcomer)
    assert is_another(None, newcomer)
    assert not is_another(cast.coordinator, cast.coordinator)
    assert not is_another(cast.coordinator, newcomer)
    assert not is_another(newcomer, cast.coordinator), "nor the other way round"


def test_a_chain_counts_and_of_two_puppets_one_is_no_second_person(cast, newcomer):
    give_role(newcomer, "coordinator", by=None, from_date=timezone.localdate())
    maker = Person.objects.get(pk=newcomer.pk)
    grandchild = add_person(by=maker, name="Led to")
    sibling = add_person(by=cast.coordinator, name="Anden Dukke")
    assert not is_another(cast.coordinator, grandchild)
    assert not is_another(newcomer, sibling)
    assert was_made_by(grandchild, cast.coordinator)
    assert not was_made_by(cast.coordinator, grandchild)


def invited(cast):
    invite(cast.system_owner, by=cast.coordinator)


def shown(cast):
    invite(cast.system_owner, by=cast.administrator)
    show_invitation(cast.system_owner, by=cast.coordinator)


def got_an_email(cast):
    row = cast.system_owner
    names = ("name", "job_title", "department", "language", "edit_version")
    values = {name: getattr(row, name) for name in names}
    change_person(row, by=cast.coordinator, email=NEW, **values)


def got_an_email_by_the_old_mailbox(cast):
    confirm_email_change(ask_for_email(cast.system_owner, NEW, by=cast.coordinator))


def got_a_role_in_the_set_up_that_is_over(cast):
    Municipality.objects.update(setup_finished_at=None)
    today = timezone.localdate()
    give_role(cast.system_owner, "auditor", by=cast.coordinator, from_date=today)
    Municipality.objects.update(setup_finished_at=timezone.now() - timedelta(days=2))


@pytest.mark.parametrize(
    "deed",
    [
        invited,
        shown,
        got_an_email,
        got_an_email_by_the_old_mailbox,
        got_a_role_in_the_set_up_that_is_over,
    ],
    ids=lambda one: one.__name__,
)
def test_each_way_of_making_somebody_up_counts(cast, deed):
    deed(cast)
    assert not is_another(cast.coordinator, cast.system_owner)
    assert is_another(cast.chair, cast.system_owner)


def test_what_was_done_alone_in_the_set_up_counts_for_nothing_here(cast, newcomer):
    Municipality.objects.update(setup_finished_at=None)
    assert is_another(cast.coordinator, newcomer)
    Municipality.objects.update(setup_finished_at=timezone.now())
    assert is_another(cast.coordinator, newcomer)


def test_it_passes_after_the_set_time(cast, newcomer, settings):
    with time_is(timezone.now() + timedelta(days=29)):
        assert not is_another(cast.coordinator, newcomer)
    with time_is(timezone.now() + timedelta(days=31)):
        assert is_another(cast.coordinator, newcomer)
    settings.KNOWN_AFTER = timedelta(days=60)
    with time_is(timezone.now() + timedelta(days=31)):
        assert not is_another(cast.coordinator, newcomer)


def test_somebody_else_confirms_and_what_comes_after_counts_anew(cast, newcomer):
    confirm_person(newcomer, by=cast.chair)
    assert is_another(cast.coordinator, newcomer)
    invite(newcomer, by=cast.coordinator)
    assert not is_another(cast.coordinator, newcomer)


def test_neither_the_maker_nor_the_person_nor_a_puppet_nor_anybody_confirms(cast, newcomer):
    helper = add_person(by=cast.coordinator, name="Hjælper")
    give_role(helper, "administrator", by=None, from_date=timezone.localdate())
    helper = Person.objects.get(pk=helper.pk)
    for by in (cast.coordinator, newcomer, helper, cast.member, cast.auditor, cast.dpo):
        with pytest.raises(PermissionDenied):
            confirm_person(newcomer, by=by)
    assert not is_another(cast.coordinator, newcomer)


def test_the_second_yes_for_a_role_or_an_email_confirms_too(cast, newcomer):
    today = timezone.localdate()
    asked = nominate_for_role(newcomer, "auditor", by=cast.coordinator, from_date=today)
    accept_role_nomination(asked, by=cast.chair)
    assert is_another(cast.coordinator, newcomer)
    give_role(cast.head_of_it, "administrator", by=None, from_date=today)
    change = ask_for_email(newcomer, "tredje@tryllerup.example", by=cast.coordinator)
    accept_email_change(change, by=cast.administrator)
    accept_email_change(change, by=Person.objects.get(pk=cast.head_of_it.pk))
    assert is_another(cast.coordinator, newcomer)


def test_the_card_says_so_and_leads_whoever_may_to_the_confirmation(cast, newcomer, client_of):
    with translation.override("da"):
        shown = client_of("administrator").get(page("person", newcomer)).text
        assert "gælder Ny Ansat ikke som den anden person ved siden af Karen Vestbjerg" in shown
    path = page("person_confirmation", newcomer)
    assert path in shown
    own = client_of("coordinator").get(page("person", newcomer)).text
    assert f'href="{path}"' not in own and page("person_confirmation_asked", newcomer) in own
    old = client_of("administrator").get(page("person", cast.member)).text
    assert page("person_confirmation", cast.member) not in old


def test_others_are_asked_by_mail_and_find_it_on_their_overview(cast, newcomer, client_of, proven):
    assert not [one for one in todos(cast.chair) if "Ny Ansat" in one.text]
    client_of("coordinator").post(page("person_confirmation_asked", newcomer))
    path = page("person_confirmation", newcomer)
    told = OutboxMail.objects.filter(body__contains=path)
    whose = {cast.chair.email, cast.administrator.email, cast.executive.email}
    assert {mail.recipient for mail in told} == whose
    assert [one.url for one in todos(cast.chair) if "Ny Ansat" in one.text] == [path]
    assert not [one for one in todos(cast.coordinator) if "Ny Ansat" in one.text]
    answer = proven("chair").post(path)
    assert answer.url == reverse("overview")
    assert is_another(cast.coordinator, newcomer)
    assert not [one for one in todos(cast.executive) if "Ny Ansat" in one.text]
    acts = list(Event.objects.about(newcomer).values_list("act", flat=True))
    assert acts[:2] == ["accounts.person_confirmed", "accounts.confirmation_asked"]
    gone = client_of("executive").get(path, follow=True)
    assert gone.status_code == 200 and path not in gone.text


def test_it_asks_who_is_there_and_shows_nothing_to_others(cast, newcomer, client_of):
    path = page("person_confirmation", newcomer)
    assert client_of("chair").get(path).url.startswith("/account/confirmation/?next=")
    for who in ("coordinator", "member", "auditor", "employee"):
        assert client_of(who).get(path).status_code == 404, who


def test_only_keepers_ask_and_only_where_something_waits(cast, newcomer):
    with pytest.raises(PermissionDenied):
        ask_for_confirmation(newcomer, by=cast.chair)
    confirm_person(newcomer, by=cast.chair)
    count = Event.objects.count()
    with pytest.raises(Refused):
        ask_for_confirmation(newcomer, by=cast.coordinator)
    assert Event.objects.count() == count


def test_a_yes_that_does_not_count_says_why_and_what_to_do(cast, newcomer, client_of, proven):
    give_role(newcomer, "coordinator", by=None, from_date=timezone.localdate())
    asked = nominate_for_role(
        cast.employee, "executive", by=cast.coordinator, from_date=timezone.localdate()
    )
    set_first_password(newcomer, PASSWORD)
    puppet = Person.objects.get(pk=newcomer.pk)
    shown = proven(puppet).get(asked.get_absolute_url()).text
    assert 'value="yes"' not in shown and why_no_other(cast.coordinator, puppet)[:40] in shown
    own = proven("coordinator").get(asked.get_absolute_url()).text
    assert cast.chair.name in own, "whose yes counts"
