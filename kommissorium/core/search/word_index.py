"""The index over the words of passages: FTS5 on SQLite, GIN on PostgreSQL."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.expressions import RawSQL

from kommissorium.core.evidence.freeze_triggers import Triggers

# Stems hold nothing but letters and digits, so no word is cut in two or folded.
SQLITE: Final = (
    (
        "CREATE VIRTUAL TABLE core_passage_words USING fts5(words, content='core_passage',"
        " content_rowid='id', tokenize=\"unicode61 remove_diacritics 0\", detail='none')"
    ),
    (
        "CREATE TRIGGER core_passage_come AFTER INSERT ON core_passage BEGIN"
        " INSERT INTO core_passage_words(rowid, words) VALUES (new.id, new.words); END"
    ),
    (
        "CREATE TRIGGER core_passage_gone AFTER DELETE ON core_passage BEGIN"
        " INSERT INTO core_passage_words(core_passage_words, rowid, words)"
        " VALUES ('delete', old.id, old.words); END"
    ),
)
# The stems are kept as the database compares them. Were they made of the words each time, it would
# take that for cheap, and read whole tables rather than the index.
POSTGRESQL: Final = (
    (
        "ALTER TABLE core_passage ADD COLUMN stems tsvector"
        " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
    ),
    "CREATE INDEX core_passage_words ON core_passage USING gin (stems)",
)
AWAY: Final = {
    "sqlite": (
        "DROP TRIGGER core_passage_come",
        "DROP TRIGGER core_passage_gone",
        "DROP TABLE core_passage_words",
    ),
    "postgresql": ("ALTER TABLE core_passage DROP COLUMN stems",),
}
MATCHING: Final = "SELECT rowid FROM core_passage_words WHERE core_passage_words MATCH %s"
PREFIX_FROM: Final = 3  # letters: what begins so is found too, as Danish puts words together


def word_index() -> Triggers:
    """Return the migration step that makes the index."""

    def forwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        is_sqlite = editor.connection.vendor == "sqlite"
        for statement in SQLITE if is_sqlite else POSTGRESQL:
            editor.execute(statement)

    def backwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in AWAY[editor.connection.vendor]:
            editor.execute(statement)

    return Triggers(forwards, backwards)


def has_all(stems: Sequence[str]) -> models.Q:
    """Return the condition that a passage has words of all these stems."""
    if connection.vendor == "sqlite":
        return models.Q(pk__in=RawSQL(MATCHING, [_match(stems)]))  # noqa: S611 stems are letters alone
    question = " & ".join(f"'{one}'{':*' if _opens(one) else ''}" for one in stems)
    holds = RawSQL(
        "core_passage.stems @@ %s::tsquery", [question], output_field=models.BooleanField()
    )
    return models.Q(holds)


def newest_with_all(stems: Sequence[str], most: int, before: int | None = None) -> models.Q:
    """Return the same for the newest of them, or the newest before one.

    PostgreSQL leaves it to the query to take so many.
    """
    older = models.Q() if before is None else models.Q(pk__lt=before)
    if connection.vendor != "sqlite":
        return has_all(stems) & older
    newest = (
        f"{MATCHING} AND rowid < %s ORDER BY rowid DESC LIMIT %s"  # else it lists them all first
    )
    asked = [_match(stems), before or sys.maxsize, most]
    return models.Q(pk__in=RawSQL(newest, asked))  # noqa: S611 as above


def reads_all(stems: Sequence[str]) -> models.Q:
    """Return the same for few passages: it reads each, and no index."""
    place = "instr" if connection.vendor == "sqlite" else "strpos"
    stands = f"{place}(' ' || core_passage.words || ' ', %s) > 0"
    found = models.Q()
    for one in stems:
        word = f" {one}" if _opens(one) else f" {one} "
        found &= models.Q(RawSQL(stands, [word], models.BooleanField()))  # noqa: S611 as above
    return found


def _match(stems: Sequence[str]) -> str:
    return " AND ".join(f'"{one}"{"*" if _opens(one) else ""}' for one in stems)


def _opens(stem: str) -> bool:
    return len(stem) >= PREFIX_FROM
