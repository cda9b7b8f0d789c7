"""Finds the passages that hold all words asked for, the best first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from django.db.models import Q, QuerySet

from kommissorium.core.search.among import Among, few_of, passages_of, seen_of
from kommissorium.core.search.models import Passage
from kommissorium.core.search.stems import stems_asked, stems_of
from kommissorium.core.search.word_index import has_all, newest_with_all, reads_all

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
        Found(pk, kind, object_id, _by_names(stems, title, heading))
        for pk, kind, object_id, title, heading in _newest(stems, among, most)
    ]
    found.sort(key=lambda one: (-one.weight, -one.passage_id))
    return _weighed(stems, found[:MOST_WEIGHED]) + found[MOST_WEIGHED:]


def _newest(stems: list[str], among: Among, most: int) -> list[Row]:
    """Return the newest passages with all the stems whose objects are in `among`.

    Of many kinds the newest passages are looked at first, whosever they are: most questions are
    answered by them, and the right to see an object is checked for their few kinds. Only where
    few of them are in `among` are all kinds checked, for older ones.
    """
    rows = Passage.objects.order_by("-pk").values_list(*FIELDS)
    if len(among) == 1:
        [(kind, objects)] = among.items()
        keys = objects.order_by().values("pk")
        return list(rows.filter(has_all(stems)).filter(kind=kind, object_id__in=keys)[:most])
    seen, glanced, size = list[Row](), list[Row](), MOST_GLANCED
    while len(seen) * SPARSE >= len(glanced):
        before = glanced[-1][0] if glanced else None
        newest = list(rows.filter(newest_with_all(stems, size, before))[:size])
        seen += _seen(newest, among)
        if len(newest) < size or len(seen) >= most:
            return seen[:most]
        glanced, size = glanced + newest, 3 * MOST_GLANCED
    return seen + _older(stems, among, rows.filter(pk__lt=glanced[-1][0]), most - len(seen))


def _older(stems: list[str], among: Among, rows: QuerySet[Any, Row], most: int) -> list[Row]:
    """Return the newest of the rows with all the stems whose objects are in `among`.

    Common words stand in most passages there are: where few are among those, each is read. They
    are put in order here: a database that is asked to would rather go through all passages.
    """
    few = few_of(among, MOST_READ)
    if few is None:
        return list(rows.filter(has_all(stems)).filter(pk__in=passages_of(among))[:most])
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
        replace(one, weight=one.weight + _in_text(stems, words.get(one.passage_id, "")))
        for one in found
    ]
    first: dict[tuple[str, int], int] = {}
    for one in fine:
        thing = one.kind, one.object_id
        first[thing] = min(one.passage_id, first.get(thing, one.passage_id))
    return sorted(
        fine, key=lambda one: (-one.weight, -first[one.kind, one.object_id], one.passage_id)
    )


def _by_names(stems: list[str], title: str, heading: str) -> int:
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


def _in_text(stems: list[str], words: str) -> int:
    """Return how often the words occur in a text; a whole one counts thrice its beginning."""
    spaced = f" {words} "
    return sum(
        2 * min(spaced.count(f" {stem} "), MOST_TOLD) + min(spaced.count(f" {stem}"), MOST_TOLD)
        for stem in stems
    )


@lru_cache(maxsize=5_000)
def _stems_in(line: str) -> str:
    return f" {' '.join(stems_of(line))} "
