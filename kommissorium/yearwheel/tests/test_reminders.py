"""Reminders of the wheel: before the day, on it and weekly after, each once, to whoever can act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given as given_any
from hypothesis import strategies as st

from kommissorium.accounts.actions import close_login
from kommissorium.accounts.models import Person
from kommissorium.committees.actions.seats import leave_seat
from kommissorium.committees.models import Holding, Seat
from kommissorium.conftest import LATE, Cast, find_cast
from kommissorium.core.mail.digest import send_digests
from kommissorium.core.mail.models import OutboxMail, Reminded
from kommissorium.yearwheel.actions import (
    CadenceValues,
    DutyValues,
    accept_delegation,
    add_duty,
    delegate,
    finish,
    move,
)
from kommissorium.yearwheel.models import Delegation, Occurrence
from kommissorium.yearwheel.reminders import LATEST, reminders, stage
from kommissorium.yearwheel.tests.conftest import Add, day


@pytest.fixture
def cast(cast: Cast) -> Cast:
    Person.objects.update(language="en")
    return cast


def told(on: date) -> list[tuple[str, str]]:
    return [(one.person.name, one.key.rpartition(":")[2]) for one in reminders(on)]


def around(due: date, *days: int) -> list[list[str]]:
    return [[key for _name, key in told(due + timedelta(days=one))] for one in days]


def test_the_newest_stage_is_told_however_late_the_worker_comes(occurrence: Occurrence) -> None:
    due = occurrence.due
    assert around(due, -31) == [[]]
    assert around(due, -30, -8, -7, -1, 0, 6) == [["-30"], ["-30"], ["-7"], ["-7"], ["0"], ["0"]]
    assert around(due, 7, 13) == [["7"], ["7"]]
    assert around(due, 14, 21, 28, 30, 300) == [["14"] * 2, ["21"] * 2, *[["28"] * 2] * 3]


def test_a_short_lead_time_gives_no_earlier_stage(add: Add) -> None:
    assert around(add(lead_days=3).occurrences.get().due, -4, -3, -1, 0) == [
        [],
        ["-3"],
        ["-3"],
        ["0"],
    ]
    assert stage(date(2027, 3, 31), 0, date(2027, 3, 30)) is None
    assert stage(date(2027, 3, 31), 0, date(2027, 3, 31)) == 0
    assert stage(date(2027, 3, 31), 7, date(2027, 3, 24)) == -7


def test_one_that_is_moved_is_told_of_again_and_one_that_is_done_is_not(
    cast: Cast, occurrence: Occurrence
) -> None:
    due = occurrence.due
    assert send_digests(reminders(due), due) == 1
    move(occurrence, by=cast.head_of_it, to=due + timedelta(days=40), because="Ferie")
    later = due + timedelta(days=40)
    assert send_digests(reminders(later), later) == 1
    occurrence.refresh_from_db()
    finish(occurrence, by=cast.head_of_it, result="no_fault")
    assert told(later) == []


def test_the_seats_holder_on_the_day_is_reminded_else_the_person_named(
    cast: Cast, add: Add
) -> None:
    seat = Seat.objects.get(committee=cast.committee, holdings__person=cast.member)
    due = add(responsible_seat=seat, responsible_person=cast.head_of_it).occurrences.get().due
    assert told(due) == [(cast.member.name, "0")]
    holding = Holding.objects.get(seat=seat)
    leave_seat(holding, by=cast.coordinator, to_date=due - timedelta(days=1), because=LATE)
    assert told(due) == [(cast.head_of_it.name, "0")]


def test_who_has_taken_it_over_is_reminded_instead(cast: Cast, occurrence: Occurrence) -> None:
    asked = delegate(occurrence, by=cast.head_of_it, to=cast.employee)
    due = occurrence.due
    assert (cast.head_of_it.name, "0") in told(due)
    accept_delegation(asked, by=cast.employee)
    assert told(due) == [(cast.employee.name, "0")]
    close_login(cast.employee, by=cast.administrator)
    assert told(due) == [(cast.head_of_it.name, "0")]


def test_nobody_left_or_without_a_mailbox_goes_to_the_coordinator(cast: Cast, add: Add) -> None:
    def said(due: date) -> tuple[str, str]:
        (one,) = reminders(due)
        return one.person.name, one.text

    who = cast.coordinator.name
    nobody = add(responsible_person=None).occurrences.get()
    assert said(nobody.due)[0] == who
    assert "Nobody is responsible" in said(nobody.due)[1]
    Occurrence.objects.filter(pk=nobody.pk).update(due=day(900), nominal=day(900))
    due = add(responsible_person=cast.member).occurrences.get().due
    Person.objects.filter(pk=cast.member.pk).update(email=None)
    assert said(due)[0] == who
    assert f"{cast.member.name} answers for it and has no e-mail address" in said(due)[1]
    close_login(cast.member, by=cast.administrator)
    assert f"{cast.member.name} answers for it and has left" in said(due)[1]


def test_from_the_fourteenth_day_the_coordinator_is_told_too(
    cast: Cast, occurrence: Occurrence
) -> None:
    due = occurrence.due
    assert [name for name, _key in told(due + timedelta(days=13))] == [cast.head_of_it.name]
    own, escalated = reminders(due + timedelta(days=14))
    assert (own.person, escalated.person) == (cast.head_of_it, cast.coordinator)
    assert own.heading == "Overdue"
    assert "14 days ago" in own.text
    assert escalated.heading == "Overdue with others"
    assert f"{cast.head_of_it.name} answers for it" in escalated.text
    assert own.url == escalated.url == occurrence.get_absolute_url()


def test_the_coordinator_is_not_told_twice_of_what_is_their_own(cast: Cast, add: Add) -> None:
    due = add(responsible_person=cast.coordinator).occurrences.get().due
    assert told(due + timedelta(days=20)) == [(cast.coordinator.name, "14")]


def test_an_unanswered_request_is_told_weekly(cast: Cast, add: Add) -> None:
    occurrence = add(due=day(300)).occurrences.get()
    asked = delegate(occurrence, by=cast.head_of_it, to=cast.employee)
    shown = [told(day(days)) for days in (6, 7, 13, 14)]
    name = cast.employee.name
    assert shown == [[], [(name, "1")], [(name, "1")], [(name, "2")]]
    accept_delegation(Delegation.objects.get(pk=asked.pk), by=cast.employee)
    assert told(day(14)) == []


def test_it_stands_in_one_mail_with_the_tasks_words(
    cast: Cast, occurrence: Occurrence, add: Add
) -> None:
    add(title="En anden", due=occurrence.due)
    assert send_digests(reminders(occurrence.due), occurrence.due) == 1
    mail = OutboxMail.objects.get(kind="digest")
    assert mail.body.count("Due today") == 1
    assert "Kontrol af brugerrettigheder: due today" in mail.body
    assert "En anden: due today" in mail.body


def test_it_costs_the_same_however_many_there_are(
    cast: Cast, add: Add, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        add(title=f"Pligt {number}", due=day(0))
    with django_assert_max_num_queries(5):
        assert len(list(reminders(day(20)))) == 60


dues = st.lists(st.integers(0, 40), min_size=1, max_size=3)
worked = st.lists(st.integers(0, 90), max_size=20).map(sorted)


@given_any(dues, worked, st.integers(0, 60))
def test_whatever_days_the_worker_runs_each_stage_is_told_once_and_what_is_due_always(
    django_db_setup, django_db_blocker, dues: list[int], worked: list[int], lead: int
) -> None:
    with django_db_blocker.unblock(), transaction.atomic():
        cast = find_cast()
        today = timezone.localdate()
        rows = list(_given(cast, dues, lead))
        for days in worked:
            on = today + timedelta(days=days)
            send_digests(reminders(on), on)
            mailed = set(Reminded.objects.values_list("recipient", "key"))
            for row in rows:
                newest = stage(row.due, lead, on)
                key = f"wheel:{row.pk}:{row.due}:{newest}"
                assert newest is None or (cast.head_of_it.email, key) in mailed
                late = (on - row.due).days >= 14
                assert not late or (cast.coordinator.email, key) in mailed
        stages = {
            int(key.rpartition(":")[2]) for key in Reminded.objects.values_list("key", flat=True)
        }
        assert all(one <= LATEST for one in stages)
        lines = [
            line
            for mail in OutboxMail.objects.filter(kind="digest")
            for line in mail.body.splitlines()
            if line.startswith("– ")
        ]
        assert len(lines) == Reminded.objects.count()
        transaction.set_rollback(True)


def _given(cast: Cast, dues: list[int], lead: int) -> Iterator[Occurrence]:
    for number, days in enumerate(dues):
        duty = add_duty(
            cast.committee,
            by=cast.coordinator,
            values=DutyValues(
                f"Pligt {number}", responsible_person=cast.head_of_it, lead_days=lead
            ),
            cadence=CadenceValues("interval", 12, day(days)),
        )
        yield duty.occurrences.get()
