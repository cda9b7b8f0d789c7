"""The minutes as a page: what stands there, for whom, and when."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.actions.seats import leave_seat
from kommissorium.conftest import LATE, Cast, in_days
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.meetings.actions.advice import answer_advice, note_advice
from kommissorium.meetings.actions.attendance import note_absence
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.minutes import approve_minutes, send_to_review
from kommissorium.meetings.actions.proceedings import choose_at, give_task_at, note_dissent
from kommissorium.meetings.actions.review import comment, mark_read, settle_comment
from kommissorium.meetings.models import Advice, Comment, Meeting, Minutes, Proceedings
from kommissorium.meetings.tests.minutes_cases import (
    OPEN_WORD,
    approved,
    called,
    confirmed,
    held,
    in_review,
    shows_canary,
)

Browser = Callable[[str], Client]


@pytest.fixture
def later(cast: Cast, meeting: Meeting) -> Meeting:
    return _plan_later(cast)


def _plan_later(cast: Cast) -> Meeting:
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )


def answers(client_of: Browser, meeting: Meeting, *who: str) -> list[int]:
    url = reverse("minutes", args=[meeting.pk])
    return [client_of(name).get(url).status_code for name in who]


def test_there_are_no_minutes_before_the_meeting_is_held(cast, meeting, client_of):
    called(cast, meeting)
    assert answers(client_of, meeting, "coordinator", "chair", "member") == [404] * 3


def test_a_draft_is_for_those_who_prepare(cast, meeting, client_of):
    held(cast, meeting)
    who = ("coordinator", "chair", "deputy", "member", "dpo", "executive", "employee")
    assert answers(client_of, meeting, *who) == [200, 200, 200, 404, 404, 404, 404]


def test_in_review_they_are_for_those_who_were_present_too(cast, meeting, client_of):
    in_review(cast, meeting)
    who = ("coordinator", "member", "dpo", "head_of_it", "executive", "auditor", "employee")
    assert answers(client_of, meeting, *who) == [200, 200, 200, 404, 404, 404, 404]


def test_approved_they_are_for_all_who_see_the_meeting(cast, meeting, client_of):
    approved(cast, meeting)
    who = ("coordinator", "member", "head_of_it", "executive", "auditor", "employee")
    assert answers(client_of, meeting, *who) == [200, 200, 200, 200, 200, 404]


def test_closed_items_are_shown_to_those_the_committee_names_alone(cast, meeting, client_of):
    approved(cast, meeting)
    url = reverse("minutes", args=[meeting.pk])
    for who, sees in {"member": True, "dpo": True, "executive": False, "auditor": False}.items():
        text = client_of(who).get(url).content.decode()
        assert shows_canary(text) == sees, who
        assert OPEN_WORD in text, who


def test_what_is_shown_is_what_was_approved(cast, meeting, client_of):
    approved(cast, meeting)
    cast.chair.name = "En Anden"
    cast.chair.save()
    cast.committee.name = "Omdøbt udvalg"
    cast.committee.save()
    shown = client_of("executive").get(reverse("minutes", args=[meeting.pk]))
    assert shown.context["protocol"].approved_by == "Morten Aagaard Lund"
    assert shown.context["protocol"].committee == "Informationssikkerhedsudvalget"


def test_the_head_says_how_far_they_have_come(cast, meeting, later, client_of):
    held(cast, meeting)
    browser, url = client_of("coordinator"), reverse("minutes", args=[meeting.pk])
    draft = browser.get(url).content.decode()
    assert reverse("minutes_review", args=[meeting.pk]) in draft
    browser.post(reverse("minutes_review", args=[meeting.pk]), {"review_until": "01.01.2099"})
    assert "1. januar 2099" in browser.get(url).content.decode()


def test_the_decision_of_an_item_stands_open_and_the_rest_in_one_fold(cast, meeting, client_of):
    approved(cast, meeting)
    browser, url = client_of("member"), reverse("minutes", args=[meeting.pk])
    text = browser.get(url).content.decode()
    cards = re.findall(r'<section class="minutes-item".*?</section>', text, re.DOTALL)
    assert cards
    for card in cards:
        assert card.count("<details") == 1
        assert card.index("minutes-decision") < card.index("<details")
    assert 'minutes-fold" open' not in text
    whole = browser.get(url, {"whole": "1"}).content.decode()
    assert whole.count('class="minutes-fold" open') == text.count('class="minutes-fold"')


def test_the_addendum_stands_on_the_page_and_the_approved_text_is_unchanged(
    cast, meeting, later, client_of
):
    approval = approved(cast, meeting)
    before = approval.record.content
    confirmation = confirmed(cast, approval.minutes, later, "<p>Jens kom klokken 14.</p>")
    approval.record.refresh_from_db()
    assert approval.record.content == before
    assert approval.record.content_hash in confirmation.record.content
    shown = client_of("member").get(reverse("minutes", args=[meeting.pk]))
    assert "Jens kom klokken 14." in shown.content.decode()
    last = [line.text for section in shown.context["shown"].after for line in section.lines]
    assert last[-1] == f"{shown.context['confirmed']}."
    # The addendum may speak of the closed item.
    other = client_of("executive").get(reverse("minutes", args=[meeting.pk]))
    assert "Jens kom klokken 14." not in other.content.decode()
    url = reverse("minutes_addendum", args=[meeting.pk])
    assert client_of("member").get(url).content == bytes(confirmation.record.pdf)
    assert client_of("executive").get(url).status_code == 404


def test_the_record_is_linked_for_those_who_may_see_the_evidence(cast, meeting, client_of):
    approval = approved(cast, meeting)
    url = reverse("minutes", args=[meeting.pk])
    full = reverse("record", args=[approval.record_id])
    public = reverse("record", args=[approval.open_record_id])
    assert full in client_of("coordinator").get(url).content.decode()
    assert public in client_of("auditor").get(url).content.decode()
    text = client_of("member").get(url).content.decode()
    assert full not in text and approval.record.content_hash in text


@pytest.mark.parametrize("state", ["held", "in_review", "approved", "confirmed"])
def test_a_page_asks_no_more_however_much_was_said(
    cast: Cast, meeting: Meeting, client_of: Browser, django_assert_max_num_queries: Any, state: str
):
    url = reverse("minutes", args=[meeting.pk])
    _bring(cast, meeting, state)
    for who in ("coordinator", "chair", "deputy", "dpo", "member", "executive", "auditor"):
        browser = client_of(who)
        browser.get(url)
        with django_assert_max_num_queries(12):
            browser.get(url)


def _bring(cast: Cast, meeting: Meeting, state: str) -> None:
    """Bring the meeting to the state; everything that can be recorded of its items is."""
    held(cast, meeting)
    rows = {one.person_id: one for one in meeting.attendances.all()}
    for item in meeting.items.select_related("clause", "meeting__committee"):
        note_advice(item, by=cast.coordinator, person=cast.dpo, text="Vent")
        note_absence(item, rows[cast.dpo.pk], by=cast.coordinator, ground="left")
        owned = {"title": "Prøv det", "owner": cast.member, "due": in_days(200, 0).date()}
        task = give_task_at(item, by=cast.coordinator, **owned)
        choose_at(item, date(2027, 1, 1), [task], by=cast.coordinator)
        if item.takes_decisions:
            values = {"kind": "dissent", "text": "For dyrt"}
            note_dissent(item, rows[cast.member.pk], by=cast.coordinator, **values)
    for advice in Advice.objects.all():
        answer_advice(advice, by=cast.coordinator, followed=True)
    if state == "held":
        return
    minutes = send_to_review(meeting, by=cast.coordinator)
    for item in [None, *meeting.items.all()]:
        comment(minutes, by=cast.member, item=item, text="Ret det")
    if state == "in_review":
        return
    for said in Comment.objects.select_related("minutes__meeting__committee"):
        settle_comment(said, by=cast.coordinator, answer="Rettet")
    approve_minutes(minutes, by=cast.chair)
    if state == "confirmed":
        confirmed(cast, minutes, _plan_later(cast), "<p>Jens kom klokken 14.</p>")


def test_approved_minutes_are_read_from_one_row(
    cast: Cast, meeting: Meeting, client_of: Browser, django_assert_max_num_queries: Any
):
    approval = approved(cast, meeting)
    browser = client_of("chair")
    browser.get(approval.minutes.get_absolute_url())
    with django_assert_max_num_queries(8):
        browser.get(approval.minutes.get_absolute_url())


# Sent to review


def test_those_who_were_present_get_one_mail_with_a_link(cast, meeting, client_of):
    held(cast, meeting)
    url = reverse("minutes_review", args=[meeting.pk])
    shown = client_of("coordinator").get(url)
    assert cast.member.name in shown.content.decode()
    assert cast.head_of_it.name not in shown.content.decode()
    until = timezone.localdate() + timedelta(days=5)
    sent = client_of("coordinator").post(url, {"review_until": until.isoformat()})
    assert sent.status_code == 302
    mails = OutboxMail.objects.filter(kind="meetings.minutes_review")
    people = (cast.chair, cast.coordinator, cast.dpo, cast.member)
    assert {mail.recipient for mail in mails} == {person.email for person in people}
    for mail in mails:
        assert reverse("minutes", args=[meeting.pk]) in mail.body
        assert not shows_canary(mail.body + mail.subject) and OPEN_WORD not in mail.body


def test_each_mail_is_in_the_persons_language(cast, meeting, client_of):
    cast.member.language = "en"
    cast.member.save()
    in_review(cast, meeting)
    mail = OutboxMail.objects.get(kind="meetings.minutes_review", recipient=cast.member.email)
    assert mail.subject == f"Minutes of meeting {meeting.label} for your comments"


def test_a_past_date_and_a_second_press_are_refused(cast, meeting, client_of):
    held(cast, meeting)
    url, browser = reverse("minutes_review", args=[meeting.pk]), client_of("coordinator")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert browser.post(url, {"review_until": yesterday.isoformat()}).status_code == 400
    tomorrow = {"review_until": (timezone.localdate() + timedelta(days=1)).isoformat()}
    assert browser.post(url, tomorrow).status_code == 302
    assert browser.post(url, tomorrow).status_code == 400
    assert Minutes.objects.count() == 1


def test_who_has_no_mail_is_named_before_they_are_sent(cast, meeting, client_of):
    held(cast, meeting)
    cast.member.email = None
    cast.member.save()
    found = client_of("chair").get(reverse("minutes_review", args=[meeting.pk])).context
    assert [one.person.pk for one in found["reviewers"] if not one.is_reachable] == [cast.member.pk]


# Comments


def test_a_comment_stands_beside_its_item_until_it_is_settled(cast, meeting, client_of):
    minutes = in_review(cast, meeting)
    item = meeting.items.get(number=1)
    url = reverse("comment_add", args=[meeting.pk])
    answer = client_of("member").post(url, {"item": item.pk, "text": "Søren sagde det"})
    made = Comment.objects.get()
    assert answer.url.endswith(f"#comment-{made.pk}")
    assert "Søren sagde det" in client_of("dpo").get(minutes.get_absolute_url()).content.decode()
    settle = reverse("comment_settlement", args=[made.pk])
    assert client_of("member").post(settle, {"answer": "Rettet"}).status_code == 403
    assert client_of("employee").post(settle, {"answer": "Rettet"}).status_code == 404
    assert client_of("executive").post(settle, {"answer": "Rettet"}).status_code == 404
    assert client_of("coordinator").post(settle, {"answer": " "}).status_code == 400
    assert client_of("coordinator").post(settle, {"answer": "Rettet"}).status_code == 302
    assert client_of("coordinator").post(settle, {"answer": "Igen"}).status_code == 400
    made.refresh_from_db()
    assert made.answer == "Rettet" and made.settled_by == cast.coordinator


def test_only_those_who_were_present_comment_and_only_in_review(cast, meeting, client_of):
    in_review(cast, meeting)
    url = reverse("comment_add", args=[meeting.pk])
    for who in ("head_of_it", "executive", "auditor", "employee"):
        assert client_of(who).post(url, {"text": "Nej"}).status_code == 404, who
    assert client_of("member").post(url, {"text": " "}).status_code == 400
    for _press in range(2):  # of the button, by somebody in a hurry: it is one comment
        assert client_of("member").post(url, {"text": "Ja"}).status_code == 302
    settle_comment(Comment.objects.get(), by=cast.coordinator, answer="Ja")


def test_an_approved_text_takes_no_comment(cast, meeting, client_of):
    approved(cast, meeting)
    url = reverse("comment_add", args=[meeting.pk])
    assert client_of("member").post(url, {"text": "For sent"}).status_code == 400
    assert client_of("executive").post(url, {"text": "For sent"}).status_code == 403
    assert client_of("member").post(reverse("minutes_read", args=[meeting.pk])).status_code == 400
    assert not Comment.objects.exists()


def test_an_item_of_another_meeting_takes_no_comment_here(cast, meeting, later, client_of):
    in_review(cast, meeting)
    other = later.items.first()
    url = reverse("comment_add", args=[meeting.pk])
    assert client_of("member").post(url, {"item": other.pk, "text": "x"}).status_code == 404


def test_i_have_read_them_is_noted_once(cast, meeting, client_of):
    in_review(cast, meeting)
    url = reverse("minutes_read", args=[meeting.pk])
    for _time in range(2):
        assert client_of("member").post(url).status_code == 302
    assert Event.objects.filter(act="meetings.minutes_read").count() == 1
    assert client_of("deputy").post(url).status_code == 403  # prepares, and was not there
    assert client_of("head_of_it").post(url).status_code == 404


def test_the_chain_holds_no_word_of_a_comment(cast, meeting):
    minutes = in_review(cast, meeting)
    made = comment(minutes, by=cast.member, item=None, text="Hemmelig mening")
    settle_comment(made, by=cast.coordinator, answer="Hemmeligt svar")
    mark_read(minutes, by=cast.member)
    facts = "".join(Event.objects.values_list("facts", flat=True))
    assert "Hemmelig" not in facts


def test_who_left_the_committee_since_is_neither_asked_nor_let_in(cast, meeting, client_of):
    held(cast, meeting)
    yesterday = timezone.localdate() - timedelta(days=1)
    leave_seat(cast.member.holdings.get(), by=cast.coordinator, to_date=yesterday, because=LATE)
    client_of("coordinator").post(
        reverse("minutes_review", args=[meeting.pk]), {"review_until": "2099-01-01"}
    )
    mails = OutboxMail.objects.filter(kind="meetings.minutes_review")
    assert not mails.filter(recipient=cast.member.email).exists() and mails.exists()
    assert answers(client_of, meeting, "member") == [404]


def test_a_correction_made_in_review_is_shown_at_once(cast, meeting, client_of):
    minutes = in_review(cast, meeting)
    item = meeting.items.get(number=1)
    Proceedings.objects.filter(item=item).update(discussion="<p>Rettet drøftelse</p>")
    text = client_of("member").get(minutes.get_absolute_url()).content.decode()
    assert "Rettet drøftelse" in text


def test_the_chair_is_told_once_everybody_has_answered(cast, meeting):
    minutes = in_review(cast, meeting)
    ready = OutboxMail.objects.filter(kind="meetings.minutes_ready")
    said = comment(minutes, by=cast.member, item=None, text="Ret det")
    for who in ("coordinator", "dpo"):
        mark_read(minutes, by=cast.who(who))
    assert not ready.exists()  # a comment is left
    settle_comment(said, by=cast.coordinator, answer="Rettet")
    mark_read(minutes, by=cast.chair)
    mail = ready.get()
    assert mail.recipient == cast.chair.email
    assert reverse("minutes_approval", args=[meeting.pk]) in mail.body
    assert (
        meeting.items.filter(is_closed=False, proceedings__outcome="approved").first().title
        in mail.body
    )
    assert "Lukket punkt" in mail.body or "Closed item" in mail.body
    assert not shows_canary(mail.body)
