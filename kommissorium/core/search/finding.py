"""Finds the passages that hold all words asked for, the best first.

Each kind's own question is worded once by the ORM, and put together with the others as it is: a
condition of all kinds would be worded four times over, and a question for each is slow to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from kommissorium.core.search.models import Passage
from kommissorium.core.search.words import (
    PREFIX_FROM,
    Wanted,
    has_all,
    newest_with_all,
    reads_all,
    stems_asked,
    stems_of,
)

type Among = Mapping[str, QuerySet[Any]]  # by kind, the objects that may be found


def seen_of(keys: Mapping[str, Collection[int]], among: Among) -> set[tuple[str, int]]:
    """Return those of the objects, by kind, that are in `among`."""
    kinds, parts, values = list(keys), list[str](), list[Any]()
    for kind, sql, params in _worded({kind: among[kind] for kind in kinds if kind in among}):
        some = ", ".join(str(int(key)) for key in keys[kind])
        asked = f"SELECT {kinds.index(kind)}, pk FROM ({sql}) AS seen WHERE pk IN ({some})"  # noqa: S608
        parts.append(asked)
        values += params
    return {(kinds[number], key) for number, key in _rows(" UNION ALL ".join(parts), values)}


def few_of(among: Among, most: int) -> dict[str, list[int]] | None:
    """Return the keys in `among` by kind, if there are no more than `most`; else None."""
    kinds, parts, values = list(among), list[str](), list[Any]()
    for kind, sql, params in _worded(among):
        parts.append(f"SELECT {kinds.index(kind)}, pk FROM ({sql}) AS seen")  # noqa: S608
        values += params
    rows = _rows(f"{' UNION ALL '.join(parts)} LIMIT {most + 1}" if parts else "", values)
    found: dict[str, list[int]] = {}
    for number, key in rows:
        found.setdefault(kinds[number], []).append(key)
    return found if len(rows) <= most else None


def passages_of(among: Among) -> RawSQL:
    """Return the query for the keys of all passages of the objects in `among`."""
    parts, values = list[str](), list[Any]()
    for kind, sql, params in _worded(among):
        asked = f"SELECT id FROM core_passage WHERE kind = %s AND object_id IN ({sql})"  # noqa: S608
        parts.append(asked)
        values += [kind, *params]
    return RawSQL(" UNION ALL ".join(parts), values)  # noqa: S611 the ORM worded it


def _rows(sql: str, values: list[Any]) -> list[tuple[int, int]]:
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _worded(among: Among) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """Yield each kind's query for its objects' keys; none for kinds that cannot have any."""
    for kind, objects in among.items():
        try:
            sql, params = objects.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        yield kind, sql, params


MOST_WORDS: Final = 12  # of a question
MOST_FOUND: Final = 3_000  # passages; of more, the newest
MOST_GLANCED: Final = 1_500  # of the newest; who may see one is asked of each kind among them
SPARSE: Final = 5  # more are glanced at while one of so many is among those that may be found
MOST_READ: Final = 10_000  # objects; of who sees no more, the words are looked for in each
MOST_WEIGHED: Final = 200  # passages whose texts are read; the others stand behind them
MOST_TOLD: Final = 5  # times a word counts in a passage
IN_HEADING: Final = 8
IN_TITLE: Final = 16  # more than a text can count
ALL_OF_TITLE: Final = 48  # nothing else stands in it
FIRST_IN_TITLE: Final = 40  # one types the beginning of a name
FIELDS: Final = ("pk", "kind", "object_id", "title", "heading")

type Row = tuple[int, str, int, str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found. Its row is fetched with what is shown."""

    passage_id: int
    kind: str
    object_id: int
    weight: int


def find(question: str, among: Among, most: int = MOST_FOUND) -> list[Found]:
    """Return the passages that hold all words of the question, in any form, the best first.

    `among` holds, by kind, the objects that may be found: those that who asks may see. Of more
    than `most` passages the newest are returned.
    """
    stems = stems_asked(question)[:MOST_WORDS]
    if not stems or not among:
        return []
    found = [
        Found(pk, kind, object_id, by_names(stems, title, heading))
        for pk, kind, object_id, title, heading in newest([(one,) for one in stems], among, most)
    ]
    found.sort(key=lambda one: (-one.weight, -one.passage_id))
    return _weighed(stems, found[:MOST_WEIGHED]) + found[MOST_WEIGHED:]


