"""Every row written is sealed in the chain, and the check finds changes behind its back."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction

from kommissorium.core.evidence import sealed_tables
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.daily_anchor import anchor_today
from kommissorium.core.evidence.models import Anchor, Event, Record, Salt
from kommissorium.core.evidence.sealing import seal_database, seal_other_columns
from kommissorium.core.evidence.verifier import BEGAN, CHANGED, REST
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.models import FileDamaged
from kommissorium.core.tests.evidence.tampering import tamper

Person = get_user_model()

sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="another program's writes")


def faults() -> list[str]:
    return check_database().faults


def last_event() -> Event:
    return Event.objects.order_by("-seq")[0]


def rename(person, name: str) -> Event:
    """Change a person and record it."""
    Person.objects.filter(pk=person.pk).update(name=name)
    return record("accounts.person_changed", person, by=None)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Files and anchors of this test alone."""
    settings.FILES_DIR = tmp_path / "files"
    settings.ANCHOR_FILE = tmp_path / "anchors.txt"


def test_a_new_database_says_what_is_sealed_before_anything_else(cast):
    first = Event.objects.get(seq=1)
    assert (first.act, first.actor) == (BEGAN, "system")
    assert faults() == []
    assert check_database().rows > 100


def test_what_stays_outside_the_seals_is_listed_with_its_reason():
    """Whoever adds a table to this list takes it out of the promise of the program."""
    assert sorted(name for name in sealed_tables.unsealed() if "." in name) == [
        "accounts_person.last_login",
        "accounts_person.password",
        "registers_importrun.progress",
    ]
    beside = sealed_tables.BESIDE
    ours = [name for name in sealed_tables.unsealed() if "." not in name and name not in beside]
    labels = tuple(f"{label}_" for label in sealed_tables.OTHERS)
    assert [name for name in ours if not name.startswith((*labels, "django_"))] == [
        "accounts_reading",  # who read what few may read, kept a year and then forgotten
        "core_job",
        "core_mailboxstate",
        "core_outboxmail",
        "core_passage",  # texts of other rows, made ready to be searched
        "core_receivedmail",
        "core_reminded",
        "core_reminderround",
        "core_rowversion",  # former values, each checked by the seal in its event
        "core_stamp",  # each proved by the signature of who gave it
        "meetings_itemreading",  # who has read what before a meeting, forgotten after it
        "meetings_privatenote",  # what people note for themselves, likewise
    ]
    assert all(sealed_tables.unsealed().values())


def test_an_event_seals_what_was_written_before_it_and_nothing_twice(cast):
    with transaction.atomic():
        first = rename(cast.chair, "Et andet navn")
        second = record("core.tried", cast.chair, by=None)
    assert f'"{cast.chair.pk}"' in first.seals
    assert second.seals == ""
    assert faults() == []


def test_a_row_written_again_as_it_was_needs_no_seal(cast):
    Person.objects.filter(pk=cast.chair.pk).update(name="Et andet navn")
    assert rename(cast.chair, cast.chair.name).seals == ""


def test_rows_written_before_an_event_that_was_taken_back_are_sealed_by_the_next(cast):
    Person.objects.filter(pk=cast.chair.pk).update(name="Et andet navn")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        rename(cast.deputy, "Et tredje navn")
        raise ZeroDivisionError
    event = record("accounts.person_changed", cast.chair, by=None)
    assert f'"{cast.chair.pk}"' in event.seals
    assert f'"{cast.deputy.pk}"' not in event.seals
    assert faults() == []


def test_what_a_transaction_writes_after_its_last_event_is_sealed_all_the_same(committing):
    with transaction.atomic():
        rename(committing.chair, "Et andet navn")
        Person.objects.filter(pk=committing.deputy.pk).update(name="Et tredje navn")
    assert last_event().act == REST
    assert f'"{committing.deputy.pk}"' in Event.objects.values_list("seals", flat=True)[0]
    assert faults() == []


def test_a_write_without_a_transaction_is_sealed_as_well(committing):
    Person.objects.filter(pk=committing.deputy.pk).update(name="Et tredje navn")
    assert last_event().act == REST
    assert faults() == []


def test_a_row_made_without_a_transaction_is_sealed_by_the_next_even_after_one_failed(committing):
    person = Person.objects.create(name="En ny")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    rename_again = Person.objects.filter(pk=committing.deputy.pk)
    with transaction.atomic():
        rename_again.update(name="Et tredje navn")
    assert faults() == []
    later = Person.objects.create(name="En til")
    connection.close()
    assert faults() == []
    assert {person.pk, later.pk} <= set(Person.objects.values_list("pk", flat=True))


