"""Finishing, dropping and opening tasks again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import Cast, in_days
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.tasks.actions import delegate_task, drop_task, finish_task, reopen_task
from kommissorium.tasks.models import Ending, Task
from kommissorium.tasks.tests.conftest import Give, task_of, together

Browser = Callable[[str], Client]


def test_the_owner_finishes_a_task_with_a_word_on_its_own_page(
    cast: Cast, task: Task, client_of: Browser
) -> None:
    browser = client_of("head_of_it")
    url = reverse("task_completion", args=[task.pk])
    assert url in browser.get(task.get_absolute_url()).content.decode()
    empty = browser.post(url, {"word": " "})
    assert empty.status_code == 400
    assert empty.context["form"].errors["word"]
    assert browser.post(url, {"word": "Planen er godkendt."}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.done_word) == ("done", "Planen er godkendt.")
    assert task.done_at is not None
    assert Event.objects.about(task).first().act == "tasks.task_done"
    assert "Planen er godkendt." in browser.get(task.get_absolute_url()).content.decode()


def test_of_two_who_finish_at_once_the_second_is_told_who_was_first(cast: Cast, task: Task) -> None:
    other = Task.objects.get(pk=task.pk)
    finish_task(task, by=cast.head_of_it, word="Gjort")
    with pytest.raises(Refused) as refused:
        finish_task(other, by=cast.coordinator, word="Også gjort")
    assert "Jens Ulrik Bæk" in str(refused.value)
    with pytest.raises(Refused):
        drop_task(other, by=cast.coordinator, because="For sent")
    assert Ending.objects.count() == 1
    assert Event.objects.filter(act="tasks.task_done").count() == 1


def test_only_the_owner_and_those_who_may_change_it_finish_a_task(
    cast: Cast, task: Task, client_of: Browser
) -> None:
    for who in ("dpo", "member", "executive", "auditor"):
        with pytest.raises(PermissionDenied):
            finish_task(task, by=cast.who(who), word="Gjort")
        assert client_of(who).get(reverse("task_completion", args=[task.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        drop_task(task, by=cast.head_of_it, because="Gider ikke")
    finish_task(task, by=cast.chair, word="Gjort")
    assert task.state == Task.State.DONE


def test_a_dropped_task_says_why_and_can_be_opened_again(cast: Cast, task: Task) -> None:
    with pytest.raises(Refused):
        drop_task(task, by=cast.coordinator, because="")
    drop_task(task, by=cast.coordinator, because="Systemet er lukket")
    assert (task.state, task.dropped_because) == ("dropped", "Systemet er lukket")
    with pytest.raises(PermissionDenied):
        reopen_task(task, by=cast.head_of_it, because="Alligevel")
    with pytest.raises(Refused):
        reopen_task(task, by=cast.coordinator, because="\n")
    reopen_task(task, by=cast.coordinator, because="Systemet lever")
    assert (task.state, task.dropped_at, task.dropped_because) == ("open", None, "")
    with pytest.raises(Refused):
        reopen_task(task, by=cast.coordinator, because="Igen")
    finish_task(task, by=cast.head_of_it, word="Gjort")
    kept = Ending.objects.values_list("state", "word", "undone_because")
    assert list(kept) == [
        ("done", "Gjort", ""),
        ("dropped", "Systemet er lukket", "Systemet lever"),
    ]


def test_a_finished_task_asks_nobody_to_take_it_over(cast: Cast, task: Task) -> None:
    delegation = delegate_task(task, by=cast.head_of_it, to=cast.member)
    finish_task(task, by=cast.head_of_it, word="Gjort")
    delegation.refresh_from_db()
    assert delegation.answer == "withdrawn"


def test_one_can_look_back_at_what_was_open_on_a_day(cast: Cast, give: Give) -> None:
    task = give()
    today = timezone.localdate()
    begun, done, reopened = (in_days(-days, 12) for days in (60, 40, 20))
    Task.objects.update(created_at=begun)
    finish_task(task, by=cast.head_of_it, word="Gjort")
    reopen_task(task, by=cast.coordinator, because="Ikke gjort")
    Ending.objects.update(at=done, undone_at=reopened)
    shown = {
        days: Task.objects.as_open_on(today - timedelta(days=days)).exists()
        for days in (61, 60, 41, 40, 21, 20, 0)
    }
    assert shown == {61: False, 60: True, 41: True, 40: False, 21: False, 20: True, 0: True}


def test_of_three_who_finish_at_once_one_does(committing: Cast) -> None:
    task = task_of(committing)
    copies = [Task.objects.select_related("committee").get(pk=task.pk) for _ in range(3)]
    who = (committing.member, committing.chair, committing.coordinator)
    results = together(
        *(
            lambda copy=copy, by=by: finish_task(copy, by=by, word="Gjort")
            for copy, by in zip(copies, who, strict=True)
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Refused", "Refused"]
    assert Ending.objects.count() == 1
