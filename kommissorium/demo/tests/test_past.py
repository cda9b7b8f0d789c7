"""The past of the demonstration: every meeting called, held, written down and confirmed."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.demo_cast import CAST, DOMAIN
from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Committee
from kommissorium.compliance.fulfilment import fulfilment_on, month_ends
from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.demonstration import Demonstration
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.demo.tests.stories import of_three_years
from kommissorium.measures.findings import State as Found
from kommissorium.meetings.actions.call import last_day_of_call
from kommissorium.meetings.actions.open_and_close import lacks_answer
from kommissorium.meetings.models import (
    Absence,
    Advice,
    AgendaItem,
    Approval,
    Attachment,
    Attendance,
    Call,
    Comment,
    Confirmation,
    Decision,
    Dissent,
    Meeting,
    Outcome,
    Proceedings,
)
from kommissorium.meetings.models.agenda import ANY_OTHER_BUSINESS, MINUTES
from kommissorium.tasks.models import Delegation, QuarterTask, Task
from kommissorium.tasks.quarters import next_quarter, quarter_of

pytestmark = pytest.mark.usefixtures("havneby")

State, Answer = Meeting.State, Attendance.Answer
HELD = Meeting.TOOK_PLACE


def security() -> Committee:
    return Committee.objects.get(name="Informationssikkerhedsudvalget")


def group() -> Committee:
    return Committee.objects.get(name="Beredskabsgruppen")


def held() -> list[Meeting]:
    """Return the meetings of the committee that took place, the earliest first."""
    return list(security().meetings.filter(state__in=HELD).order_by("starts_at"))


def person(code: str) -> Person:
    return Person.objects.get(email=f"{code}@{DOMAIN}")


def test_every_past_meeting_is_confirmed_and_the_last_one_approved(havneby: Demonstration):
    meetings, of_group = held(), {3: 4, 1: 3}[havneby.years]
    before = {3: 11, 1: 4}[havneby.years]
    assert [meeting.state for meeting in meetings] == [State.CONFIRMED] * before + [State.APPROVED]
    for approval in Approval.objects.select_related("record", "open_record"):
        assert approval.record.pdf
        assert approval.open_record.pdf
    assert Call.objects.filter(record__pdf=None).count() == 0
    called = Meeting.objects.of_the_calendar().exclude(state=State.PLANNED)
    assert Call.objects.count() == called.count() == before + 1 + of_group


def test_numbers_run_without_gaps_in_each_year():
    numbers = defaultdict(list)
    numbered = Meeting.objects.filter(registered_at=None).exclude(number=None)
    for meeting in numbered.order_by("starts_at"):
        numbers[meeting.committee_id, meeting.year].append(meeting.number)
    assert [list(range(1, len(n) + 1)) for n in numbers.values()] == list(numbers.values())
    for meeting in held():
        given = list(meeting.items.order_by("number").values_list("number", flat=True))
        assert given == list(range(1, len(given) + 1))


def test_there_is_a_meeting_in_every_quarter():
    quarters = [quarter_of(timezone.localdate(meeting.starts_at)) for meeting in held()]
    expected = quarters[:1]
    while len(expected) < len(quarters):
        expected.append(next_quarter(expected[-1]))
    assert quarters == expected


def test_one_call_was_late_and_says_why():
    calls = Call.objects.select_related("meeting__committee")
    late = [one for one in calls if timezone.localdate(one.at) > last_day_of_call(one.meeting)]
    assert [bool(call.late_because) for call in late] == [True]
    assert Call.objects.exclude(late_because="").count() == 1


@of_three_years
def test_people_answered_each_in_their_way():
    answers = Attendance.objects.filter(capacity=Attendance.Capacity.HOLDER)
    assert answers.filter(answer=Answer.ACCEPTED).count() > 50
    assert answers.filter(answer=Answer.DECLINED).exclude(apology="").count() >= 10
    silent = answers.filter(answer=Answer.NONE, meeting__state__in=HELD)
    assert silent.exists()
    assert Attendance.objects.exclude(stands_in_since=None).filter(presence="present").count() >= 4
    assert answers.filter(answer=Answer.ACCEPTED, presence="absent").exists()
    stamps = Attendance.objects.exclude(answered_at=None).select_related("meeting__call")
    assert [one for one in stamps if one.answered_at < one.meeting.call.at] == []


@of_three_years
def test_each_meeting_was_led_and_closed_on_its_day():
    for meeting in Meeting.objects.filter(state__in=HELD).select_related("led_by"):
        assert meeting.led_by is not None
        assert meeting.starts_at <= meeting.opened_at < meeting.closed_at
        assert meeting.closed_at - meeting.ends_at < timedelta(minutes=30)
    deputy = person("deputy")
    assert sum(meeting.led_by_id == deputy.pk for meeting in held()) == 2


@of_three_years
def test_the_deputy_chair_approved_while_the_seat_was_vacant():
    approvals = Approval.objects.filter(capacity=Approval.Capacity.DEPUTY_CHAIR)
    assert [bool(approval.chair_absent_because) for approval in approvals] == [True]


@of_three_years
def test_minutes_were_confirmed_once_with_changes():
    assert Confirmation.objects.count() == 14
    changed = Confirmation.objects.exclude(changes="").select_related("record").get()
    assert changed.record.pdf
    for confirmation in Confirmation.objects.select_related("item__clause", "minutes__meeting"):
        assert confirmation.item.measure == MINUTES
        assert confirmation.item.meeting.starts_at > confirmation.minutes.meeting.starts_at


@of_three_years
def test_comments_were_answered_and_led_to_corrections():
    settled = Comment.objects.exclude(settled_at=None)
    assert settled.count() >= 8
    assert settled.filter(answer="").count() == 0
    texts = "".join(Proceedings.objects.values_list("discussion", flat=True))
    assert "tre uger" in texts
    assert "13 rigtige navne" not in texts


@of_three_years
def test_what_was_deferred_or_not_reached_came_again():
    deferred = Proceedings.objects.get(outcome=Outcome.DEFERRED).item
    left = Proceedings.objects.get(not_discussed=True, item__clause=None).item
    for item in (deferred, left):
        again = item.carried_to.select_related("proceedings").get()
        assert again.title == item.title
        assert again.recorded.outcome
    assert AgendaItem.objects.exclude(late_because="").count() == 1


def test_every_item_of_the_mandate_was_treated_at_every_meeting_but_one_at_one():
    items = AgendaItem.objects.filter(meeting__in=held()).exclude(clause=None)
    rows = list(items.with_minutes().select_related("clause", "proceedings"))
    assert len(rows) == 8 * len(held())
    assert [item for item in rows if lacks_answer(item)] == []
    left = [item for item in rows if item.recorded.not_discussed]
    assert [item.measure for item in left] == [ANY_OTHER_BUSINESS]
    quiet = [item for item in rows if item.recorded.nothing_new]
    assert len(quiet) >= 2 and not any(item.recorded.discussion for item in quiet)


@of_three_years
def test_advice_was_not_followed_once_and_the_reason_is_there():
    answered = Advice.objects.filter(item__meeting__state__in=HELD)
    assert answered.filter(followed=None).count() == 0
    assert [bool(advice.because) for advice in answered.filter(followed=False)] == [True]
    assert Advice.objects.filter(followed=None, item__meeting__state=State.PLANNED).count() == 2


@of_three_years
def test_somebody_left_the_room_and_somebody_disagreed():
    assert Absence.objects.filter(ground=Absence.Ground.CONFLICT).count() == 1
    assert set(Dissent.objects.values_list("kind", flat=True)) == set(Dissent.Kind.values)


def test_every_decision_of_the_last_year_was_weighed():
    since = timezone.localtime() - timedelta(days=365)
    weighable = Decision.objects.filter(committee=security(), decided_at__gte=since).exclude(
        outcome=Outcome.NOTED
    )
    found = [one for one in weighable if one.is_chairs or one.item.measure != MINUTES]
    assert len(found) >= 9
    assert [decision.number for decision in found if not decision.is_weighed] == []


@of_three_years
def test_the_chair_decided_twice_between_meetings_and_the_committee_was_told():
    decisions = Decision.objects.filter(item=None, subject_kind="")
    assert sorted(decision.is_closed for decision in decisions) == [False, True]
    for decision in decisions:
        told = decision.told_at().select_related("proceedings").get()
        assert told.is_closed == decision.is_closed
        assert told.recorded.outcome == Outcome.NOTED


def test_tasks_were_given_at_meetings_and_ended_with_a_word():
    assert Task.objects.exclude(born_id="").count() >= 60
    assert Task.objects.filter(state=Task.State.DONE).exclude(done_word="").count() >= 40
    assert Task.objects.filter(state=Task.State.DROPPED).exclude(dropped_because="").count() == 1
    given = {str(answer) for answer in Delegation.objects.values_list("answer", flat=True)}
    assert given >= {"", "accepted", "declined"}
    gone = Task.objects.open().filter(owner__is_active=False)
    assert gone.count() == 0


def test_every_meeting_chose_the_tasks_of_the_coming_quarter():
    for meeting in held():
        coming = next_quarter(quarter_of(timezone.localdate(meeting.starts_at)))
        chosen = QuarterTask.objects.filter(committee=security(), quarter=coming)
        assert chosen.exclude(settled_at=None).count() >= 4, meeting.label


@pytest.mark.parametrize("code", [part.code for part in CAST if part.code != "employee"])
def test_each_of_the_cast_has_something_overdue_something_due_and_a_request(code: str):
    today, who = timezone.localdate(), person(code)
    own = Task.objects.filter(owner=who)
    assert own.overdue(today).exists()
    assert own.due_within(today, 14).exists()
    assert Delegation.objects.open().filter(to_person=who).exists()


def test_the_small_groups_minutes_are_with_its_members():
    meeting = group().meetings.get(state=State.IN_REVIEW)
    minutes = meeting.minutes
    assert minutes.review_until >= timezone.localdate()
    assert minutes.comments.filter(settled_at=None).count() == 1
    member = person("head_of_it")
    assert minutes.can_be_reviewed_by(member)
    assert not minutes.reviews.filter(person=member).exists()
    earlier = group().meetings.filter(state__in=HELD).exclude(pk=meeting.pk)
    assert {one.state for one in earlier} == {State.CONFIRMED}


def test_no_minutes_are_attached_by_hand():
    names = Attachment.objects.filter(item__clause__measure=MINUTES).values_list("name", flat=True)
    assert list(names) == []


def test_the_next_meeting_waits_for_its_call():
    meeting = Meeting.objects.coming().select_related("committee").first()
    assert meeting is not None
    assert meeting.state == State.PLANNED
    assert meeting.can_be_called_by(person("coordinator"))


def test_mails_of_the_past_do_not_leave_now():
    assert OutboxMail.objects.count() > 200
    assert OutboxMail.objects.waiting().count() == 0
    for mail in OutboxMail.objects.all():
        assert mail.sent_at == mail.queued_at


def test_one_meeting_was_before_the_program_and_one_role_is_older_than_it(
    havneby: Demonstration,
) -> None:
    (meeting,) = Meeting.objects.filter(registered_at__isnull=False)
    first = Event.objects.order_by("seq")[0]
    assert meeting.starts_at < first.at < meeting.registered_at
    registration = meeting.registration
    assert registration.file.read().startswith(b"%PDF-")
    assert meeting.decisions.count() == 2
    (role,) = OrganisationRole.objects.exclude(from_because="")
    assert role.from_date < timezone.localdate(first.at)


def test_a_day_is_answered_alike_by_its_own_figures_and_by_all() -> None:
    committee, today = security(), timezone.localdate()
    whole = history_of(committee)
    for ago in (0, 1, 2, 3, 40, 100, 250, 400):
        day = today - timedelta(days=ago)
        own = history_of(committee, day)
        assert fulfilment_on(own, day) == fulfilment_on(whole, day), day
        assert fulfilment_on(own, day, today) == fulfilment_on(whole, day, today), day


def test_on_no_month_end_is_a_clause_unmeasured_or_without_what_was_looked_at() -> None:
    history = history_of(security())
    lacking = [
        f"{day} {one.clause.number} {one.state}"
        for day in month_ends(timezone.localdate(), 36)
        for one in fulfilment_on(history, day, day).findings
        if one.state == Found.UNMEASURED or not one.finding.evidence
    ]
    assert lacking == []
