"""Attacks by which somebody could pose as somebody else: each once succeeded, and fails now."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import (
    accept_email_change,
    accept_role_nomination,
    change_password,
    close_login,
    confirm_email_change,
    end_role,
    give_role,
    invite,
    nominate_for_role,
    refuse_role_nomination,
    reopen_login,
)
from kommissorium.accounts.actions.email_changes import ask_for_email
from kommissorium.accounts.models import (
    EmailChange,
    Municipality,
    OrganisationRole,
    Person,
    RoleNomination,
)
from kommissorium.accounts.waiting import reminders, todos
from kommissorium.conftest import PASSWORD, Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused

NEW = "angriber@tryllerup.example"


def anew(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def second(cast):
    """A second administrator."""
    give_role(cast.head_of_it, "administrator", by=None, from_date=timezone.localdate())
    return anew(cast.head_of_it)


def ask_for_role(browser: Client, person: Person, kind: str) -> None:
    values = {"kind": kind, "from_date": timezone.localdate().isoformat()}
    assert browser.post(f"/people/{person.pk}/roles/add/", values).status_code == 302


@pytest.mark.parametrize("kind", ["executive", "coordinator", "administrator", "auditor", "dpo"])
def test_an_administrator_gives_himself_no_role(cast, proven, kind):
    if kind == "administrator":
        return  # has it
    browser = proven("administrator")
    ask_for_role(browser, cast.administrator, kind)
    assert anew(cast.administrator).current_roles == {"administrator"}
    row = RoleNomination.objects.get()
    path = reverse("role_nomination", args=[cast.administrator.pk, row.pk])
    assert browser.post(path, {"answer": "yes"}).status_code == 403
    assert anew(cast.administrator).current_roles == {"administrator"}
    with pytest.raises(PermissionDenied):
        give_role(cast.administrator, kind, by=cast.administrator, from_date=timezone.localdate())


@pytest.mark.parametrize("kind", ["executive", "coordinator", "administrator", "auditor", "dpo"])
def test_a_friend_gets_a_role_by_a_second_yes_alone(cast, proven, client_of, second, kind):
    browser, friend = proven("administrator"), cast.employee
    ask_for_role(browser, friend, kind)
    row = RoleNomination.objects.get()
    path = reverse("role_nomination", args=[friend.pk, row.pk])
    reads = kind != "administrator"
    for who in ("administrator", "employee", *(("head_of_it",) if reads else ())):
        assert proven(who).post(path, {"answer": "yes"}).status_code == 403, who
    for who in ("member", "auditor", "dpo", *(() if reads else ("chair",))):
        assert client_of(who).get(path).status_code == 404, who
    assert not anew(friend).current_roles
    yes = cast.chair if reads else second
    assert proven("chair" if reads else "head_of_it").post(path, {"answer": "yes"}).url
    assert anew(friend).current_roles == {kind}
    given = Event.objects.get(act="accounts.role_given", object_id=str(friend.pk))
    assert given.actor == str(yes.pseudonym)
    assert str(cast.administrator.pseudonym) in given.facts


def test_the_same_role_is_asked_for_once(cast, proven):
    browser = proven("administrator")
    ask_for_role(browser, cast.employee, "executive")
    values = {"kind": "executive", "from_date": timezone.localdate().isoformat()}
    again = browser.post(f"/people/{cast.employee.pk}/roles/add/", values)
    assert again.status_code == 400
    assert RoleNomination.objects.count() == 1


def test_a_no_gives_nothing_and_a_second_answer_is_refused(cast, second):
    row = nominate_for_role(
        cast.employee, "executive", by=cast.coordinator, from_date=timezone.localdate()
    )
    refuse_role_nomination(row, by=cast.coordinator)  # taken back
    with pytest.raises(Refused):
        accept_role_nomination(RoleNomination.objects.get(), by=cast.chair)
    assert not anew(cast.employee).current_roles


def test_a_yes_later_gives_no_earlier_days(cast, second):
    today = timezone.localdate()
    row = nominate_for_role(cast.employee, "executive", by=cast.coordinator, from_date=today)
    RoleNomination.objects.update(from_date=today - timedelta(days=5))
    row.refresh_from_db()
    assert accept_role_nomination(row, by=cast.chair).from_date == today


def test_who_asked_and_lost_the_right_since_gives_nothing(cast, second):
    row = nominate_for_role(
        cast.employee, "executive", by=cast.coordinator, from_date=timezone.localdate()
    )
    give_role(cast.deputy, "coordinator", by=None, from_date=timezone.localdate())
    close_login(cast.coordinator, by=second)
    with pytest.raises(Refused):
        accept_role_nomination(RoleNomination.objects.get(pk=row.pk), by=cast.chair)
    assert not anew(cast.employee).current_roles


def test_a_lone_administrator_gets_a_second_one_by_the_coordinators_yes(cast):
    today = timezone.localdate()
    row = nominate_for_role(cast.employee, "administrator", by=cast.administrator, from_date=today)
    assert row.can_be_accepted_by(cast.executive)
    accept_role_nomination(row, by=cast.coordinator)
    # With two of them the coordinator's yes counts no more.
    other = nominate_for_role(cast.member, "administrator", by=cast.administrator, from_date=today)
    assert not other.can_be_accepted_by(cast.coordinator)
    assert other.can_be_accepted_by(anew(cast.employee))


def test_a_lone_administrator_is_reminded_until_there_are_two(cast, second):
    today = timezone.localdate()
    assert not list(todos(cast.administrator))
    assert not list(reminders(today))
    close_login(second, by=cast.administrator)
    assert [todo.url for todo in todos(cast.administrator)] == [reverse("people")]
    assert [one.person for one in reminders(today)] == [cast.administrator]


def test_setting_up_is_the_exception_and_the_events_say_so(cast):
    Municipality.objects.update(setup_finished_at=None)
    today = timezone.localdate()
    give_role(cast.coordinator, "executive", by=cast.coordinator, from_date=today)
    assert '"in_setup":true' in Event.objects.filter(act="accounts.role_given")[0].facts


def test_the_chair_is_not_invited_again(cast, proven):
    proven("administrator").post(f"/people/{cast.chair.pk}/invitation/")
    assert not OutboxMail.objects.exists()
    with pytest.raises(Refused):
        invite(cast.chair, by=cast.administrator)


def card(person: Person, **changes: object) -> dict[str, object]:
    names = ("name", "email", "job_title", "department", "language", "edit_version")
    return {name: getattr(person, name) or "" for name in names} | changes


def test_the_chairs_mailbox_cannot_be_taken_alone(cast, proven, nobody):
    browser, old = proven("administrator"), cast.chair.email
    browser.post(f"/people/{cast.chair.pk}/edit/", card(cast.chair, email=NEW))
    nobody.post("/account/password/reset/", {"email": NEW})
    assert not OutboxMail.objects.filter(recipient=NEW).exists()
    change = EmailChange.objects.get()
    path = reverse("email_change", args=[cast.chair.pk, change.pk])
    assert browser.post(path, {"answer": "yes"}).status_code == 403
    assert anew(cast.chair).email == old
    told = OutboxMail.objects.filter(kind="accounts.access_changed")
    assert {cast.chair.email, cast.administrator.email} <= {mail.recipient for mail in told}


def test_closing_first_opens_no_way_to_the_mailbox(cast, proven):
    browser, old = proven("administrator"), cast.chair.email
    browser.post(f"/people/{cast.chair.pk}/closure/")
    browser.post(f"/people/{cast.chair.pk}/edit/", card(anew(cast.chair), email=NEW))
    emptied = browser.post(f"/people/{cast.chair.pk}/edit/", card(anew(cast.chair), email=""))
    assert emptied.status_code == 400
    browser.post(f"/people/{cast.chair.pk}/reopening/")
    assert anew(cast.chair).email == old


def test_a_leader_who_never_signed_in_is_guarded_as_well(cast, proven):
    Person.objects.filter(pk=cast.chair.pk).update(password="!")
    proven("administrator").post(f"/people/{cast.chair.pk}/edit/", card(cast.chair, email=NEW))
    assert anew(cast.chair).email == cast.chair.email


def nominated_for_a_role(cast: Cast, person: Person) -> None:
    today = timezone.localdate()
    nominate_for_role(person, "executive", by=cast.coordinator, from_date=today)


def nominated_for_a_seat(cast: Cast, person: Person) -> None:
    apps.get_model("committees", "SeatNomination").objects.create(
        seat=cast.committee.seats.get(role="chair"),
        capacity="deputy",
        person=person,
        by=cast.coordinator,
        from_date=timezone.localdate(),
    )


@pytest.mark.parametrize("asked", [nominated_for_a_role, nominated_for_a_seat])
def test_who_waits_for_a_yes_is_guarded_until_it_is_answered(cast, proven, asked):
    nominee = cast.system_owner
    asked(cast, nominee)
    browser, path, old = proven("coordinator"), f"/people/{nominee.pk}/edit/", nominee.email
    browser.post(path, card(nominee, email=NEW))
    assert EmailChange.objects.get().email == NEW
    assert anew(nominee).email == old
    assert OutboxMail.objects.get(kind="accounts.email_change").recipient == old
    EmailChange.objects.all().delete()
    for name in ("accounts.RoleNomination", "committees.SeatNomination"):
        apps.get_model(name).objects.update(answered_at=timezone.now())
    browser.post(path, card(anew(nominee), email=NEW))
    assert anew(nominee).email == NEW


def test_the_old_mailbox_agrees_and_all_sessions_end(cast, client_of, nobody):
    browser = client_of("chair")
    ask_for_email(cast.chair, NEW, by=cast.coordinator)
    body = OutboxMail.objects.get(kind="accounts.email_change").body
    path = re.search(r"/new-email/\S+", body)[0]
    assert nobody.post(path, {"answer": "no"}).status_code == 302
    assert anew(cast.chair).email != NEW
    assert nobody.post(path, {"answer": "yes"}).status_code == 410
    confirm_email_change(ask_for_email(cast.chair, NEW, by=cast.coordinator))
    assert anew(cast.chair).email == NEW
    assert browser.get("/account/").status_code == 302


def test_a_link_that_was_made_up_opens_nothing(cast, nobody):
    change = ask_for_email(cast.chair, NEW, by=cast.coordinator)
    for token in (str(change.pk), f"{change.pk}.abc.def", "x"):
        path = reverse("email_by_link", args=[token])
        assert nobody.post(path, {"answer": "yes"}).status_code == 410, token
    assert anew(cast.chair).email != NEW


def test_two_administrators_agree_where_the_mailbox_is_gone(cast, second):
    change = ask_for_email(cast.chair, NEW, by=cast.coordinator)
    assert accept_email_change(change, by=cast.administrator) is False
    change = EmailChange.objects.get()
    with pytest.raises(PermissionDenied):
        accept_email_change(change, by=cast.administrator)
    assert anew(cast.chair).email != NEW
    assert accept_email_change(change, by=second) is True
    assert anew(cast.chair).email == NEW


def test_the_old_mailboxs_link_dies_with_the_login(cast, nobody):
    ask_for_email(cast.member, NEW, by=cast.coordinator)
    body = OutboxMail.objects.get(kind="accounts.email_change").body
    path = re.search(r"/new-email/\S+", body)[0]
    assert nobody.get(path).status_code == 200
    close_login(cast.member, by=cast.coordinator)
    assert nobody.post(path, {"answer": "yes"}).status_code == 410
    reopen_login(anew(cast.member), by=cast.coordinator)
    assert nobody.post(path, {"answer": "yes"}).status_code == 410
    assert anew(cast.member).email != NEW


def test_the_yes_of_an_administrator_who_was_thrown_out_counts_no_more(cast, second):
    ask_for_email(cast.chair, NEW, by=second)
    close_login(second, by=cast.administrator)
    assert accept_email_change(EmailChange.objects.get(), by=cast.administrator) is False
    EmailChange.objects.update(by=cast.coordinator, seconded_by=second)
    assert accept_email_change(EmailChange.objects.get(), by=cast.administrator) is False
    assert EmailChange.objects.get().seconded_by == cast.administrator
    assert anew(cast.chair).email != NEW


@pytest.mark.parametrize("page", ["roles/add/", "invitation/", "closure/", "reopening/", "edit/"])
def test_each_of_them_asks_who_is_there(cast, client_of, page):
    values = card(cast.member, email=NEW)
    answer = client_of("administrator").post(f"/people/{cast.member.pk}/{page}", values)
    assert answer.url.startswith("/account/confirmation/?next=")
    assert anew(cast.member).email == cast.member.email


def prepared(person: Person) -> None:
    """Give somebody a password and a second step, as anybody with the mailbox can."""
    from allauth.mfa.totp.internal.auth import TOTP

    person.set_password(PASSWORD)
    person.save()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    key = {"type": Authenticator.Type.WEBAUTHN, "data": {"name": "Nøgle"}}
    Authenticator.objects.create(user_id=person.pk, **key)


def is_let_in_no_more(person: Person, browser: Client) -> bool:
    """Return whether nothing old signs in, and the person is invited at the new e-mail."""
    person, half = anew(person), Client()
    assert not person.has_usable_password()
    assert not Authenticator.objects.filter(user_id=person.pk).exists()
    assert browser.get("/account/").status_code == 302
    half.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert half.get("/account/").status_code == 302
    invited = OutboxMail.objects.get(kind="accounts.invitation")
    assert invited.recipient == person.email
    event = Event.objects.filter(act="accounts.email_changed").latest("seq")
    assert '"dropped":true' in event.facts
    return Event.objects.filter(act="accounts.person_invited", seq__gt=event.seq).exists()


@pytest.mark.parametrize("way", ["mailbox", "administrators", "set-up"])
def test_an_identity_prepared_in_ones_own_mailbox_opens_nothing_later(
    cast, second, proven, client_of, way
):
    karen = cast.system_owner
    prepared(karen)
    inside = client_of(karen)
    if way == "set-up":
        Municipality.objects.update(setup_finished_at=None)
    proven("coordinator").post(f"/people/{karen.pk}/edit/", card(anew(karen), email=NEW))
    if way == "mailbox":
        body = OutboxMail.objects.get(kind="accounts.email_change").body
        Client().post(re.search(r"/new-email/\S+", body)[0], {"answer": "yes"})
    if way == "administrators":
        accept_email_change(EmailChange.objects.get(), by=cast.administrator)
        accept_email_change(EmailChange.objects.get(), by=second)
    assert anew(karen).email == NEW
    assert is_let_in_no_more(karen, inside)


def test_who_was_invited_at_the_new_e_mail_chooses_anew(cast, nobody):
    confirm_email_change(ask_for_email(cast.member, NEW, by=cast.coordinator))
    body = OutboxMail.objects.get(kind="accounts.invitation").body
    path = re.search(r"/invitation/\S+", body)[0]
    words = "fire tilfældige danske ord"
    nobody.post(nobody.get(path).url, {"password": words, "repeated": words})
    assert anew(cast.member).check_password(words)


def test_a_closed_login_is_invited_when_it_is_open_again(cast):
    close_login(cast.member, by=cast.coordinator)
    confirm_email_change(ask_for_email(anew(cast.member), NEW, by=cast.coordinator))
    assert not OutboxMail.objects.filter(kind="accounts.invitation").exists()
    reopen_login(anew(cast.member), by=cast.coordinator)
    invite(anew(cast.member), by=cast.coordinator)
    assert OutboxMail.objects.get(kind="accounts.invitation").recipient == NEW


def closed_and_reopened(cast: Cast) -> None:
    close_login(cast.member, by=cast.coordinator)
    reopen_login(anew(cast.member), by=cast.coordinator)


def new_password(cast: Cast) -> None:
    change_password(anew(cast.member), PASSWORD)


def new_email(cast: Cast) -> None:
    confirm_email_change(ask_for_email(cast.member, NEW, by=cast.coordinator))


def role_ended(cast: Cast) -> None:
    today = timezone.localdate()
    role = OrganisationRole.objects.get(person=cast.member)
    yesterday = today - timedelta(days=1)
    end_role(role, by=cast.administrator, to_date=yesterday, because="Holdt op i går")
    give_role(cast.member, "auditor", by=None, from_date=today)


@pytest.mark.parametrize(
    "deed", [closed_and_reopened, new_password, new_email, role_ended], ids=lambda one: one.__name__
)
def test_an_old_session_never_comes_back(cast, client_of, deed):
    long_ago = timezone.localdate() - timedelta(days=30)
    give_role(cast.member, "auditor", by=None, from_date=long_ago, because="Før")
    browser = client_of("member")
    assert browser.get("/account/").status_code == 200
    deed(cast)
    assert browser.get("/account/").status_code == 302
    assert client_of(anew(cast.member)).get("/account/").status_code == 200


def test_a_session_ends_on_the_day_after_the_role(cast, client_of):
    browser = client_of("auditor")
    assert browser.get("/account/").status_code == 200
    # As it is when the last day has gone by; nothing is written then.
    yesterday = timezone.localdate() - timedelta(days=1)
    OrganisationRole.objects.filter(person=cast.auditor).update(to_date=yesterday)
    assert browser.get("/account/").status_code == 302


def test_links_from_before_the_closing_stay_dead(cast, nobody):
    nobody.post("/account/password/reset/", {"email": cast.member.email})
    body = OutboxMail.objects.get(kind="account.email.password_reset_key").body
    path = re.search(r"/account/password/reset/\S+", body)[0]
    closed_and_reopened(cast)
    page = nobody.get(path, follow=True)
    assert page.status_code == 410


def test_the_second_step_is_not_taken_after_the_password_changed(cast, nobody):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(cast.member, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(cast.member)
    code = codes.get_unused_codes()[0]
    half = nobody.post("/account/login/", {"login": cast.member.email, "password": PASSWORD})
    assert half.url.startswith("/account/second-step/sign-in/")
    change_password(anew(cast.member), f"{PASSWORD} ny")
    nobody.post("/account/second-step/sign-in/", {"code": code})
    assert nobody.get("/account/").status_code == 302


def test_each_change_is_told_to_the_person_the_chair_and_the_administrators(cast, second):
    close_login(cast.member, by=cast.coordinator)
    told = OutboxMail.objects.filter(kind="accounts.access_changed")
    everybody = {cast.member, cast.chair, cast.administrator, second}
    assert {mail.recipient for mail in told} == {one.email for one in everybody}


def test_whoever_can_say_yes_is_asked_and_led_there_and_who_asked_is_not(cast, second):
    row = nominate_for_role(
        cast.employee, "executive", by=cast.coordinator, from_date=timezone.localdate()
    )
    told = OutboxMail.objects.filter(body__contains=row.get_absolute_url())
    assert {mail.recipient for mail in told} == {cast.chair.email}
    assert all("Dit ja eller nej" in m.subject or "Your yes or no" in m.subject for m in told)
