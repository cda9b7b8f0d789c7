"""What rows held is kept with each seal, also of removed rows and of seals before versions began."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.actions import erase_former, record
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.export import write_export
from kommissorium.core.evidence.models import Event, RowVersion
from kommissorium.core.evidence.sealed_tables import SealedTable, sealed_tables
from kommissorium.core.evidence.sealing import seal_database
from kommissorium.core.tests.evidence.tampering import tamper

pytestmark = pytest.mark.django_db

Area: Any = apps.get_model("assets", "Area")
TABLE = "assets_area"


def test_what_rows_held_is_kept_of_every_sealed_table_or_there_is_a_reason() -> None:
    """Whoever adds a table to this list takes it out of what is known of a day gone by."""
    assert sorted(name for name, table in sealed_tables().items() if not table.is_kept) == [
        "accounts_directorylink",
        "accounts_emailchange",
        "accounts_person",
        "assets_completeness",
        "awareness_completion",
        "compliance_frozenanswer",
        "core_storedfile",
        "incidents_concernedperson",
        "meetings_calendarfeed",
        "meetings_itemdraft",
        "registers_bulkrow",
        "registers_dailyfigures",
        "registers_importedrow",
        "registers_importrun",
        "registers_savedlist",
    ]


def faults() -> list[str]:
    """Return the faults of the database, and of an export of it."""
    target = BytesIO()
    write_export(target)
    return check_database().faults + verifier.check_export(target, []).faults


def named(area: Any, name: str) -> int:
    """Give the area a name; return the number of the event that tells of it."""
    Area.objects.filter(pk=area.pk).update(name=name)
    return record("core.tried", area, by=None).seq


def made(name: str) -> tuple[Any, int]:
    area = Area.objects.create(name=name)
    return area, record("core.tried", area, by=None).seq


def gone(area: Any) -> int:
    Area.objects.filter(pk=area.pk).delete()
    return record("core.tried", area, by=None).seq


def held(area: Any, seq: int) -> str | None:
    """Return a mark of what the area held after an event: its name, "" for no row, or None."""
    text = RowVersion.objects.held(TABLE, seq).get(str(area.pk), "")
    return text and str(json.loads(text)["name"])


def seal_anew() -> Event:
    """Seal the database as an update of the program does; return the newest event."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    seal_database()
    return Event.objects.order_by("-seq")[0]


@contextmanager
def an_older_release(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Live as long as areas have no versions."""
    with monkeypatch.context() as patch:
        patch.setattr(SealedTable, "is_kept", property(lambda table: table.name != TABLE))
        seal_anew()
        yield


def test_a_removed_row_keeps_its_versions(cast: Any) -> None:
    area, first = made("Havnen")
    second = named(area, "Havn")
    third = gone(area)
    assert [held(area, seq) for seq in (first, second, third)] == ["Havnen", "Havn", ""]
    assert faults() == []
    tamper('DELETE FROM core_rowversion WHERE "table" = %s AND event_id = %s', TABLE, third)
    assert f"{TABLE} {area.pk}: the version of event {third} is missing" in faults()


def test_a_text_belongs_to_each_event_that_sealed_the_same(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with an_older_release(monkeypatch):
        area, first = made("Havnen")
        others = [named(area, name) for name in ("Skolen", "Havnen")]
        removed, there = made("Broen")
        away = gone(removed)
    assert not RowVersion.objects.filter(table=TABLE, event__gte=first).exists()
    began = seal_anew()
    assert (began.act, began.seals) == (verifier.CHANGED, "")  # no row is news
    assert [held(area, seq) for seq in (first - 1, first, *others)] == [
        "",
        "Havnen",
        None,
        "Havnen",
    ]
    assert [held(removed, seq) for seq in (there - 1, there, away)] == ["", None, ""]
    assert faults() == []
    assert held(area, named(area, "Kajen")) == "Kajen"
    assert faults() == []
    assert seal_anew().act != verifier.CHANGED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_rowversion SET text = NULL WHERE text IS NOT NULL",
        'UPDATE core_rowversion SET text = \'{"name": "Kajen"}\' WHERE text IS NULL',
    ],
)
def test_a_text_that_is_taken_away_or_made_up_is_found(
    cast: Any, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    with an_older_release(monkeypatch):
        area, first = made("Havnen")
        named(area, "Skolen")
    seal_anew()
    assert faults() == []
    tamper(f"{statement} AND event_id >= %s", first)
    assert any(f"{TABLE} {area.pk}: the version of event" in fault for fault in faults())


def test_a_row_changed_before_versions_began_shows(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with an_older_release(monkeypatch):
        area, first = made("Havnen")
        tamper("UPDATE assets_area SET name = 'Kajen' WHERE id = %s", area.pk)
    seal_anew()
    assert held(area, first) is None
    assert any(f"{TABLE} {area.pk} is not what event {first}" in fault for fault in faults())


def test_what_an_update_writes_before_it_seals_has_its_text(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with an_older_release(monkeypatch):
        area, first = made("Havnen")
        Area.objects.filter(pk=area.pk).update(name="Kajen")
    began = seal_anew()
    assert (held(area, first), held(area, began.seq)) == (None, "Kajen")
    assert faults() == []


def test_what_a_rule_erases_nobody_knows_any_more(cast: Any) -> None:
    area, first = made("Ulla Rosenørn")
    other, unchanged = made("Skolen")
    second = named(area, "En borger")
    third = named(area, "Havnen")
    Area.objects.filter(pk=area.pk).update(edit_version=9)
    erased = record("core.tried", area, by=None, facts=erase_former(area, other)).seq
    assert [held(area, seq) for seq in (first, second, third, erased)] == [None] * 3 + ["Havnen"]
    assert held(other, unchanged) == "Skolen"
    removed = gone(other)
    record("core.tried", area, by=None, facts=erase_former(other))
    assert (held(other, unchanged), held(other, removed)) == (None, "")
    assert faults() == []
    tamper("UPDATE core_rowversion SET text = 'x' WHERE event_id = %s", first)
    assert any(f"the version of event {first} is not" in fault for fault in faults())
