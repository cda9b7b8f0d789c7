"""A part of what a committee tells of a quarter: what was composed, and what somebody has said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.core.charts.fields import SmallMatrix
from kommissorium.meetings.closing_grounds import LONGEST
from kommissorium.registers.status import StatusFigure, figures_of, is_compared, noughts_told
from kommissorium.reports.tiles import Tile

TEXT_LENGTH = 5000


class Closes(models.TextChoices):
    """Extent to which a part is left out of the edition that anybody may ask for."""

    WHOLE = "whole", _("The whole part")
    TABLE = "table", _("Its table alone")


class WrittenPart(models.Model):
    """Part of a report as it was composed, and the text somebody has written instead.

    `proposed` is the sentence of its figures, "" for what is written by hand; `said` takes its
    place. `is_empty` says of a part written by hand that there is nothing to tell. `content` are
    its figures and its table as plain data, under "last" what was said the time before, and under
    "sentences" each sentence of a conclusion with the part it speaks of. `closes` is what of it
    is for the committee alone, on the `closed_ground` of a law.
    """

    parent: ClassVar[str]  # the name of what it is a part of
    by_hand: ClassVar[Collection[str]] = ()  # the codes of the parts no register may offer

    code = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    proposed = models.TextField(blank=True)
    said = models.TextField(blank=True)
    is_empty = models.BooleanField(default=False)
    # NULL: SQLite would make a frozen table anew for a column without it, and lose what freezes it.
    closes = models.CharField(max_length=10, choices=Closes.choices, null=True)
    closed_ground = models.CharField(max_length=LONGEST, null=True)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.heading

    @property
    def text(self) -> str:
        """Return what it says: what somebody wrote, or the sentence of its figures."""
        return self.said or self.proposed

    @property
    def is_by_hand(self) -> bool:
        """Return whether no register offers it: it must be written, or be said to be empty."""
        return self.code in self.by_hand and not self.figures

    @property
    def lacks_words(self) -> bool:
        return self.is_by_hand and not self.text and not self.is_empty

    @property
    def is_overtaken(self) -> bool:
        """Return whether it was edited: what the program says stands beside it."""
        return bool(self.said and self.proposed)

    @property
    def last_text(self) -> str:
        """Return what was said of it in the status before; "" for nothing."""
        found: str = self.content.get("last", "")
        return found

    @cached_property
    def figures(self) -> list[StatusFigure]:
        return figures_of(self.content)

    @property
    def is_compared(self) -> bool:
        return is_compared(self.figures)

    @property
    def noughts(self) -> str:
        """Return the sentence that stands for its figures where all are 0; "" for others."""
        return noughts_told(self.figures)

    @property
    def table(self) -> tuple[list[str], list[list[str]]]:
        """Return the columns and rows of its table; none where it has none."""
        return self.content.get("columns", []), self.content.get("rows", [])

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Return the rows of its table, every cell with the name of its column."""
        columns, rows = self.table
        return [list(zip(columns, row, strict=True)) for row in rows]

    @property
    def matrices(self) -> list[SmallMatrix]:
        return [SmallMatrix.of(one) for one in self.pictures.get("matrices", ())]

    @property
    def tiles(self) -> list[Tile]:
        return [Tile(**one) for one in self.pictures.get("tiles", ())]

    @property
    def pictures(self) -> Mapping[str, Any]:
        """Return what is drawn of it, as plain data; nothing where it was composed before that."""
        found: Mapping[str, Any] = self.content.get("pictures", {})
        return found

    @property
    def data(self) -> dict[str, Any]:
        """Return it as its record keeps it; `from_data` makes it again."""
        return {
            "code": self.code,
            "heading": self.heading,
            "text": self.text,
            "is_empty": self.is_empty,
            "figures": self.content.get("figures", []),
            "columns": self.table[0],
            "rows": self.table[1],
            "closes": self.closes or "",
            "closed_ground": self.closed_ground or "",
            "sentences": [] if self.said else self.content.get("sentences", []),
            "figures_of": self.content.get("figures_of", {}),
            **({"pictures": self.content["pictures"]} if "pictures" in self.content else {}),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return a part as a record tells of it; it is not saved."""
        names = ("code", "heading", "is_empty", "closes", "closed_ground")
        known = {name: data[name] for name in names if name in data}
        return cls(content=dict(data), said=data["text"], **known)
