"""The rows of an ordinary import in words: what each says, and what there was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Final

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from kommissorium.core.ui.localised import day
from kommissorium.registers.importing.links import page_of
from kommissorium.registers.importing.names import PERSON
from kommissorium.registers.importing.plan import Plan, ShownRow, State
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.lines import Line

MOST_WORDS: Final = 120  # characters of a value


class RowPreview(SheetImport):
    """An import of rows of one model, as far as it shows them."""

    model: ClassVar[type[models.Model]]

    def shown(self, plan: Plan, rows: Iterable[Any]) -> list[ShownRow]:
        return [
            ShownRow(
                row,
                [
                    Line(
                        self.label(one.code),
                        self.in_words(one.code, one.new),
                        self.in_words(one.code, one.old),
                        is_change=row.state == State.CHANGED,
                    )
                    for one in row.changes
                ],
                page_of(row.thing),
            )
            for row in rows
        ]

    def in_words(self, code: str, value: Any) -> str:
        """Return a value as people read it; "" for none."""
        if value in (None, ""):
            return ""
        if self.by_code[code].group and self.by_code[code].says_several:
            return ", ".join(sorted(str(one) for one in value))
        if self.by_code[code].group == PERSON:
            return self.names.people.by_key[value].name
        if labels := self._labels(code):
            return str(labels.get(value, value))
        words = day(value) if isinstance(value, date) else str(value)
        return words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS]}…"

    def _labels(self, code: str) -> Mapping[Any, Any]:
        try:
            field: Any = self.model._meta.get_field(code)  # noqa: SLF001
        except FieldDoesNotExist:
            return {}
        return dict(field.flatchoices or ())
