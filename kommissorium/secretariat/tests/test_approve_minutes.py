"""The chair approves the minutes: who may, what is asked, what is kept of those who may not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.seats import leave_seat
from kommissorium.conftest import LATE, PASSWORD, Cast, in_days, plan
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event, Record
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.review import comment, settle_comment
from kommissorium.meetings.models import Approval, Decision, Meeting, Minutes
from kommissorium.meetings.tests.minutes_cases import held, in_review, shows_canary
from kommissorium.secretariat.actions.cycle import approve

pytestmark = pytest.mark.both("two who approve at once")

Browser = Callable[[str | Person], Client]
THREADS = 20


@pytest.fixture
def proven(client_of: Browser) -> Browser:
    """Return a browser of somebody who has just typed the password once more."""
    cache.clear()  # the limits on attempts count across tests otherwise

    def browser(who: str | Person) -> Client:
        client = client_of(who)
        answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert answer.status_code == 302
        return client

    return browser


def url_of(meeting: Meeting) -> str:
    return reverse("minutes_approval", args=[meeting.pk])


def replace_chair(cast: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    leave_seat(cast.chair.holdings.get(), by=cast.coordinator, to_date=yesterday, because=LATE)


def test_the_chair_sees_what_is_approved_and_approves_it(cast, meeting, proven):
    minutes = in_review(cast, meeting)
    shown = proven("chair").get(url_of(meeting))
    assert shown.status_code == 200
    decided = {item.number for item, _outcome in shown.context["decisions"]}
    answer = proven("chair").post(url_of(meeting))
    assert answer.status_code == 302 and answer.url == minutes.get_absolute_url()
    assert {decision.item.number for decision in Decision.objects.all()} == decided
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.APPROVED
    assert Approval.objects.get().capacity == "chair"
    assert check_database().holds


def test_the_chair_is_asked_anew_who_it_is(cast, meeting, client_of):
    in_review(cast, meeting)
    for answer in (
        client_of("chair").get(url_of(meeting)),
        client_of("chair").post(url_of(meeting)),
    ):
        assert answer.status_code == 302 and reverse("account_reauthenticate") in answer.url
    assert not Approval.objects.exists()


def test_the_deputy_chair_says_why_it_is_not_the_chair(cast, meeting, proven):
    in_review(cast, meeting)
    browser = proven("deputy")
    empty = browser.post(url_of(meeting))
    assert empty.status_code == 400 and empty.context["form"].errors["chair_absent_because"]
    sent = browser.post(url_of(meeting), {"chair_absent_because": "Ferie"})
    assert sent.status_code == 302
    approval = Approval.objects.get()
    assert (approval.capacity, approval.chair_absent_because) == ("deputy_chair", "Ferie")
    assert approval.by == cast.deputy


def test_who_was_replaced_yesterday_gets_403_and_the_attempt_is_kept(cast, meeting, client_of):
    in_review(cast, meeting)
    replace_chair(cast)
    browser = client_of(Person.objects.get(pk=cast.chair.pk))
    assert browser.get(reverse("meeting", args=[meeting.pk])).status_code == 404
    assert browser.get(url_of(meeting)).status_code == 403
    assert not Event.objects.filter(act="meetings.approval_refused").exists()
    assert browser.post(url_of(meeting)).status_code == 403
    kept = Event.objects.get(act="meetings.approval_refused")
    assert kept.actor == str(cast.chair.pseudonym) and kept.object_id == str(meeting.pk)
    assert not Approval.objects.exists()
    assert check_database().holds


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 403),
        ("member", 403),
        ("dpo", 403),
        ("executive", 403),
        ("auditor", 403),
        ("administrator", 404),
        ("employee", 404),
    ],
)
def test_nobody_else_approves(cast, meeting, client_of, who, status):
    in_review(cast, meeting)
    for answer in (client_of(who).get(url_of(meeting)), client_of(who).post(url_of(meeting))):
        assert answer.status_code == status
    kept = Event.objects.filter(act="meetings.approval_refused").count()
    assert kept == (1 if status == 403 else 0)
    assert not Approval.objects.exists()


def test_there_is_nothing_to_approve_before_the_review(cast, meeting, client_of):
    held(cast, meeting)
    assert client_of("chair").get(url_of(meeting)).status_code == 404


def test_an_open_comment_stands_in_the_way(cast, meeting, proven):
    minutes = in_review(cast, meeting)
    made = comment(minutes, by=cast.member, item=None, text="Ret det")
    refused = proven("chair").post(url_of(meeting))
    assert refused.status_code == 400 and refused.context["reasons"]
    settle_comment(made, by=cast.coordinator, answer="Rettet")
    assert proven("chair").post(url_of(meeting)).status_code == 302


def test_a_second_approval_is_refused_in_words(cast, meeting, proven):
    minutes = in_review(cast, meeting)
    browser = proven("chair")
    browser.post(url_of(meeting))
    assert browser.post(url_of(meeting)).status_code == 400
    with pytest.raises(PermissionDenied):
        approve(minutes, by=cast.member)
    assert Approval.objects.count() == 1


def test_those_who_were_called_are_told_once_and_of_nothing_said(cast, meeting):
    approve(in_review(cast, meeting), by=cast.chair)
    mails = OutboxMail.objects.filter(kind="meetings.minutes_approved")
    people = (cast.chair, cast.coordinator, cast.deputy, cast.dpo, cast.head_of_it, cast.member)
    assert sorted(mail.recipient for mail in mails) == sorted(str(p.email) for p in people)
    assert not any(shows_canary(mail.subject + mail.body) for mail in mails)


def test_the_next_agenda_asks_for_the_confirmation_by_itself(cast, meeting):
    later = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )
    minutes = in_review(cast, meeting)
    approve(minutes, by=cast.chair)
    minutes.refresh_from_db()
    assert minutes.presented_at == later.items.all()[0]


def test_of_many_who_approve_at_once_one_does(committing):
    meeting = plan(committing)
    minutes = in_review(committing, meeting)

    def attempt(_number: int) -> str:
        try:
            approve(Minutes.objects.get(pk=minutes.pk), by=committing.chair)
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return "approved"

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(attempt, range(THREADS)))
    assert answers.count("approved") == 1
    assert len(set(answers)) == 2  # all the others get one sentence
    assert Approval.objects.count() == 1
    assert Record.objects.filter(kind="meetings.minutes").count() == 1
    assert Event.objects.filter(act="meetings.minutes_approved").count() == 1
    assert check_database().holds
