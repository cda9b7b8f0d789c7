"""Tasks to try things on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.models import Task

Give = Callable[..., Task]


@pytest.fixture
def give(cast: Cast) -> Give:
    """Give the head of IT a task of the committee; any value can be another."""

    def given(**values: Any) -> Task:
        day = timezone.localdate() + timedelta(days=values.pop("days", 20))
        usual = {
            "by": cast.coordinator,
            "title": "Opdatér beredskabsplanen",
            "owner": cast.head_of_it,
            "committee": cast.committee,
            "due": day,
        }
        return give_task(**{**usual, **values})

    return given


@pytest.fixture
def task(give: Give) -> Task:
    return give()


def task_of(cast: Cast, days: int = 5) -> Task:
    """Give the member a task; for tests whose commits are real."""
    due = timezone.localdate() + timedelta(days=days)
    values = {"title": "Øvelse", "owner": cast.member, "committee": cast.committee}
    return give_task(by=cast.coordinator, due=due, **values)


def together(*acts: Callable[[], object]) -> list[object]:
    """Do all of it at once; return what each gave, or the exception it ended with."""
    start, results = threading.Barrier(len(acts)), []

    def work(act: Callable[[], object]) -> None:
        try:
            start.wait(10)
            results.append(act())
        except Exception as error:  # noqa: BLE001 whatever it is, the test must tell
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
