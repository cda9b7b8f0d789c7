"""What this program expects of a database's tables, and where those that are there differ.

The chain says what guarded a database when it was sealed (guards); this says what the program was
written for. A database of another origin can agree with its own chain, and still lack a column.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.evidence.guards import Parts, differences, parts_there
from kommissorium.core.evidence.sealed_tables import VERBS, sealed_tables, triggers_there

type Part = tuple[str, str, str]  # its table, name and text

DIGITS = 12  # of a SHA-256: they tell apart, and prove nothing
# Tables that the search library keeps by itself, and the cache, which Django makes.
NOT_OURS = re.compile(r"core_passage_words_|core_cache$")
PLAIN_INDEX = re.compile("CREATE ?INDEX")
_PARTING = re.compile(r', (?=["CFU])')


@cache
def expected(vendor: str) -> Parts:
    """Return the parts of our tables as scripts/shape.py wrote them, without triggers of seals."""
    text = files(__package__).joinpath(f"shape_{vendor}.json").read_text("ascii")
    parts: Parts = json.loads(text)
    return parts


def shape_there(connection: BaseDatabaseWrapper) -> Parts:
    """Return the parts of our tables in a database, to be expected of others."""
    rooms = tuple(f"{room.label}_" for room in apps.get_app_configs() if _is_ours(room.name))
    tables: Parts = {}
    for table, name, text in _parts(connection, triggers_there(connection)):
        if table.startswith(rooms) and not NOT_OURS.match(table):
            tables.setdefault(table, {})[name] = _print(text)
    return tables


def misshapen(connection: BaseDatabaseWrapper, *, sealed: bool = True) -> dict[str, list[str]]:
    """Return by table a line for each part that is not as this program expects it.

    Tables of others may be there, and more indexes that only make it quicker. Without `sealed`
    the triggers of seals are not looked for.
    """
    wanted, there = expected(connection.vendor), triggers_there(connection)
    own: Parts = {}
    for table, name, text in _parts(connection, there):
        if table in wanted and (name in wanted[table] or not PLAIN_INDEX.match(text)):
            own.setdefault(table, {})[name] = _print(text)
    found: dict[str, list[str]] = {}
    for table, line in differences(wanted, own, "constraint, index or trigger"):
        found.setdefault(table, []).append(line)
    found = {table: _columns(connection, table) + lines for table, lines in found.items()}
    names = {name for _table, name, _text in there}
    for table in sealed_tables() if sealed else ():
        for name in sorted(_seals(table) - names):
            found.setdefault(table, []).append(f"{table}: the trigger {name} is missing")
    return found


def in_no_order(statement: str) -> list[str]:
    """Return the columns and constraints of a CREATE TABLE in one order: theirs means nothing."""
    return sorted(_PARTING.split(statement.partition("(")[2].removesuffix(")")))


def _parts(connection: BaseDatabaseWrapper, triggers: list[Part]) -> list[Part]:
    """Return the parts of all tables, without the triggers of seals: those follow the models."""
    others = [one for one in triggers if one[1] not in _seals(one[0])]
    return parts_there(connection, all_indexes=True) + others


def _columns(connection: BaseDatabaseWrapper, name: str) -> list[str]:
    """Return a line for each column that the program has and the table has not."""
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}  # noqa: SLF001 Django's documented model API
    with connection.cursor() as cursor:
        there = {one.name for one in connection.introspection.get_table_description(cursor, name)}
    if name not in tables or not there:
        return []
    wanted = {str(field.column) for field in tables[name]._meta.local_fields}  # noqa: SLF001 as above
    return [f"{name}: it has no column {column}" for column in sorted(wanted - there)]


def _print(text: str) -> str:
    said = ", ".join(in_no_order(text)) if text.startswith("CREATE TABLE") else text
    return sha256(said)[:DIGITS]


def _seals(table: str) -> set[str]:
    return {f"{table}_seal_{verb.lower()}" for verb in VERBS}


def _is_ours(name: str) -> bool:
    return name.startswith("kommissorium.")
