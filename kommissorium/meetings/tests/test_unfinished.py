"""Items that return because a task is open: found by one query, and item by item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommissorium.conftest import Cast, in_days, queries_of
from kommissorium.core.files.actions import store_file
from kommissorium.meetings.actions.automatic_items import fill_agenda, unfinished
from kommissorium.meetings.minutes_builder import ITEM
from kommissorium.meetings.models import AgendaItem, Attachment, Meeting
from kommissorium.tasks.models import Task

# Of each item: which of those before it it continues, and what became of the tasks born of it.
ROWS = st.lists(
    st.tuples(st.none() | st.integers(0, 7), st.lists(st.sampled_from(["open", "done"]))),
    max_size=8,
)


def held(cast: Cast) -> Meeting:
    number = Meeting.objects.count() + 1
    then = timezone.localtime() - timedelta(days=30, hours=2 * number)
    return Meeting.objects.create(
        committee=cast.committee,
        starts_at=then,
        ends_at=then + timedelta(hours=1),
        state=Meeting.State.HELD,
        year=then.year,
        number=number,
    )


def coming_of(cast: Cast) -> Meeting:
    return Meeting(committee=cast.committee, starts_at=in_days(20, 13))


def give(cast: Cast, item: AgendaItem, state: str) -> None:
    Task.objects.create(
        title="Opgave",
        owner=cast.member,
        due=timezone.localdate(),
        state=state,
        done_at=timezone.now() if state == "done" else None,
        born_kind=ITEM,
        born_id=str(item.pk),
        created_at=timezone.now(),
    )


def put(cast: Cast, rows: Sequence[tuple[int | None, list[str]]], **said: Any) -> list[AgendaItem]:
    """Put the items on a meeting that was held; what continues nothing begins a chain."""
    meeting, items = held(cast), list[AgendaItem]()
    for place, (before, states) in enumerate(rows):
        source = items[before] if before is not None and before < place else None
        items.append(
            AgendaItem.objects.create(
                meeting=meeting,
                position=place + 1,
                title=f"Punkt {place}",
                type=AgendaItem.Type.INFORMATION,
                origin_id=source.chain_key if source else None,
                **said,
            )
        )
        for state in states:
            give(cast, items[-1], state)
    return items


def asked_one_by_one(items: Sequence[AgendaItem]) -> set[int]:
    """Return the keys of the items in whose chain a task is open."""
    chains = {
        item.chain_key
        for item in items
        if Task.objects.open().filter(born_kind=ITEM, born_id=str(item.pk)).exists()
    }
    return {item.pk for item in items if item.chain_key in chains}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_an_item_comes_again_while_a_task_of_its_chain_is_open(cast: Cast, rows) -> None:
    with transaction.atomic():
        items = put(cast, rows)
        found = [item.pk for item in unfinished(coming_of(cast))]
        assert set(found) == asked_one_by_one(items)
        assert len(found) == len(set(found))
        transaction.set_rollback(True)


@pytest.mark.parametrize("born", ["meetings.meeting", "tasks.task", ""])
def test_tasks_born_of_something_else_bring_no_item_back(cast: Cast, born: str) -> None:
    """Another room's key for the origin of a task need not be a number."""
    [item] = put(cast, [(None, ["open"])])
    Task.objects.update(born_kind=born, born_id="2026-11")
    assert item.pk not in {one.pk for one in unfinished(coming_of(cast))}


def test_hundreds_of_items_are_put_on_an_agenda_by_as_many_questions_as_two(
    cast: Cast, meeting: Meeting
) -> None:
    file, asked = store_file(b"%PDF-1.7", "bilag.pdf"), []
    for number in (2, 60):
        again = {"is_recurring": True, "presentation": "<p>Det samme.</p>"}
        for item in put(cast, [(None, ["open"])] * number, **again):
            Attachment.objects.create(item=item, file=file, name="bilag.pdf", position=1)
        asked.append(queries_of(lambda: fill_agenda(meeting, by=cast.coordinator)))
    assert asked[0] == asked[1]
    items = list(meeting.items.select_related("clause").prefetch_related("attachments"))
    carried = [one for one in items if one.carried_from_id]
    assert len(carried) == 62 and all(len(one.attachments.all()) == 1 for one in carried)
    assert [one.position for one in items] == [*range(1, len(items) + 1)]
    assert items[-1].measure == "agenda_any_other_business"
    fill_agenda(meeting, by=cast.coordinator)
    assert meeting.items.count() == len(items)


@pytest.mark.once
def test_four_times_the_items_are_no_more_than_some_four_times_the_work(cast: Cast) -> None:
    """Asked item by item, a call of a meeting took minutes where there are thousands of them."""
    put(cast, [(None, ["open"])] * 50)
    little = steps_of(coming_of(cast))
    put(cast, [(None, ["open"])] * 150)
    assert steps_of(coming_of(cast)) < 6 * little


def steps_of(meeting: Meeting) -> int:
    """Return how many hundreds of steps SQLite takes to find what is unfinished."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection.connection.set_progress_handler(count, 100)
    unfinished(meeting)
    connection.connection.set_progress_handler(None, 0)
    return taken
