"""A calendar year, of which a committee reports as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused
from kommissorium.registers.quarters import Quarter


@dataclass(frozen=True, order=True, slots=True)
class Year:
    """A year; its `number` among the quarters is 0."""

    year: int
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the year that "2026" names. Raises Refused for what names none."""
        if not re.fullmatch(r"2\d{3}", text.strip(), re.ASCII):
            raise Refused(_("Name the year by its four digits, as 2026."))
        return cls(int(text))

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)

    @property
    def before(self) -> Year:
        return Year(self.year - 1)

    @property
    def after(self) -> Year:
        return Year(self.year + 1)

    @property
    def label(self) -> str:
        return str(self.year)

    @property
    def quarters(self) -> Sequence[Quarter]:
        return [Quarter(self.year, number) for number in range(1, 5)]

    def __str__(self) -> str:
        return str(self.year)

    def has_ended(self, today: date) -> bool:
        return self.last < today
