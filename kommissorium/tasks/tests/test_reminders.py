"""Reminders of tasks: seven days before, on the day, weekly after; each once."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from hypothesis import given as given_any
from hypothesis import strategies as st

from kommissorium.accounts.actions import close_login
from kommissorium.conftest import Cast, find_cast
from kommissorium.core.mail.digest import send_digests
from kommissorium.core.mail.models import OutboxMail, Reminded
from kommissorium.tasks.actions import delegate_task, finish_task
from kommissorium.tasks.models import Delegation, Task
from kommissorium.tasks.tests.conftest import Give, task_of, together
from kommissorium.tasks.todo import reminders, stage


def keys(on: date) -> list[str]:
    return [reminder.key.rpartition(":")[2] for reminder in reminders(on)]


def test_the_newest_stage_is_told_however_late_the_worker_comes(task: Task) -> None:
    shown = {days: keys(task.due + timedelta(days=days)) for days in range(-9, 16)}
    assert shown[-9] == shown[-8] == []
    assert {str(shown[days]) for days in range(-7, 0)} == {"['-7']"}
    assert {str(shown[days]) for days in range(7)} == {"['0']"}
    assert {str(shown[days]) for days in range(7, 14)} == {"['7']"}
    assert shown[14] == ["14"]


def test_a_task_that_is_moved_is_told_of_again(task: Task) -> None:
    send_digests(reminders(task.due), task.due)
    Task.objects.update(due=task.due + timedelta(days=30))
    again = task.due + timedelta(days=30)
    assert send_digests(reminders(again), again) == 1


def test_a_finished_task_and_an_owner_out_of_reach_get_none(cast: Cast, give: Give) -> None:
    done, left, unreached = give(), give(owner=cast.member), give(owner=cast.dpo)
    finish_task(done, by=cast.head_of_it, word="Gjort")
    close_login(cast.member, by=cast.administrator)
    cast.dpo.email = None
    cast.dpo.save()
    assert keys(done.due) == []
    assert left.due == unreached.due == done.due


def test_a_closed_task_has_no_title_in_the_mail(cast: Cast, give: Give) -> None:
    task = give(title="Hemmelig sårbarhed", is_closed=True)
    delegate_task(task, by=cast.head_of_it, to=cast.member)
    Delegation.objects.update(asked_at=timezone.localtime() - timedelta(days=8))
    found = list(reminders(task.due))
    assert len(found) == 2
    assert "Hemmelig" not in " ".join(reminder.text for reminder in found)
    assert {reminder.url for reminder in found} == {task.get_absolute_url()}


def test_reminders_speak_the_owners_language(cast: Cast, task: Task) -> None:
    cast.head_of_it.language = "en"
    cast.head_of_it.save()
    (soon,), (today,), (late,) = (reminders(task.due + timedelta(days=days)) for days in (-3, 0, 9))
    assert [soon.heading, today.heading, late.heading] == ["Due soon", "Due today", "Overdue"]
    assert "9 days ago" in late.text


def test_who_is_asked_and_does_not_answer_is_reminded_weekly(cast: Cast, give: Give) -> None:
    task = give(days=300)
    delegate_task(task, by=cast.head_of_it, to=cast.member)
    asked = timezone.localdate()
    shown = [keys(asked + timedelta(days=days)) for days in (0, 6, 7, 13, 14)]
    assert shown == [[], [], ["7"], ["7"], ["14"]]
    (told,) = reminders(asked + timedelta(days=7))
    assert told.person == cast.member
    Delegation.objects.update(answered_at=timezone.now(), answer="declined")
    assert keys(asked + timedelta(days=7)) == []


dues = st.lists(st.integers(0, 40), min_size=1, max_size=4)
worked = st.lists(st.integers(0, 80), max_size=25).map(sorted)


@given_any(dues, worked)
def test_whatever_days_the_worker_runs_each_stage_is_told_once_and_what_is_due_always(
    django_db_setup, django_db_blocker, dues: list[int], worked: list[int]
) -> None:
    with django_db_blocker.unblock(), transaction.atomic():
        cast, today = find_cast(), timezone.localdate()
        tasks = Task.objects.bulk_create(
            Task(
                title="x",
                owner=cast.head_of_it,
                given_by=cast.coordinator,
                due=today + timedelta(days=days),
                created_at=timezone.now(),
            )
            for days in dues
        )
        for days in worked:
            on = today + timedelta(days=days)
            send_digests(reminders(on), on)
            told = set(Reminded.objects.values_list("key", flat=True))
            for task in tasks:
                newest = stage(task.due, on)
                # The day's first run tells what the stage is; due or later it never waits.
                assert newest is None or f"task:{task.pk}:{task.due}:{newest}" in told
        lines = [
            line
            for mail in OutboxMail.objects.filter(kind="digest")
            for line in mail.body.splitlines()
            if line.startswith("– ")
        ]
        assert len(lines) == Reminded.objects.count()
        assert OutboxMail.objects.count() <= len(set(worked))
        transaction.set_rollback(True)


def test_three_workers_send_one_digest_each(committing: Cast) -> None:
    for days in (0, 1, 2):
        task_of(committing, days)
    today = timezone.localdate()
    results = together(*[lambda: send_digests(reminders(today), today)] * 3)
    assert sorted(results, key=str) == [0, 0, 1]
    assert OutboxMail.objects.filter(kind="digest").count() == 1
    assert Reminded.objects.count() == 3