def test_reading_and_what_is_unsealed_add_no_event(committing):
    before = last_event().seq
    with transaction.atomic():
        list(Person.objects.all())
        Person.objects.filter(pk=committing.deputy.pk).update(last_login=None, password="!")
    assert last_event().seq == before


def test_a_failed_write_leaves_nothing_to_seal(committing):
    before = last_event().seq
    with pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.filter(pk=committing.deputy.pk).update(email=committing.chair.email)
    with transaction.atomic():
        list(Person.objects.all())
    assert last_event().seq == before
    assert faults() == []


@sqlite_only
def test_another_program_cannot_write_to_a_sealed_table(committing):
    other = sqlite3.connect(connection.settings_dict["NAME"])
    try:
        with pytest.raises(sqlite3.OperationalError, match="no such function"):
            other.execute("UPDATE accounts_person SET name = 'x'")
    finally:
        other.close()


def test_a_change_shows_also_when_the_program_wrote_the_row_again(cast):
    rename(cast.chair, "Et andet navn")
    tamper("UPDATE accounts_person SET department = 'x' WHERE id = %s", cast.chair.pk)
    event = rename(cast.chair, "Et tredje navn")
    [fault] = faults()
    assert fault.startswith(
        f"accounts_person {cast.chair.pk} was changed behind the program's back"
    )
    assert f"before event {event.seq}" in fault


def test_a_row_deleted_and_put_back_by_the_program_shows(cast):
    person = Person.objects.create(name="En ny")
    record("accounts.person_added", person, by=None)
    tamper("DELETE FROM accounts_person WHERE id = %s", person.pk)
    person.save(force_insert=True)
    record("accounts.person_changed", person, by=None)
    assert any("behind the program's back" in fault for fault in faults())


def drop(name: str, table: str) -> None:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("committees_seat_seal_update", "committees_seat"),
        (
            "core_event_no_change" if connection.vendor == "postgresql" else "core_event_no_delete",
            "core_event",
        ),
    ],
)
def test_a_trigger_that_is_gone_is_named(cast, name, table):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    drop(name, table)
    assert faults() == [f"{table}: the trigger {name} is missing"]


def test_a_trigger_that_does_nothing_is_named(cast):
    name = "committees_seat_seal_update"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE committees_seat DISABLE TRIGGER {name}")
        else:
            drop(name, "committees_seat")
            cursor.execute(
                f"CREATE TRIGGER {name} AFTER UPDATE ON committees_seat BEGIN SELECT 1; END"
            )
    assert faults() == [f"committees_seat: the trigger {name} is not the one that was made"]


@sqlite_only
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_event SET at = 'x' WHERE seq = 2",
        "UPDATE core_record SET at = 'x'",
        "UPDATE accounts_person SET name = x'00ff'",
        "UPDATE core_salt SET value = 'x'",
        "DELETE FROM core_salt",
    ],
)
def test_values_that_cannot_be_read_are_told(cast, statement):
    tamper(statement)
    assert any("cannot be read" in fault for fault in faults())


@pytest.mark.parametrize("column", ["facts", "seals"])
def test_an_event_whose_json_is_none_is_told(cast, column):
    freeze("core.try", cast.committee, by=None, content={"n": 1})
    for text in ("{", "[1]", '"x"', '{"accounts_person": 1}'):
        tamper(f"UPDATE core_event SET {column} = %s", text)
        assert f"event 2: its {column} are not those that were written" in faults()


def test_another_salt_is_told(cast):
    tamper("UPDATE core_salt SET value = %s", "0" * 64)
    connection.salt_of = None
    assert "the salt is not the one with which sealing began" in faults()


def test_a_record_changed_or_deleted_is_told(cast):
    frozen = freeze("core.try", cast.committee, by=None, content={"n": 1}, pdf=b"%PDF-1")
    tamper("UPDATE core_record SET object_id = '99' WHERE id = %s", frozen.pk)
    assert faults() == [f"record {frozen.pk}: its object_id is not what was frozen"]
    tamper("DELETE FROM core_record WHERE id = %s", frozen.pk)
    assert faults() == [f"the record that event {frozen.event_id} froze is missing"]
    assert not Record.objects.filter(pk=frozen.pk).exists()


