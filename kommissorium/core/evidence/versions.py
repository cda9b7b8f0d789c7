"""The beginning of versions: what rows hold now belongs to each event that sealed just that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import connection

from kommissorium.core.evidence.actions import database_salt
from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.evidence.chain_check import chain
from kommissorium.core.evidence.models import RowVersion
from kommissorium.core.evidence.sealed_tables import kept_tables, rows_there, sealed_tables
from kommissorium.core.evidence.verifier import Report, check_events, row_salt, seal
from kommissorium.core.evidence.written_rows import Row, Written

AT_ONCE = 500


def begin_versions(tables: set[str]) -> None:
    """Keep a version for each seal there is of these tables' rows, before an event says they are kept.

    It has a text where the seal is that of what the row holds now; what it held otherwise nobody
    kept. No event tells of the rows: nothing about them is news.
    """
    unkept = check_events(chain(), Report(), ()).unkept if tables else {}
    for name in sorted(tables & unkept.keys()):
        RowVersion.objects.bulk_create(
            _versions(name, unkept[name]), AT_ONCE, ignore_conflicts=True
        )


def _versions(name: str, sealed: Mapping[str, Mapping[int, str]]) -> Iterator[RowVersion]:
    salt, texts = database_salt(connection), dict(rows_there(connection, sealed_tables()[name]))
    for key, seals in sealed.items():
        text = texts.get(key, "")
        known = {"": "", seal(row_salt(salt, name, key), sha256(text)): text}
        for seq, found in seals.items():
            yield RowVersion(event_id=seq, table=name, key=key, text=known.get(found))


def with_texts(rows: Mapping[Row, Written]) -> dict[Row, Written]:
    """Return written rows with the texts to be kept that triggers of before did not hand over."""
    bare = {row for row, written in rows.items() if written.now and not written.text}
    found = dict(rows)
    for name in {name for name, _key in bare} & set(kept_tables()):
        for key, text in rows_there(connection, sealed_tables()[name]):
            if (name, key) in bare:
                found[name, key] = found[name, key]._replace(text=text)
    return found
