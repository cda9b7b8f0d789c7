"""Begins the sealing of a database, follows it through new versions, and leaves no row unsealed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

from kommissorium.core.database.transactions import BEFORE_COMMIT, TakesTurns
from kommissorium.core.evidence.actions import append, record
from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.evidence.guards import guards_by_table, key_print
from kommissorium.core.evidence.models import Event, Salt
from kommissorium.core.evidence.sealed_tables import (
    kept_tables,
    make_seal_triggers,
    rows_there,
    sealed_columns,
    sealed_tables,
    triggers_by_table,
)
from kommissorium.core.evidence.verifier import BEGAN, CHANGED, REST, latest_sealing
from kommissorium.core.evidence.versions import begin_versions, with_texts
from kommissorium.core.evidence.written_rows import Row, Written, any_left, take


def see_to_seals(room: AppConfig) -> None:
    """Seal the rest before every commit, and the database after every migration."""
    BEFORE_COMMIT.append(seal_the_rest)
    post_migrate.connect(lambda **_: seal_database(), sender=room, weak=False)


@transaction.atomic
def seal_database(*, new_key: bool = False, all_anew: bool = False) -> None:
    """Make the triggers of all sealed tables, and record in the chain what guards the database.

    Run after every migration. The rows of tables whose columns are others than before are sealed
    anew. Where nothing changed, nothing is written. Another signing key is recorded only when
    `new_key` says so. With `all_anew` the rows are in another engine than that of their last seals,
    whose text of them is another.
    """
    make_seal_triggers(connection)
    salt, _ = Salt.objects.get_or_create(pk=1, defaults={"value": secrets.token_hex(32)})
    said = _said()
    now: dict[str, Any] = {
        "salt": sha256(salt.value),
        "columns": sealed_columns(),
        "kept": kept_tables(),
        "lasting": True,  # versions outlast their rows
        "triggers": triggers_by_table(connection),
        "guards": guards_by_table(connection),
        "key": key_print(salt.value) if new_key or "key" not in said else said["key"],
        "time_zone": settings.TIME_ZONE,  # where a day ends
    }
    if now == said and not all_anew:
        return
    known = said.get("columns", {})
    columns = now["columns"].items()
    anew = sorted(name for name, there in columns if all_anew or known.get(name) != there)
    waiting = {row: written for row, written in take(connection).items() if row[0] not in anew}
    rows = with_texts(waiting) | _rows_of(anew)
    if said:
        begin_versions(set(now["kept"]).difference(said.get("kept", ())))
    record(CHANGED if said else BEGAN, salt, by=None, facts={**now, "anew": anew}, rows=rows)


def sealing_is_due() -> bool:
    """Return whether this version seals other columns, keeps other versions, or if days end in
    another time zone, than the last event says.

    A version may do so without a migration. Triggers alone are never followed here: one that
    somebody else took away or made is for `verify` to tell.
    """
    said = _said()
    same = said.get("columns") == sealed_columns() and said.get("kept") == kept_tables()
    return not (same and said.get("time_zone") == settings.TIME_ZONE and "guards" in said)


def seal_other_columns() -> None:
    """Seal the database anew where that is due."""
    if sealing_is_due():
        seal_database()


def seal_the_rest(transaction_of: BaseDatabaseWrapper) -> None:
    """Seal the rows a transaction wrote after its last event, before it is committed."""
    if any_left(transaction_of) and (rows := take(transaction_of)):
        if isinstance(transaction_of, TakesTurns):
            transaction_of.wait_for_turn()  # a statement on its own began without one
        append(REST, Salt(pk=1), by=None, rows=rows)


def _said() -> dict[str, Any]:
    sealing = Event.objects.filter(act__in=(BEGAN, CHANGED)).order_by("seq")
    return latest_sealing(sealing.values("facts"))


def _rows_of(tables: Iterable[str]) -> dict[Row, Written]:
    """Return all rows of tables, as if there had been none before."""
    found: dict[Row, Written] = {}
    for name in tables:
        table = sealed_tables()[name]
        for key, text in rows_there(connection, table):
            found[name, key] = Written("", sha256(text), text if table.is_kept else "")
    return found
