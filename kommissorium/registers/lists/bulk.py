"""Bulk changes to rows of a list: declared by the register, worked out here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django import forms
from django.db.models import ForeignKey, IntegerField, Model, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.ui.required import When
from kommissorium.registers.lines import Line
from kommissorium.registers.models import BulkChange, BulkRow

MOST_AT_ONCE: Final = 5000  # rows
LEAVE: Final = object()  # nothing is wished for
type Lines = dict[str, Line]  # by part
NOTHING: Final = "-"  # of a form: it is to be empty
LEFT_ALONE: Final = gettext_lazy("Leave as it is")


class BulkPart[Row: Model]:
    """One thing that can be changed of many rows. What it holds is handled as JSON keeps it."""

    code: str
    label: Any  # words, or such as are put into the language later
    required_when: Mapping[str, When] = {}  # of the fields

    def fields(self) -> Mapping[str, forms.Field]:
        """Return what a form asks for, by name."""
        raise NotImplementedError

    def wish(self, said: Mapping[str, Any]) -> Any:
        """Return what is wished for, LEAVE for nothing. Raises Refused, by the form's field."""
        raise NotImplementedError

    def held(self, rows: Sequence[Row], wish: Any) -> Mapping[int, Any]:
        """Return by key what the rows say now, in as many queries for many as for one."""
        raise NotImplementedError

    def becomes(self, row: Row, wish: Any, held: Any) -> Any:
        """Return what a row is to say; what is `held` where nothing is changed."""
        return wish

    def refused(self, row: Row, wish: Any, held: Any) -> str:
        """Return why this row cannot say so, as a sentence; "" where it can."""
        return ""

    def words(self, values: Iterable[Any]) -> list[str]:
        """Return each value as people read it."""
        raise NotImplementedError


class FieldPart[Row: Model](BulkPart[Row]):
    """A field with choices, or one that names another row: `offered` are those to choose among."""

    def __init__(self, model: type[Model], code: str) -> None:
        self.code = code
        found: Any = model._meta.get_field(code)  # noqa: SLF001 Django's documented model API
        self.field, self.label = found, capfirst(found.verbose_name)

    @property
    def column(self) -> str:
        return str(self.field.attname)

    def offered(self) -> QuerySet[Any]:
        """Return the rows of the other model, in their order."""
        found: QuerySet[Any] = self.field.related_model.objects.all()
        return found

    def fields(self) -> Mapping[str, forms.Field]:
        choices = [("", LEFT_ALONE), *((self._typed(key), word) for key, word in self._choices())]
        return {self.code: forms.ChoiceField(label=self.label, choices=choices, required=False)}

    def wish(self, said: Mapping[str, Any]) -> Any:
        typed = said[self.code]
        if not typed:
            return LEAVE
        if typed == NOTHING:
            return None if self.field.null else ""
        is_number = isinstance(self.field, ForeignKey | IntegerField)
        return int(typed) if is_number else typed

    def held(self, rows: Sequence[Row], wish: Any) -> Mapping[int, Any]:
        return {row.pk: getattr(row, self.column) for row in rows}

    def words(self, values: Iterable[Any]) -> list[str]:
        values = list(values)
        words = {key: str(word) for key, word in self._choices()}
        if isinstance(self.field, ForeignKey):  # also those that are no longer offered
            words |= {row.pk: str(row) for row in self._named(set(values) - set(words))}
        return [words.get(value, str(value)) for value in values]

    def _choices(self) -> list[tuple[Any, Any]]:
        if isinstance(self.field, ForeignKey):
            return [(None, _("None")), *((row.pk, str(row)) for row in self.offered())]
        listed = list(self.field.flatchoices)
        empty = None if self.field.null else ""
        return listed if empty in dict(listed) else [(empty, _("Not stated")), *listed]

    def _named(self, keys: set[Any]) -> Iterable[Model]:
        return self.field.related_model.objects.filter(pk__in=keys) if keys else ()

    def _typed(self, key: Any) -> str:
        return NOTHING if key in (None, "") else str(key)


@dataclass
class BulkLine[Row: Model]:
    """A row and what becomes of it: `before` and `after` by part, where they differ."""

    row: Row
    refused: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)


@dataclass(frozen=True)
class BulkPlan[Row: Model]:
    """All rows that were chosen, and what becomes of them."""

    all: Sequence[BulkLine[Row]]
    labels: Mapping[str, str]  # of what is to be changed, by part

    @cached_property
    def changed(self) -> list[BulkLine[Row]]:
        return [one for one in self.all if one.after and not one.refused]

    @cached_property
    def refused(self) -> list[BulkLine[Row]]:
        return [one for one in self.all if one.refused]

    @cached_property
    def same(self) -> list[BulkLine[Row]]:
        return [one for one in self.all if not one.after and not one.refused]

    @property
    def mark(self) -> str:
        """Return what tells this plan from any that would do something else."""
        told = [(one.row.pk, one.refused, one.before, one.after) for one in self.all]
        return sha256(repr(told))[:16]