def newest(wanted: Sequence[Wanted], among: Among, most: int) -> list[Row]:
    """Return the newest passages with all the words whose objects are in `among`.

    Of many kinds the newest passages are looked at first, whosever they are: most questions are
    answered by them, and the right to see an object is checked for their few kinds. Only where
    few of them are in `among` are all kinds checked, for older ones.
    """
    rows = Passage.objects.order_by("-pk").values_list(*FIELDS)
    if len(among) == 1:
        [(kind, objects)] = among.items()
        keys = objects.order_by().values("pk")
        return list(rows.filter(has_all(wanted)).filter(kind=kind, object_id__in=keys)[:most])
    seen, glanced, size = list[Row](), list[Row](), MOST_GLANCED
    while len(seen) * SPARSE >= len(glanced):
        before = glanced[-1][0] if glanced else None
        some = list(rows.filter(newest_with_all(wanted, size, before))[:size])
        seen += _seen(some, among)
        if len(some) < size or len(seen) >= most:
            return seen[:most]
        glanced, size = glanced + some, 3 * MOST_GLANCED
    return seen + _older(wanted, among, rows.filter(pk__lt=glanced[-1][0]), most - len(seen))


def _older(
    wanted: Sequence[Wanted], among: Among, rows: QuerySet[Any, Row], most: int
) -> list[Row]:
    """Return the newest of the rows with all the words whose objects are in `among`.

    Common words stand in most passages there are: where few are among those, each is read. They
    are put in order here: a database that is asked to would rather go through all passages.
    """
    stems = [one[0] for one in wanted if len(one) == 1]  # of what stands for others the index knows
    few = few_of(among, MOST_READ) if len(stems) == len(wanted) else None
    if few is None:
        return list(rows.filter(has_all(wanted)).filter(pk__in=passages_of(among))[:most])
    theirs = Q(pk__in=())
    for kind, keys in few.items():
        theirs |= Q(kind=kind, object_id__in=keys)
    found = rows.filter(theirs).filter(reads_all(stems)).order_by().values_list("pk", flat=True)
    return list(rows.filter(pk__in=sorted(found, reverse=True)[:most]))


def _seen(rows: list[Row], among: Among) -> list[Row]:
    """Return those of the rows whose objects are in `among`."""
    keys: dict[str, set[int]] = {}
    for _pk, kind, object_id, *_names in rows:
        keys.setdefault(kind, set()).add(object_id)
    seen = seen_of(keys, among)
    return [row for row in rows if (row[1], row[2]) in seen]


def _weighed(stems: list[str], found: list[Found]) -> list[Found]:
    """Return passages by how often the words occur in their texts, too; those are read for few.

    Of objects that weigh the same the newest comes first, and its passages in their order.
    """
    keys = [one.passage_id for one in found]
    words = dict(Passage.objects.filter(pk__in=keys).values_list("pk", "words"))
    fine = [
        replace(one, weight=one.weight + in_text(stems, words.get(one.passage_id, "")))
        for one in found
    ]
    first: dict[tuple[str, int], int] = {}
    for one in fine:
        thing = one.kind, one.object_id
        first[thing] = min(one.passage_id, first.get(thing, one.passage_id))
    return sorted(
        fine, key=lambda one: (-one.weight, -first[one.kind, one.object_id], one.passage_id)
    )


def by_names(stems: list[str], title: str, heading: str) -> int:
    """Return the words' weight in the names; the end of a title's word counts as its beginning.

    So a whole one counts twice that, and thrice in a title: politik is what sikkerhedspolitik is.
    """
    in_title, in_heading = _stems_in(title), _stems_in(heading)
    is_title = not heading and set(in_title.split()) == set(stems)
    begins = not heading and in_title.startswith(f" {stems[0]}")
    return (
        ALL_OF_TITLE * is_title
        + FIRST_IN_TITLE * begins
        + sum(
            IN_HEADING * (f" {one}" in in_heading)
            + IN_HEADING * (f" {one} " in in_heading)
            + IN_TITLE * (f" {one}" in in_title)
            + IN_TITLE * (f" {one} " in in_title)
            + IN_TITLE * (f"{one} " in in_title)
            for one in stems
        )
    )


def in_text(stems: list[str], words: str) -> int:
    """Return how often the words occur in a text; a whole one counts thrice its beginning."""
    spaced = f" {words} "
    return sum(
        2 * min(spaced.count(f" {stem} "), MOST_TOLD) + min(spaced.count(f" {stem}"), MOST_TOLD)
        for stem in stems
    )


def weigher(question: str) -> Callable[[str, str, str], int]:
    """Return what weighs a text that no row keeps, by title, heading and words, as a passage is.

    It answers 0 where a word of the question is lacking.
    """
    stems = stems_asked(question)[:MOST_WORDS]
    asked = [f" {one}" if len(one) >= PREFIX_FROM else f" {one} " for one in stems]

    def weight(title: str, heading: str, text: str) -> int:
        words = _stems_in(f"{title} {heading} {text}")
        if not asked or not all(one in words for one in asked):
            return 0
        return 1 + by_names(stems, title, heading) + in_text(stems, words)

    return weight


@lru_cache(maxsize=5_000)
def _stems_in(line: str) -> str:
    return f" {' '.join(stems_of(line))} "
