"""Search over everything: what each room lets be found, kept true as rows are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import SEARCHED as PEOPLE
from kommissorium.accounts.search import Searched
from kommissorium.committees.search import SEARCHED as COMMITTEES
from kommissorium.core.evidence.actions import SEALED
from kommissorium.core.evidence.written_rows import Row, Written
from kommissorium.core.search import (
    Asked,
    Found,
    find,
    find_near,
    forget,
    is_kept,
    keep,
    snippet,
)
from kommissorium.core.search.models import Passage
from kommissorium.core.search.snippets import Marked
from kommissorium.meetings.search import SEARCHED as MEETINGS
from kommissorium.registers.installed import registers
from kommissorium.tasks.search import SEARCHED as TASKS
from kommissorium.yearwheel.search import SEARCHED as WHEEL

MOST_FOUND = 800  # passages that are weighed
MOST_AT_ONCE = 300  # things that are kept in the transaction that changes them


@cache
def kinds() -> dict[str, Searched[Any]]:
    """Return all that can be found, by kind, in the order in which it is offered."""
    of_registers = [one for register in registers() for one in register.searched]
    found: list[Searched[Any]] = [*MEETINGS, *TASKS, *WHEEL, *of_registers]
    found += [*COMMITTEES, *PEOPLE]
    return {one.kind: one for one in found}


class SeenBy(Mapping[str, QuerySet[Any]]):
    """Rows a person may see, by kind; built only for the kinds that are asked for.

    What is kept is the question of each kind, not its answer: the database is asked each time.
    """

    def __init__(self, person: Person) -> None:
        self._person = person
        self._asked: dict[str, QuerySet[Any]] = {}

    def __getitem__(self, kind: str) -> QuerySet[Any]:
        if kind not in self._asked:
            self._asked[kind] = kinds()[kind].visible_to(self._person)
        return self._asked[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(kinds())

    def __len__(self) -> int:
        return len(kinds())

    def __contains__(self, kind: object) -> bool:
        return kind in kinds()


def follow(rows: Mapping[Row, Written]) -> None:
    """Keep anew what is said by things of which rows have just been written."""
    written: dict[str, list[str]] = defaultdict(list)
    for table, key in rows:
        if table in _followed():
            written[table].append(key)
    changed: dict[str, set[int]] = defaultdict(set)
    for table, keys in written.items():
        for kind, name in _followed()[table]:
            changed[kind].update(_reached(kinds()[kind], name, keys) if name else map(int, keys))
    for kind, things in changed.items():
        if len(things) > MOST_AT_ONCE:
            forget(kind, things)  # `mend` keeps them in a while
        else:
            _keep(kinds()[kind], things)


def mend() -> None:
    """Keep what is lacking, and forget what is gone: of many changed at once, or another version."""
    for one in kinds().values():
        kept, there = is_kept(one.kind), set(one.rows().order_by().values_list("pk", flat=True))
        _keep_all(one, kept ^ there)


@contextmanager
def kept_afterwards() -> Iterator[None]:
    """Keep what is said when all is written, once: for whoever writes years of it at a time."""
    SEALED.remove(follow)
    try:
        yield
    finally:
        SEALED.append(follow)
    mend()


def index_again() -> int:
    """Keep all anew; return how many things can be found."""
    for one in kinds().values():
        there = set(one.rows().order_by().values_list("pk", flat=True))
        _keep_all(one, is_kept(one.kind) | there)
    return sum(len(is_kept(kind)) for kind in kinds())


def _keep_all(one: Searched[Any], keys: Iterable[int]) -> None:
    for some in batched(sorted(keys), MOST_AT_ONCE):
        with transaction.atomic():
            _keep(one, some)


def _keep(one: Searched[Any], keys: Collection[int]) -> None:
    """Keep what these things say now; forget those that are gone."""
    rows = list(one.rows().filter(pk__in=keys))
    keep(one.kind, one.said(rows))
    forget(one.kind, set(keys) - {row.pk for row in rows})


@cache
def _followed() -> dict[str, list[tuple[str, str]]]:
    """Return by table whose things its rows change: the kind, and how a row is reached ("": itself)."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in kinds().values():
        found[_table(one.model)].append((one.kind, ""))
        for model, name in one.sources().items():
            found[_table(model)].append((one.kind, name))
    return dict(found)


def _reached(one: Searched[Any], name: str, keys: list[str]) -> list[int]:
    rows = one.model._default_manager.filter(**{f"{name}__in": keys})  # noqa: SLF001 documented
    return list(rows.order_by().values_list("pk", flat=True))


def _table(model: Any) -> str:
    return str(model._meta.db_table)  # noqa: SLF001 documented


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that was found, as the page shows it."""

    label: str
    title: Marked
    url: str
    day: date | None
    heading: str
    pieces: Marked
    noted: Model | None  # what the log of readings names, where few may read these words


def search(question: str, seen: SeenBy) -> tuple[list[Found], bool]:
    """Return the things in which all words of the question stand, as far as a person sees them.

    Each is told by its best passage, and the best come first. Second is whether there are more,
    which are older.
    """
    found = find(question, seen, MOST_FOUND + 1)
    return _each_once(found), len(found) > MOST_FOUND


def search_near(question: str, seen: SeenBy) -> tuple[list[Found], Asked]:
    """Return the things with words a letter from those of the question, and what is marked."""
    found, asked = find_near(question, seen, MOST_FOUND)
    return _each_once(found), asked


def _each_once(found: Iterable[Found]) -> list[Found]:
    best: dict[tuple[str, int], Found] = {}
    for one in found:
        best.setdefault((one.kind, one.object_id), one)
    return list(best.values())


def shown(
    found: Iterable[Found], question: str | Asked, seen: SeenBy, *, titles_only: bool = False
) -> list[Line]:
    """Return lines of a page; who sees them is asked again with what is shown."""
    chosen = list(found)
    keys: dict[str, list[int]] = defaultdict(list)
    for one in chosen:
        keys[one.kind].append(one.object_id)
    rows = {kind: kinds()[kind].shown(seen[kind]).in_bulk(some) for kind, some in keys.items()}
    passages = Passage.objects.defer("words").in_bulk([one.passage_id for one in chosen])
    return [
        _line(
            *(kinds()[one.kind], rows[one.kind][one.object_id], question),
            passages[one.passage_id],
            titles_only=titles_only,
        )
        for one in chosen
        if one.object_id in rows[one.kind] and one.passage_id in passages
    ]


def _line(
    one: Searched[Any], row: Any, question: str | Asked, passage: Passage, *, titles_only: bool
) -> Line:
    text = passage.text if one.shows_text and not titles_only else ""
    pieces = snippet(text, question) if text else []
    return Line(
        str(one.label),
        snippet(f"{one.number(row)} {one.title(row)}".strip(), question),
        one.url(row, passage.place),
        one.day(row),
        passage.heading,
        pieces,
        one.noted(row) if pieces or not one.titles_are_open else None,
    )
