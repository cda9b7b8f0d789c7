"""The choice of how often one is reminded by mail, on one's account or by the link in a mail."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.test import Client

from kommissorium.accounts.actions import choose_reminders
from kommissorium.accounts.links import reminder_stop_link
from kommissorium.accounts.models import Person
from kommissorium.conftest import PEOPLE
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.delivery import as_message
from kommissorium.core.mail.digest import Reminder, send_digests
from kommissorium.core.mail.models import OutboxMail, Reminded

MONDAY = date(2026, 11, 30)


@pytest.fixture
def url(cast) -> str:
    return reminder_stop_link(cast.member).removeprefix("http://127.0.0.1:8000")


def wish_of(person: Person) -> str:
    return Person.objects.get(pk=person.pk).reminders


def reminder(person: Person, key: str = "task:1") -> Reminder:
    return Reminder(Person.objects.get(pk=person.pk), key, "Opgave", "/tasks/1/", "Frist")


def test_one_chooses_on_ones_account(cast, client_of):
    browser = client_of("member")
    assert "Påmindelser på mail: Hver dag" in browser.get("/account/").content.decode()
    assert browser.post("/account/reminders/", {"reminders": "weekly"}).url == "/account/"
    assert wish_of(cast.member) == "weekly"
    assert "Påmindelser på mail: Om mandagen" in browser.get("/account/").content.decode()
    assert browser.post("/account/reminders/", {"reminders": "hourly"}).status_code == 400
    browser.post("/account/reminders/", {"reminders": "weekly"})
    assert Event.objects.filter(act="accounts.reminders_chosen").count() == 1


def test_nobody_chooses_for_another(cast):
    with pytest.raises(PermissionDenied):
        choose_reminders(cast.member, "never", by=cast.coordinator)


def test_the_coordinator_sees_who_is_not_reminded(cast, client_of):
    choose_reminders(cast.member, "never", by=cast.member)
    card = client_of("coordinator").get(f"/people/{cast.member.pk}/").content.decode()
    assert "<dt>Påmindelser på mail</dt><dd>Aldrig</dd>" in card
    assert "Påmindelser på mail blev slået fra" in card


def test_the_mail_program_ends_them_by_one_press_without_a_cookie(cast, url):
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(
        url,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    assert "Du får ikke flere påmindelser på mail" in response.content.decode()
    assert not response.cookies.get("sessionid")
    assert wish_of(cast.member) == "never"
    browser.post(url)
    (event,) = Event.objects.filter(act="accounts.reminders_chosen")
    assert '"by_link":true' in event.facts


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_who_only_looks_as_scanners_do_ends_nothing(cast, url, method):
    getattr(Client(), method)(url)
    assert wish_of(cast.member) == "daily"


def test_the_page_says_nothing_of_anybody_and_is_the_same_afterwards(cast, url):
    before = Client().get(url)
    choose_reminders(cast.member, "never", by=cast.member)
    after = Client().get(url)
    token = re.compile(r'"\w{64}"')
    assert token.sub("", before.content.decode()) == token.sub("", after.content.decode())
    assert "no-store" in after["Cache-Control"] and "noindex" in after["X-Robots-Tag"]
    for name, *_rest in PEOPLE.values():
        assert name not in after.content.decode()
    assert (cast.member.email or "") not in after.content.decode()


def test_a_link_that_was_not_made_here_or_of_one_who_has_left_is_not_there(cast, url):
    forged = signing.Signer(key="x" * 50, salt="kommissorium.accounts.reminders")
    assert Client().post(f"/reminders/{forged.sign_object(cast.member.pk)}/").status_code == 404
    other = signing.Signer(salt="kommissorium.meetings.answer").sign_object(cast.member.pk)
    assert Client().post(f"/reminders/{other}/").status_code == 404
    Person.objects.filter(pk=cast.member.pk).update(is_active=False)
    assert Client().post(url).status_code == 404


def test_any_other_address_still_asks_for_the_cookie(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.member)
    assert browser.post("/account/reminders/", {"reminders": "never"}).status_code == 403
    assert wish_of(cast.member) == "daily"


def test_who_wishes_none_gets_none_and_nothing_counts_as_told(cast):
    choose_reminders(cast.member, "never", by=cast.member)
    assert send_digests([reminder(cast.member), reminder(cast.chair)], MONDAY) == 1
    assert [row.recipient for row in Reminded.objects.all()] == [cast.chair.email]
    choose_reminders(cast.member, "daily", by=cast.member)
    assert send_digests([reminder(cast.member)], MONDAY + timedelta(days=1)) == 1


def test_who_wishes_mondays_gets_the_weeks_then(cast):
    choose_reminders(cast.member, "weekly", by=cast.member)
    assert send_digests([], MONDAY) == 0
    for day in range(1, 7):
        assert send_digests([reminder(cast.member, str(day))], MONDAY + timedelta(days=day)) == 0
    both = [reminder(cast.member, "1"), reminder(cast.member, "6")]
    assert send_digests(both, MONDAY + timedelta(days=7)) == 1
    assert Reminded.objects.count() == 2


def test_a_monday_on_which_nothing_ran_is_caught_up_once(cast):
    choose_reminders(cast.member, "weekly", by=cast.member)
    send_digests([], MONDAY)
    tuesday, wednesday = MONDAY + timedelta(days=8), MONDAY + timedelta(days=9)
    assert send_digests([reminder(cast.member, "1")], tuesday) == 1
    assert send_digests([reminder(cast.member, "2")], tuesday) == 0, "the day's mail is sent"
    assert send_digests([reminder(cast.member, "2")], wednesday) == 0
    assert send_digests([reminder(cast.member, "2")], MONDAY + timedelta(days=14)) == 1


def test_only_reminders_can_be_ended_by_the_mail_program(cast):
    link = reminder_stop_link(cast.member)
    send_digests([reminder(cast.member)], MONDAY, stop_link=reminder_stop_link)
    mail = OutboxMail.objects.get(kind="digest")
    headers = as_message(mail).message()
    assert headers["List-Unsubscribe"].replace(" ", "") == f"<{link}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link not in mail.body, "whoever is sent the text on cannot press it"
    assert "/account/" in mail.body
    mail.unsubscribe = ""
    assert "List-Unsubscribe" not in as_message(mail).message()
