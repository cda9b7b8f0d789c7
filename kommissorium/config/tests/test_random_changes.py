"""A thousand changes behind the program's back, of rows, schema, files and key: all told.

Drawn by a fixed seed. Some keep the chain whole in itself: the end cut off, all computed anew. Those
are told by an anchor that was kept elsewhere.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from kommissorium.config.tests.file_changes import OF_FILES, on_a_copy
from kommissorium.config.tests.schema_changes import (
    OF_SCHEMA,
    ON_SQLITE,
    Chance,
    Change,
    raw,
    read_anew,
)
from kommissorium.config.tests.test_seals import (
    TABLES,
    accepted,
    added,
    deleted,
    sealed_fields,
    swapped,
    tried,
    write,
)
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.chain_check import chain, check_database, head
from kommissorium.core.evidence.daily_anchor import anchor_today
from kommissorium.core.evidence.models import Event, Record, RowVersion
from kommissorium.core.evidence.sealed_tables import SealedTable
from kommissorium.core.evidence.verifier import GENESIS, event_hash
from kommissorium.core.tests.deep import rounds
from kommissorium.core.tests.evidence.tampering import behind_the_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("samples", "db")]

CHANGES = rounds(30, 1000)
TEXTS = (
    "actor",
    "act",
    "object_kind",
    "object_id",
    "facts",
    "seals",
    "content_hash",
    "previous_hash",
)


def some_rows(chance: Chance, fewest: int = 1) -> tuple[SealedTable, Sequence[object]]:
    """Return a table with so many rows, and two of them at most."""
    for table in chance.sample(TABLES, len(TABLES)):
        keys = list(table.model._base_manager.order_by("pk").values_list("pk", flat=True))
        if len(keys) >= fewest:
            rows = table.model._base_manager.in_bulk(chance.sample(keys, min(2, len(keys))))
            return table, list(rows.values())
    raise LookupError("no rows")


def a_column(chance: Chance) -> str:
    table, rows = some_rows(chance)
    fields = sealed_fields(table)
    return (
        f"{table.name} changed" if fields and write(table, rows[0], chance.choice(fields)) else ""
    )  # type: ignore[arg-type]


def of_rows(act: Callable[..., bool], fewest: int = 1) -> Change:
    def change(chance: Chance) -> str:
        table, rows = some_rows(chance, fewest)
        return f"{table.name} {act.__name__}" if act(table, rows) else ""

    return change


def an_event(chance: Chance) -> str:
    seq, column = chance.randint(1, head()[0]), chance.choice(TEXTS)
    events = Event.objects.filter(seq=seq)
    text = str(events.values_list(column, flat=True).get())
    place = chance.randrange(len(text)) if text else 0
    forged = text[:place] + ("0" if text[place : place + 1] != "0" else "1") + text[place + 1 :]
    done = accepted(lambda: events.update(**{column: forged}))
    return f"{column} of event {seq}" if done else ""


def an_event_gone(chance: Chance) -> str:
    seq = chance.randint(1, head()[0] - 1)
    done = accepted(lambda: raw("DELETE FROM core_event WHERE seq = %s", seq))
    return f"event {seq} gone" if done else ""


def two_events_swapped(chance: Chance) -> str:
    first, second = sorted(chance.sample(range(1, head()[0] + 1), 2))

    def swap() -> None:
        for old, new in ((first, -1), (second, first), (-1, second)):
            Event.objects.filter(seq=old).update(seq=new)

    return f"events {first} and {second} swapped" if accepted(swap) else ""


def the_end_cut_off(chance: Chance) -> str:
    last = head()[0] - chance.randint(1, 20)
    raw("DELETE FROM core_event WHERE seq > %s", last)
    return f"all after event {last}"


def all_computed_anew(chance: Chance) -> str:
    seq = chance.randint(2, head()[0])
    Event.objects.filter(seq=seq).update(actor="somebody else")
    previous = GENESIS
    for event in list(chain()):
        event["previous_hash"] = previous
        if event["seq"] >= seq:
            event["hash"] = event_hash(event)
            links = {name: event[name] for name in ("previous_hash", "hash")}
            Event.objects.filter(seq=event["seq"]).update(**links)
        previous = event["hash"]
    return f"anew from event {seq}"


def a_record(chance: Chance) -> str:
    record = chance.choice(list(Record.objects.all()))
    column = chance.choice(("content", "content_hash", "kind", "object_id"))
    raw(f"UPDATE core_record SET {column} = '~' || substr({column}, 2) WHERE id = %s", record.pk)
    return f"{column} of record {record.pk}"


def a_version(chance: Chance) -> str:
    version = chance.choice(list(RowVersion.objects.order_by("pk")[:2000]))
    raw("UPDATE core_rowversion SET text = text || ' ' WHERE id = %s", version.pk)
    return f"version {version.pk}"


OF_ROWS: tuple[Change, ...] = (
    *(a_column, a_column, a_column, of_rows(deleted), of_rows(added), of_rows(swapped, 2)),
    *(an_event, an_event, an_event_gone, two_events_swapped, a_record, a_version),
    *(the_end_cut_off, all_computed_anew),
)
OF_GUARDS = (*OF_SCHEMA, *OF_FILES)


@contextmanager
def changed(change: Change, chance: Chance, folder: Path) -> Iterator[str]:
    """Make a change and tell of it; all is as before afterwards."""
    with tried(), override_settings():
        if change in OF_FILES:
            on_a_copy(folder)
        if change in OF_GUARDS:
            if not ON_SQLITE:
                raw("SET CONSTRAINTS ALL IMMEDIATE")  # else nobody may alter a table
            yield change(chance)
        else:
            with behind_the_back():
                done = change(chance)
            yield done
    read_anew()


@pytest.fixture
def anchored(settings: Any, tmp_path: Path) -> verifier.Anchor:
    """The head of the chain, which somebody keeps, on a day on which it was anchored."""
    settings.ANCHOR_FILE = tmp_path / "anchors.txt"
    anchor_today(settings.ANCHOR_FILE, on=timezone.localdate())
    assert check_database().faults == []
    return head()


@pytest.mark.parametrize("change", OF_GUARDS, ids=lambda one: one.__name__)
def test_a_change_of_what_guards_is_told(
    anchored: verifier.Anchor, tmp_path: Path, change: Change
) -> None:
    chance = random.Random(444)
    for one in range(20):
        with changed(change, chance, tmp_path / str(one)) as done:
            assert not done or check_database().faults, done
        if done:
            return
    pytest.fail("the database refused it each time")


def test_every_change_is_told(anchored: verifier.Anchor, tmp_path: Path) -> None:
    chance, made, untold = random.Random(4), 0, []
    while made < CHANGES:
        change = chance.choice((*OF_ROWS, *OF_GUARDS))
        with changed(change, chance, tmp_path / "files") as done:
            if done and not check_database([anchored]).faults:
                untold.append(f"{done}, the {made}th")
        shutil.rmtree(tmp_path / "files", ignore_errors=True)
        made += bool(done)
    assert untold == []
    assert check_database([anchored]).faults == []


@pytest.mark.parametrize(
    "change", [the_end_cut_off, all_computed_anew], ids=lambda one: one.__name__
)
def test_a_chain_that_is_whole_in_itself_shows_against_an_anchor(change: Change) -> None:
    anchor = head()
    with tried():
        with behind_the_back():
            change(random.Random(44))
        faults = check_database([anchor]).faults
    assert any("anchored" in fault for fault in faults)