class Bulk[Row: Model]:
    """Fields that can be changed of many rows of a list at once, and how its register does it."""

    def offered_to(self, person: Person) -> bool:
        """Return whether there is anything the person may change."""
        raise NotImplementedError

    def parts(self) -> Sequence[BulkPart[Row]]:
        """Return all that can be changed, made anew, in the order in which a form asks for it."""
        raise NotImplementedError

    def may_change(self, part: BulkPart[Row], person: Person) -> bool:
        """Return whether it is for the person to change this of any row."""
        return True

    def fetched(self, rows: QuerySet[Row], by: Person) -> QuerySet[Row]:
        """Return the rows with what is looked up of each."""
        return rows

    def barred(self, row: Row, by: Person) -> str:
        """Return why the person may not change this row, as a sentence; "" where they may."""
        raise NotImplementedError

    # Called in a transaction; these are or call actions, and record an act of each row.

    def write(
        self, lines: Sequence[BulkLine[Row]], by: Person, change: BulkChange
    ) -> Sequence[BulkRow]:
        """Write what is after; return what is to be known to undo it, not yet saved."""
        raise NotImplementedError

    def moved(self, rows: Sequence[BulkRow], things: Mapping[int, Row]) -> set[int]:
        """Return the keys of things of which somebody has said something else since."""
        return {
            one.thing_id
            for one in rows
            for thing in [things.get(one.thing_id)]
            if thing is None or thing.edit_version != one.after_version  # type: ignore[attr-defined]
        }

    def put_back(self, rows: Sequence[BulkRow], by: Person, change: BulkChange) -> None:
        """Write what was before."""
        raise NotImplementedError

    # What all have in common.

    def offered(self, person: Person) -> list[BulkPart[Row]]:
        """Return what the person may change."""
        return [part for part in self.parts() if self.may_change(part, person)]

    def plan(self, rows: Iterable[Row], wishes: Mapping[str, Any], by: Person) -> BulkPlan[Row]:
        """Return what the wishes would do to the rows now."""
        found = [BulkLine(row, self.barred(row, by)) for row in rows]
        parts = [part for part in self.offered(by) if part.code in wishes]
        for part in parts:
            _add(part, wishes[part.code], found)
        return BulkPlan(found, {part.code: str(part.label) for part in parts})

    def lines_of(self, rows: Sequence[BulkRow]) -> dict[int, Lines]:
        """Return by row's key in words what a change did to it."""
        found: dict[int, Lines] = {one.pk: {} for one in rows}
        for part in self.parts():
            moved = [one for one in rows if part.code in one.after]
            told = _in_words(part, [(one.before[part.code], one.after[part.code]) for one in moved])
            for one, line in zip(moved, told, strict=True):
                found[one.pk][part.code] = line
        return found

    def put_back_plan(
        self, rows: Sequence[BulkRow], things: Mapping[int, Row], by: Person
    ) -> tuple[list[BulkRow], list[BulkRow]]:
        """Return the rows that can be put back as they were, and those that are left."""
        theirs = {part.code for part in self.offered(by)}
        stays = self.moved(rows, things)
        stays |= {key for key, thing in things.items() if self.barred(thing, by)}
        stays |= {one.thing_id for one in rows if not theirs.issuperset(one.after)}
        back = [one for one in rows if one.thing_id not in stays]
        return back, [one for one in rows if one.thing_id in stays]


def _add[Row: Model](part: BulkPart[Row], wish: Any, lines: Sequence[BulkLine[Row]]) -> None:
    """Say of each row what one part of it was and becomes."""
    held = part.held([one.row for one in lines], wish)
    moved = []
    for one in lines:
        before = held.get(one.row.pk)
        one.refused = one.refused or part.refused(one.row, wish, before)
        after = part.becomes(one.row, wish, before)
        if not one.refused and after != before:
            one.before[part.code], one.after[part.code] = before, after
            moved.append(one)
    told = _in_words(part, [(one.before[part.code], one.after[part.code]) for one in moved])
    for one, line in zip(moved, told, strict=True):
        one.lines[part.code] = line


def _in_words(part: BulkPart[Any], pairs: Sequence[tuple[Any, Any]]) -> list[Line]:
    """Return what was and what is as people read it."""
    befores = part.words(before for before, _after in pairs)
    afters = part.words(after for _before, after in pairs)
    both = zip(befores, afters, strict=True)
    return [Line(str(part.label), after, before, is_change=True) for before, after in both]