def test_a_file_changed_cut_or_deleted_is_told_and_not_handed_out(cast):
    stored = store_file(b"%PDF-1.7 whole", "bilag.pdf")
    record("core.tried", cast.committee, by=None)
    assert (faults(), check_database().files) == ([], 1)
    for data, word in ((b"%PDF-1.7 other", "other bytes"), (b"%PDF-1.7", "it has 8 bytes")):
        stored.path.write_bytes(data)
        [fault] = faults()
        assert fault.startswith(f"file {stored.pk}: ")
        assert word in fault
        with pytest.raises(FileDamaged):
            stored.read()
    stored.path.unlink()
    assert "cannot be read" in faults()[0]
    with pytest.raises(FileDamaged):
        stored.read()


def cut_off_the_end() -> None:
    """Remove the last event of the chain, with everything it sealed."""
    tamper("DELETE FROM core_event WHERE seq = (SELECT max(seq) FROM core_event)")


def test_a_chain_cut_at_its_end_shows_against_each_anchor(cast):
    record("core.tried", cast.chair, by=None)
    anchor_today(settings.ANCHOR_FILE, on=date(2026, 3, 1))
    noted = (last_event().seq, last_event().hash)
    assert faults() == []
    cut_off_the_end()
    missing = (
        f"event {noted[0]} was anchored and is missing: an older state was put back, or the end"
    )
    assert faults() == [f"{missing} cut off, for the last is {noted[0] - 1}"]
    tamper("DELETE FROM core_anchor")
    assert len(faults()) == 2  # and the file has an anchor the database has not
    settings.ANCHOR_FILE.unlink()
    assert faults() == []  # nothing here knows of it any more ...
    assert check_database([noted]).faults[0].startswith(missing)


def test_an_anchor_missing_on_either_side_is_told(cast):
    anchor_today(settings.ANCHOR_FILE, on=date(2026, 3, 1))
    lines = settings.ANCHOR_FILE.read_text()
    settings.ANCHOR_FILE.write_text("")
    assert "is missing in anchors.txt" in faults()[0]
    settings.ANCHOR_FILE.write_text(lines + "noget andet\n")
    assert faults() == ["line 2 of anchors.txt is no anchor"]
    settings.ANCHOR_FILE.write_text(lines)
    tamper("UPDATE core_anchor SET hash = %s", "0" * 64)
    assert len(faults()) == 3  # either side lacks the other's, and the chain has not the forged one
    assert Anchor.objects.count() == 1


def test_an_anchor_beyond_the_end_is_told(cast):
    [fault] = check_database([(10**6, "0" * 64)]).faults
    assert fault.startswith("event 1000000 was anchored and is missing")


def test_two_anchors_of_one_event_cannot_both_hold(cast):
    right = (last_event().seq, last_event().hash)
    assert check_database([right, (right[0], "0" * 64)]).faults == [
        f"event {right[0]} is not the one that was anchored"
    ]


def test_a_new_column_lets_its_table_be_sealed_anew(cast, monkeypatch):
    """As after a migration: the rows' texts are others, and the chain says so once."""
    seal_database()
    before = last_event()
    assert before.act != CHANGED  # nothing changed, so nothing was written
    tables = sealed_tables.sealed_tables()
    seat = tables["committees_seat"]
    fewer = tuple(column for column in seat.columns if column != "function")
    fewer_of = sealed_tables.SealedTable(seat.name, seat.key, fewer, seat.binary, seat.model)
    monkeypatch.setitem(tables, "committees_seat", fewer_of)
    assert faults() != []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Person.objects.filter(pk=cast.chair.pk).update(name="Skrevet lige før")
    seal_other_columns()
    assert last_event().act == CHANGED
    seal_other_columns()
    assert Event.objects.filter(act=CHANGED).count() == 1
    assert faults() == []
    seats = apps.get_model("committees", "Seat").objects.order_by("pk")
    seats.filter(pk=seats[0].pk).update(to_date=date(2030, 1, 1))
    record("core.tried", cast.committee, by=None)
    assert faults() == []
    assert Salt.objects.count() == 1


def test_where_days_end_is_sealed_once_and_when_it_changes(cast: Any, settings: Any) -> None:
    def said() -> list[str]:
        events = Event.objects.filter(act__in=(BEGAN, CHANGED)).order_by("seq")
        return [json.loads(facts)["time_zone"] for facts in events.values_list("facts", flat=True)]

    assert said() == ["Europe/Copenhagen"]
    seal_other_columns()
    settings.TIME_ZONE = "Atlantic/Faroe"
    seal_other_columns()
    seal_other_columns()
    assert said() == ["Europe/Copenhagen", "Atlantic/Faroe"]
