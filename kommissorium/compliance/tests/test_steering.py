"""R1: the cheapest ways to seem to steer together with the coordinator, and that they stay red."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.compliance.tests.story import (
    adopt,
    approved_on,
    found,
    hold,
    number_of,
    planned_meeting,
)
from kommissorium.conftest import Cast, time_is
from kommissorium.measures.findings import Finding, State
from kommissorium.meetings.models import Meeting
from kommissorium.tasks.actions.tasks import change_task, finish_task, give_task, reopen_task
from kommissorium.tasks.models import Task

pytestmark = pytest.mark.usefixtures("no_paper")

DAY = timedelta(days=1)
RULES = """Kommissorium
Udvalgets rolle og ansvar
- Har ansvaret for styring af informationssikkerheden i samarbejde med koordinatoren.

Dagsorden
1. Godkendelse af referat fra sidste møde
"""


@pytest.fixture
def alone(cast: Cast) -> Cast:
    """A committee whose mandate asks for steering and nothing else."""
    adopt(cast, RULES, timezone.localdate())
    cast.mandate = cast.committee.mandates.order_by("-version")[0]
    return cast


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def met(cast: Cast, days: int, *more: Person) -> Meeting:
    return hold(planned_meeting(cast, days), cast, there=[cast.chair, cast.member, *more])


def steering(cast: Cast, day: date) -> Finding:
    with time_is(noon(day)):
        return found(cast, number_of(cast, "steering"), day)


def given(cast: Cast, meeting: Meeting, day: date, *, due: date, **more: bool) -> Task:
    with time_is(noon(day)):
        return give_task(
            by=cast.coordinator,
            title="Fjern de gamle konti",
            owner=cast.head_of_it,
            due=due,
            committee=cast.committee,
            born=meeting.items.first(),
            **more,
        )


def test_together_each_time_is_fulfilled_once_alone_amber_and_twice_red(alone: Cast) -> None:
    last = approved_on(met(alone, 20, alone.coordinator))
    assert steering(alone, last).state == State.FULFILLED
    last = approved_on(met(alone, 60))
    once = steering(alone, last)
    assert once.state == State.DUE_SOON
    assert "Uden koordinatoren" in once.sentence
    last = approved_on(met(alone, 100))
    assert steering(alone, last).state == State.NOT_FULFILLED


def test_what_is_decided_on_and_left_lying_is_not_steered(alone: Cast) -> None:
    meeting = met(alone, 20, alone.coordinator)
    day = approved_on(meeting)
    task = given(alone, meeting, day, due=day + 10 * DAY, is_closed=True)
    assert steering(alone, day + 40 * DAY).state == State.FULFILLED
    late = steering(alone, day + 41 * DAY)
    assert late.state == State.DUE_SOON
    assert [one.is_closed for one in late.evidence if one.reference == f"tasks.task {task.pk}"] == [
        True
    ]
    assert task.title not in str(late)
    assert steering(alone, day + 101 * DAY).state == State.NOT_FULFILLED
    with time_is(noon(day + 102 * DAY)):
        finish_task(task, by=alone.head_of_it, word="Fjernet")
    assert steering(alone, day + 102 * DAY).state == State.FULFILLED
    with time_is(noon(day + 103 * DAY)):
        reopen_task(task, by=alone.coordinator, because="Ikke fjernet")
    assert steering(alone, day + 103 * DAY).state == State.NOT_FULFILLED


def test_a_task_moved_ahead_for_a_year_is_left_lying_all_the_same(alone: Cast) -> None:
    meeting = met(alone, 20, alone.coordinator)
    day = approved_on(meeting)
    task = given(alone, meeting, day, due=day + 10 * DAY)
    for months in range(1, 14):
        with time_is(noon(day + months * 30 * DAY)):
            change_task(
                task,
                by=alone.coordinator,
                title=task.title,
                description="",
                owner=task.owner,
                due=day + (months * 30 + 60) * DAY,
                edit_version=task.edit_version,
            )
    met(alone, 300, alone.coordinator)
    assert steering(alone, day + 340 * DAY).state == State.FULFILLED
    assert steering(alone, day + 378 * DAY).state == State.NOT_FULFILLED


def test_a_mandate_that_asks_for_a_status_is_not_steered_without_one(cast: Cast) -> None:
    last = approved_on(met(cast, 20, cast.coordinator))
    missing = steering(cast, last)
    assert missing.state == State.NOT_FULFILLED
    assert str(missing.sentence).count("status") >= 1
