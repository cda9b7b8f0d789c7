"""Answers and deputies, by their actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.accounts.actions import add_person
from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person
from kommissorium.committees.actions.seats import leave_seat, take_seat
from kommissorium.committees.models import Committee
from kommissorium.conftest import LATE, Cast, in_days, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.answers import answer, answer_by_file
from kommissorium.meetings.actions.calendar import cancel_meeting, move_meeting, plan_meeting
from kommissorium.meetings.actions.call_list import add_guest, invite_newcomer, remove_person
from kommissorium.meetings.entitled_people import leader_by_answers
from kommissorium.meetings.models import Attendance, Meeting

SIGNE = "suppleant@tryllerup.example"


@pytest.fixture
def listed(cast: Cast) -> Meeting:
    """A planned meeting whose people are invited already; the head of IT has a deputy."""
    Committee.objects.filter(pk=cast.committee.pk).update(invites_when_planned=True)
    cast.committee.refresh_from_db()
    deputy = add_person(by=cast.coordinator, name="Signe Dalgaard", email=SIGNE)
    take_seat(
        cast.head_of_it.holdings.get().seat,
        by=None,
        person=deputy,
        from_date=cast.since,
        because=LATE,
        capacity="deputy",
    )
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(40, 13),
        ends_at=in_days(40, 15),
        place="Rådhuset",
    )


def of(meeting: Meeting, person: Person) -> Attendance:
    rows = meeting.attendances.select_related("person", "seat", "meeting__committee")
    return rows.get(person=person)


def deputy_of(meeting: Meeting) -> Attendance:
    return of(meeting, Person.objects.get(email=SIGNE))


def kinds_to(email: str) -> list[str]:
    rows = OutboxMail.objects.filter(recipient=email).order_by("pk")
    return [row.kind.removeprefix("meetings.") for row in rows]


def test_the_called_answer_for_themselves_and_the_secretary_for_all(cast, listed):
    for who in (cast.chair, cast.member, cast.employee):
        with pytest.raises(PermissionDenied):
            answer(of(listed, cast.head_of_it), by=who, answer="accepted", way="page")
    with pytest.raises(PermissionDenied):
        answer(of(listed, cast.head_of_it), by=cast.member, answer="accepted", way="secretary")
    answer(of(listed, cast.head_of_it), by=cast.coordinator, answer="tentative", way="secretary")
    answer(of(listed, cast.member), by=cast.member, answer="accepted", way="page")
    assert of(listed, cast.head_of_it).answer == "tentative"
    assert of(listed, cast.member).answered_by_way == "page"


def test_no_answer_is_taken_to_a_meeting_that_is_over_or_cancelled(cast, listed):
    own = of(listed, cast.member)
    with time_is(listed.ends_at + timedelta(minutes=1)), pytest.raises(Refused):
        answer(own, by=cast.member, answer="accepted", way="page")
    cancel_meeting(listed, by=cast.coordinator, because="Sygdom")
    with pytest.raises(Refused):
        answer(of(listed, cast.member), by=cast.member, answer="accepted", way="page")


def test_an_answer_to_a_time_the_meeting_no_longer_has_is_refused(cast, listed):
    own = of(listed, cast.member)
    move_meeting(
        Meeting.objects.get(pk=listed.pk),
        by=cast.coordinator,
        starts_at=in_days(41, 9),
        ends_at=in_days(41, 11),
        place="",
        link="",
        edit_version=listed.edit_version,
    )
    with pytest.raises(Refused):
        answer(own, by=cast.member, answer="accepted", way="page")
    assert of(listed, cast.member).answer == ""


@pytest.mark.parametrize("wrong", ["", "perhaps"])
def test_only_the_three_answers_are_answers(cast, listed, wrong):
    with pytest.raises(Refused):
        answer(of(listed, cast.member), by=cast.member, answer=wrong, way="page")


def test_a_maybe_keeps_its_comment_for_those_who_may_read_it(cast, listed, client_of):
    own = of(listed, cast.member)
    answer(own, by=cast.member, answer="tentative", way="page", apology=" Hvis toget går ")
    assert of(listed, cast.member).apology == "Hvis toget går"
    page = f"/meetings/{listed.pk}/answers/"
    assert "Hvis toget går" in client_of("coordinator").get(page).content.decode()
    assert "Hvis toget går" in client_of("member").get(page).content.decode()
    assert "Hvis toget går" not in client_of("dpo").get(page).content.decode()


def test_who_comes_needs_no_reason(cast, listed):
    own = of(listed, cast.member)
    answer(own, by=cast.member, answer="declined", way="page", apology=" Ferie ")
    assert of(listed, cast.member).apology == "Ferie"
    answer(own, by=cast.member, answer="accepted", way="page", apology="Ferie")
    assert of(listed, cast.member).apology == ""


def test_the_chain_names_the_person_by_pseudonym_and_knows_no_reason(cast, listed):
    own = of(listed, cast.member)
    answer(own, by=cast.member, answer="declined", way="page", apology="Kanariefugl")
    event = Event.objects.get(act="meetings.answered")
    assert "Kanariefugl" not in event.facts and cast.member.name not in event.facts
    (line,) = entries([event])
    assert cast.member.name in line.text


# Deputies


def test_a_deputy_stands_in_when_the_holder_sends_apologies_and_names_them(cast, listed):
    own = of(listed, cast.head_of_it)
    answer(own, by=cast.head_of_it, answer="declined", way="page", deputy=True)
    deputy = deputy_of(listed)
    assert deputy.stands_in and deputy.has_vote
    (row,) = OutboxMail.objects.filter(recipient=SIGNE)
    assert row.kind == "meetings.stands_in" and "/answer/" in row.body
    assert b"ROLE=REQ-PARTICIPANT" in bytes(row.calendar).replace(b"\r\n ", b"")


def test_who_comes_after_all_takes_the_place_back_and_the_deputy_hears_it(cast, listed):
    own = of(listed, cast.head_of_it)
    answer(own, by=cast.head_of_it, answer="declined", way="page", deputy=True)
    answer(own, by=cast.head_of_it, answer="accepted", way="link")
    assert not deputy_of(listed).stands_in
    assert kinds_to(SIGNE) == ["stands_in", "not_needed"]
    last = OutboxMail.objects.filter(recipient=SIGNE).order_by("pk").last()
    assert last.calendar_method == "CANCEL"  # before the call deputies are not told of meetings


def test_naming_again_and_taking_back_again_tells_each_time(cast, listed):
    own = of(listed, cast.head_of_it)
    for _round in range(2):
        answer(own, by=cast.head_of_it, answer="declined", way="page", deputy=True)
        answer(own, by=cast.head_of_it, answer="declined", way="page", deputy=True)
        answer(own, by=cast.head_of_it, answer="declined", way="page", deputy=False)
    assert kinds_to(SIGNE) == ["stands_in", "not_needed"] * 2


def test_an_apology_that_says_nothing_of_the_deputy_leaves_them_as_they_are(cast, listed):
    own = of(listed, cast.head_of_it)
    answer(own, by=cast.head_of_it, answer="declined", way="page", deputy=True)
    answer(own, by=cast.head_of_it, answer="declined", way="link")
    assert deputy_of(listed).stands_in


def test_a_seat_without_a_deputy_refuses_and_changes_nothing(cast, listed):
    own = of(listed, cast.member)
    with pytest.raises(Refused) as refused:
        answer(own, by=cast.member, answer="declined", way="page", deputy=True)
    assert "deputy" in refused.value.errors
    assert of(listed, cast.member).answer == ""


def test_a_deputy_who_has_sent_apologies_cannot_stand_in(cast, listed):
    deputy = deputy_of(listed)
    answer(deputy, by=cast.coordinator, answer="declined", way="secretary")
    with pytest.raises(Refused):
        own = of(listed, cast.head_of_it)
        answer(own, by=cast.head_of_it, answer="declined", way="page", deputy=True)


def test_a_new_time_asks_deputies_anew(cast, listed):
    own = of(listed, cast.head_of_it)
    answer(own, by=cast.head_of_it, answer="declined", way="page", deputy=True)
    listed.refresh_from_db()
    move_meeting(
        listed,
        by=cast.coordinator,
        starts_at=in_days(41, 9),
        ends_at=in_days(41, 11),
        place="",
        link="",
        edit_version=listed.edit_version,
    )
    assert not deputy_of(listed).stands_in
    assert kinds_to(SIGNE)[-1] in {"moved", "not_needed"}


def test_the_deputy_chair_leads_when_the_chair_has_sent_apologies(cast, listed):
    def leader() -> Person | None:
        found = leader_by_answers(list(listed.attendances.select_related("seat", "person")))
        return found.person if found else None

    assert leader() == cast.chair
    answer(of(listed, cast.chair), by=cast.chair, answer="declined", way="page")
    assert leader() == cast.deputy
    answer(of(listed, cast.deputy), by=cast.deputy, answer="declined", way="page")
    assert leader() is None


# Guests, and people who come and go


def test_a_guest_is_invited_without_agenda_and_can_be_taken_off_again(cast, listed):
    guest = add_guest(listed, cast.system_owner, by=cast.coordinator)
    (row,) = OutboxMail.objects.filter(recipient=cast.system_owner.email)
    assert listed.items.first().title not in row.body and "/meetings/" not in row.body
    assert not guest.has_vote
    remove_person(guest, by=cast.coordinator)
    assert kinds_to(cast.system_owner.email) == ["single_invitation", "dropped"]
    assert not listed.attendances.filter(person=cast.system_owner).exists()


def test_a_guest_who_was_taken_off_can_come_back(cast, listed):
    for _round in range(2):
        guest = add_guest(listed, cast.system_owner, by=cast.coordinator)
        remove_person(guest, by=cast.coordinator)
    guest = add_guest(listed, cast.system_owner, by=cast.coordinator)
    rows = OutboxMail.objects.filter(recipient=cast.system_owner.email).order_by("pk")
    assert [row.calendar_method for row in rows] == ["REQUEST", "CANCEL"] * 2 + ["REQUEST"]


def test_people_of_the_committee_are_no_guests_and_cannot_be_taken_off(cast, listed):
    with pytest.raises(Refused):
        add_guest(listed, cast.member, by=cast.coordinator)
    with pytest.raises(Refused):
        remove_person(of(listed, cast.member), by=cast.coordinator)
    with pytest.raises(PermissionDenied):
        add_guest(listed, cast.system_owner, by=cast.member)


def test_who_takes_a_seat_after_the_call_is_invited_in_place_of_who_left_it(cast, listed):
    own = of(listed, cast.head_of_it)
    answer(own, by=cast.head_of_it, answer="declined", way="page", deputy=True)
    today = timezone.localdate()
    leave_seat(cast.head_of_it.holdings.get(), by=cast.coordinator, to_date=today)
    take_seat(
        own.seat,
        by=None,
        person=cast.employee,
        from_date=today + timedelta(days=1),
    )
    invite_newcomer(listed, cast.employee, by=cast.coordinator)
    assert not listed.attendances.filter(person=cast.head_of_it).exists()
    assert of(listed, cast.employee).seat == own.seat
    assert not deputy_of(listed).stands_in
    assert kinds_to(cast.head_of_it.email)[-1] == "dropped"
    assert kinds_to(cast.employee.email) == ["single_invitation"]
    with pytest.raises(Refused):
        invite_newcomer(listed, cast.employee, by=cast.coordinator)


def test_a_deputy_who_becomes_the_holder_keeps_their_row(cast, listed):
    today = timezone.localdate()
    signe = Person.objects.get(email=SIGNE)
    before = deputy_of(listed)
    leave_seat(cast.head_of_it.holdings.get(), by=cast.coordinator, to_date=today)
    leave_seat(signe.holdings.get(), by=cast.coordinator, to_date=today)
    tomorrow = today + timedelta(days=1)
    take_seat(before.seat, by=None, person=signe, from_date=tomorrow)
    invite_newcomer(listed, signe, by=cast.coordinator)
    after = deputy_of(listed)
    assert after.pk == before.pk and after.capacity == Attendance.Capacity.HOLDER


# Whatever comes in whatever order

SHORT = timedelta(minutes=1)
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
pages = st.tuples(
    st.sampled_from(["link", "page", "secretary"]),
    st.sampled_from(["accepted", "tentative", "declined"]),
    st.sampled_from([None, True, False]),
)
files = st.tuples(
    st.just("file"),
    st.sampled_from(["accepted", "tentative", "declined"]),
    # How long before now it was written; below nothing the clock of the sender is wrong.
    st.integers(min_value=-5, max_value=40),
)
moves = st.tuples(st.just("move"), st.integers(min_value=1, max_value=20), st.booleans())


class Undone(Exception):
    """Nothing of an example stays."""


def test_the_newest_answer_counts_and_a_deputy_stands_in_for_nobody_who_comes(cast, listed):
    @settings(max_examples=60)
    @given(st.lists(pages | files | moves, max_size=14))
    def hold(steps):
        with pytest.raises(Undone), transaction.atomic():
            _play(cast, listed.pk, steps)
            raise Undone

    hold()


def _play(cast: Cast, pk: int, steps: list[tuple]) -> None:
    expected = ""
    newest: tuple[int, datetime | None] = (0, None)
    now = timezone.now()
    for step in steps:
        now += 10 * SHORT
        with time_is(now):
            meeting = Meeting.objects.select_related("committee").get(pk=pk)
            holder = of(meeting, cast.head_of_it)
            if step[0] == "move":
                if _move(meeting, cast.coordinator, step[1], in_time=step[2]):
                    meeting.refresh_from_db()
                    expected, newest = "", (meeting.sequence, None)
            elif step[0] == "file":
                stamp = now - step[2] * SHORT
                fresh = newest[1] is None or min(stamp, now) > newest[1]
                if meeting.sequence > newest[0] or fresh:
                    expected, newest = step[1], (meeting.sequence, min(stamp, now))
                answer_by_file(
                    holder,
                    by=cast.coordinator,
                    answer=step[1],
                    apology="",
                    sequence=meeting.sequence,
                    stamp=stamp,
                )
            else:
                way, chosen, deputy = step
                by = cast.coordinator if way == "secretary" else cast.head_of_it
                answer(holder, by=by, answer=chosen, way=way, deputy=deputy)
                expected, newest = chosen, (meeting.sequence, now)
            _check(meeting, cast, expected)


def _move(meeting: Meeting, by: Person, minutes: int, *, in_time: bool) -> bool:
    shift = minutes * SHORT if in_time else timedelta()
    move_meeting(
        meeting,
        by=by,
        starts_at=meeting.starts_at + shift,
        ends_at=meeting.ends_at + shift,
        place=meeting.place if in_time else f"Lokale {meeting.sequence}",
        link="",
        edit_version=meeting.edit_version,
    )
    return in_time


def _check(meeting: Meeting, cast: Cast, expected: str) -> None:
    holder = of(meeting, cast.head_of_it)
    assert holder.answer == expected
    standing = list(meeting.attendances.filter(stands_in_since__isnull=False))
    assert len(standing) <= 1
    if standing:
        assert holder.answer == "declined" and standing[0].seat_id == holder.seat_id


def test_an_answer_to_a_former_time_is_not_taken_from_a_file(cast, listed):
    listed.refresh_from_db()
    _move(listed, cast.coordinator, 20, in_time=True)
    own = of(listed, cast.member)
    taken = answer_by_file(
        own,
        by=cast.coordinator,
        answer="accepted",
        apology="",
        sequence=0,
        stamp=timezone.now(),
    )
    assert not taken and of(listed, cast.member).answer == ""
