"""A draft is commented on at its headings until a day, and every comment is answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.policies.actions.reviewing import (
    add_comment,
    answer_comment,
    ask_for_comments,
    have_no_comments,
)
from kommissorium.policies.models import Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.tests.cases import document, drafted, today
from kommissorium.policies.todo import reminders_on, todos_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewed(cast):
    """A draft that the employee and the member are asked about."""
    made = drafted(cast)
    ends = today() + timedelta(days=3)
    ask_for_comments(made, [cast.employee, cast.member], ends=ends, by=cast.system_owner)
    return made


def test_those_asked_get_a_mail_once_and_a_todo_until_they_answer(cast, reviewed):
    mails = OutboxMail.objects.filter(kind="policies.review_asked")
    assert mails.count() == 2
    assert "Vi (1) passer" not in mails[0].body
    ask_for_comments(reviewed, [cast.employee], ends=reviewed.review_ends, by=cast.coordinator)
    assert mails.count() == 2
    assert len(list(todos_of(cast.employee, today()))) == 1
    assert {one.person for one in reminders_on(today())} == {cast.employee, cast.member}
    add_comment(reviewed, heading="ansvar", text="Hvem er ejeren?", by=cast.employee)
    have_no_comments(reviewed, by=cast.member)
    assert not list(todos_of(cast.employee, today()))
    assert not list(reminders_on(today()))


def test_the_same_comment_within_a_minute_is_one(cast, reviewed):
    events = Event.objects.count()
    said = [add_comment(reviewed, heading="", text="Kortere!", by=cast.member) for _ in range(2)]
    assert (said[0], reviewed.comments.count()) == (said[1], 1)
    assert Event.objects.count() == events + 1
    with time_is(timezone.localtime() + timedelta(minutes=2)):
        add_comment(reviewed, heading="", text="Kortere!", by=cast.member)
    assert reviewed.comments.count() == 2


def test_an_employee_who_is_asked_reads_the_draft_and_others_do_not(cast, reviewed, client_of):
    page = reverse("policy_version", args=[reviewed.pk])
    assert client_of("employee").get(page).status_code == 200
    assert client_of("administrator").get(page).status_code == 404
    form = reverse("policy_version_comment", args=[reviewed.pk])
    answer = client_of("employee").post(form, {"heading": "ansvar", "text": "Hvem?"})
    assert answer.status_code == 302
    assert reviewed.comments.get().heading == "ansvar"


def test_what_is_not_answered_is_not_put_before_the_committee(cast, reviewed):
    said = add_comment(reviewed, heading="", text="Kortere!", by=cast.member)
    with pytest.raises(Refused):
        KIND.propose(reviewed, cast.committee, by=cast.coordinator)
    answer_comment(said, answer="Gjort.", by=cast.system_owner)
    with pytest.raises(Refused):
        answer_comment(said, answer="Igen.", by=cast.system_owner)
    KIND.propose(reviewed, cast.committee, by=cast.coordinator)
    with pytest.raises(Refused):
        add_comment(reviewed, heading="", text="For sent.", by=cast.member)


@pytest.mark.parametrize("heading", ["findes-ikke", "<script>"])
def test_a_comment_stands_at_a_heading_that_is_there(cast, reviewed, heading):
    with pytest.raises(Refused):
        add_comment(reviewed, heading=heading, text="Hej", by=cast.member)


def test_after_the_deadline_comments_are_closed(cast, reviewed):
    Version.objects.filter(pk=reviewed.pk).update(review_ends=today() - timedelta(days=1))
    with pytest.raises(Refused):
        add_comment(reviewed, heading="", text="For sent.", by=cast.member)


def test_only_who_writes_asks_and_answers(cast, reviewed):
    said = add_comment(reviewed, heading="", text="Kortere!", by=cast.member)
    for person in (cast.member, cast.employee, cast.chair):
        with pytest.raises(PermissionDenied):
            answer_comment(said, answer="Nej.", by=person)
        with pytest.raises(PermissionDenied):
            ask_for_comments(reviewed, [cast.chair], ends=today(), by=person)
    with pytest.raises(PermissionDenied):
        have_no_comments(reviewed, by=cast.chair)


def test_names_are_read_one_a_line_and_a_wrong_one_is_told(cast, client_of):
    made = drafted(cast, document(cast))
    url = reverse("policy_version_ask", args=[made.pk])
    ends = (today() + timedelta(days=5)).strftime("%d.%m.%Y")
    wrong = client_of("coordinator").post(url, {"people": "Ingen Sådan", "ends": ends})
    assert wrong.status_code == 400 and "Ingen Sådan" in wrong.content.decode()
    names = f"{cast.member.name}\n{cast.employee.email}"
    asked = client_of("coordinator").post(url, {"people": names, "ends": ends})
    assert asked.status_code == 302
    assert {one.person for one in made.reviewers.all()} == {cast.member, cast.employee}
