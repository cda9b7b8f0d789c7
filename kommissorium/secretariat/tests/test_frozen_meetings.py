"""Called and approved meetings refuse change by any route, on both databases."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kommissorium.conftest import Cast, CastAnd, find_cast, in_days, plan
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.freeze_triggers import MESSAGE
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.review import comment, mark_read, settle_comment
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
    Minutes,
    Proceedings,
    Review,
    RowChoice,
)
from kommissorium.meetings.tests.minutes_cases import confirmed, in_review
from kommissorium.secretariat.actions.cycle import approve

sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's REPLACE")
postgresql_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE")

BORN_FROZEN = ("call", "approval", "confirmation", "decision")
OF_THE_MEETING = ("agendaitem", "attendance")
OF_AN_ITEM = ("attachment", "absence", "advice", "dissent", "proceedings", "rowchoice")
OF_THE_MINUTES = ("comment", "review")
CLOSED = (*OF_THE_MEETING, *OF_AN_ITEM, *OF_THE_MINUTES)
TABLES = [f"meetings_{name}" for name in (*BORN_FROZEN, *CLOSED, "minutes")]


@pytest.fixture(scope="module")
def held(cast_and: CastAnd) -> None:
    """A meeting that is over, the same for all tests here: none may change anything of it."""
    cast_and(_hold)


@pytest.fixture
def over(held: None, db: None) -> Meeting:
    """A meeting with a row in every table, its minutes approved and confirmed."""
    return Meeting.objects.earliest("pk")


def _hold() -> None:
    cast = find_cast()
    meeting = plan(cast)
    later = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )
    minutes = in_review(cast, meeting)
    _say_much(cast, meeting)
    settle_comment(
        comment(minutes, by=cast.member, item=None, text="Ret"), by=cast.coordinator, answer="Ja"
    )
    mark_read(minutes, by=cast.member)
    approve(minutes, by=cast.chair)
    confirmed(cast, Minutes.objects.get(), later, "<p>Rettet</p>")


def _say_much(cast: Cast, meeting: Meeting) -> None:
    item = meeting.items.get(number=1)
    member = meeting.attendances.get(person=cast.member)
    now = timezone.now()
    Absence.objects.create(item=item, attendance=member, ground="left", noted_at=now)
    Dissent.objects.create(item=item, attendance=member, kind="dissent", text="Nej", noted_at=now)
    Advice.objects.create(
        item=item, person=cast.dpo, text="Råd", given_at=now, followed=True, because=""
    )
    RowChoice.objects.create(
        item=item, key="a.b:1", code="end", words="ophæver det", chosen_by=cast.coordinator
    )


def refused(statement: str) -> None:
    """Assert that the database itself refuses the statement, and for the right reason."""
    with (
        pytest.raises(DatabaseError, match=MESSAGE),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [
            column.name for column in connection.introspection.get_table_description(cursor, table)
        ]


def row_of(table: str, meeting: Meeting) -> str:
    """Return the condition for one row of the meeting in the table."""
    items = f"(SELECT id FROM meetings_agendaitem WHERE meeting_id = {meeting.pk})"
    minutes = f"(SELECT id FROM meetings_minutes WHERE meeting_id = {meeting.pk})"
    name = table.removeprefix("meetings_")
    if name in OF_AN_ITEM:
        where = f"item_id IN {items}"
    elif name in (*OF_THE_MINUTES, "approval", "confirmation"):
        where = f"minutes_id IN {minutes}"
    else:
        where = f"meeting_id = {meeting.pk}"
    return f"id = (SELECT min(id) FROM {table} WHERE {where})"


@pytest.mark.parametrize("table", TABLES)
def test_there_is_a_row_to_try_on(over, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {row_of(table, over)}")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("table", TABLES)
def test_no_column_of_a_frozen_row_can_be_written(over, table):
    for column in columns_of(table):
        refused(f'UPDATE {table} SET "{column}" = "{column}" WHERE {row_of(table, over)}')
    assert check_database().holds


@pytest.mark.parametrize("table", TABLES)
def test_a_frozen_row_cannot_be_deleted(over, table):
    refused(f"DELETE FROM {table} WHERE {row_of(table, over)}")


@sqlite_only
@pytest.mark.parametrize("table", TABLES)
def test_a_frozen_row_cannot_be_replaced(over, table):
    columns = ", ".join(f'"{name}"' for name in columns_of(table))
    for verb in ("REPLACE", "INSERT OR REPLACE"):
        refused(
            f"{verb} INTO {table} ({columns}) "
            f"SELECT {columns} FROM {table} WHERE {row_of(table, over)}"
        )


@pytest.mark.parametrize("table", TABLES)
def test_a_frozen_row_cannot_be_written_by_an_upsert(over, table):
    columns = ", ".join(f'"{name}"' for name in columns_of(table))
    other = next(name for name in columns_of(table) if name != "id")
    refused(
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} "
        f"WHERE {row_of(table, over)} "
        f'ON CONFLICT (id) DO UPDATE SET "{other}" = excluded."{other}"'
    )


@postgresql_only
@pytest.mark.parametrize("table", TABLES)
def test_a_frozen_table_cannot_be_truncated(over, table):
    with connection.cursor() as cursor:  # else what the test itself wrote is in the way
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("name", CLOSED)
def test_no_row_comes_to_a_meeting_that_is_over(over, name):
    table = f"meetings_{name}"
    columns = [column for column in columns_of(table) if column != "id"]
    names = ", ".join(f'"{column}"' for column in columns)
    refused(
        f"INSERT INTO {table} (id, {names}) "
        f"SELECT id + 100000, {names} FROM {table} WHERE {row_of(table, over)}"
    )


def test_an_item_cannot_be_moved_into_or_out_of_a_meeting_that_is_over(over, cast):
    other = plan_meeting(
        cast.committee, by=cast.coordinator, starts_at=in_days(200, 13), ends_at=in_days(200, 15)
    )
    free = other.items.all()[0].pk
    refused(f"UPDATE meetings_agendaitem SET meeting_id = {over.pk} WHERE id = {free}")
    kept = over.items.all()[0].pk
    refused(f"UPDATE meetings_agendaitem SET meeting_id = {other.pk} WHERE id = {kept}")


def test_a_meeting_that_is_over_keeps_its_state_time_and_number(over):
    for column, value in {
        "state": "'called'",
        "starts_at": "created_at",
        "place": "'Et andet sted'",
        "number": "99",
        "year": "2001",
        "led_by_id": "NULL",
    }.items():
        refused(f"UPDATE meetings_meeting SET {column} = {value} WHERE id = {over.pk}")
    refused(f"DELETE FROM meetings_meeting WHERE id = {over.pk}")


def test_the_orm_is_refused_as_well(over):
    approval = Approval.objects.get()
    attempts = (
        lambda: Approval.objects.update(capacity="deputy_chair"),
        approval.save,
        approval.delete,
        lambda: Approval.objects.filter(pk=approval.pk).update(by=None),
        lambda: Approval.objects.bulk_update([approval], ["at"]),
        lambda: Call.objects.filter(meeting=over).update(late_because="x"),
        lambda: Confirmation.objects.update(changes=""),
        lambda: Decision.objects.update(text="Noget andet"),
        lambda: AgendaItem.objects.filter(meeting=over).update(title="x"),
        lambda: Attachment.objects.filter(item__meeting=over).update(name="x"),
        lambda: Attendance.objects.filter(meeting=over).update(presence="absent"),
        lambda: Proceedings.objects.filter(item__meeting=over).update(decision="x"),
        lambda: Comment.objects.update(answer="x"),
        lambda: Review.objects.all().delete(),
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert check_database().holds
