"""A link to the approved risk level: which holds on a day, and what it is called.

Which register lays such levels down nobody here knows: it offers them by a link.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.evidence.models import Record
from kommissorium.core.ui.localised import day as day_in_words
from kommissorium.registers.bases import RISK_LEVEL


class Link(models.TextChoices):
    """State of a link to the risk level."""

    CURRENT = "current", gettext_lazy("In force")
    OLD = "old", gettext_lazy("A new one has taken its place")
    NONE = "none", gettext_lazy("Not linked")


@dataclass(frozen=True, slots=True)
class Levels:
    """The keys of the records of those that hold on a day: one, or one for each category."""

    keys: frozenset[int]

    @classmethod
    def on(cls, day: date) -> Self:
        """Return those of the day (one query)."""
        return cls(frozenset(RISK_LEVEL.ask().in_force(day)))

    @property
    def records(self) -> models.QuerySet[Record]:
        """Return their records, to choose from."""
        return Record.objects.filter(pk__in=self.keys).defer("pdf").order_by("-at", "-pk")

    def link_of(self, key: int | None) -> Link:
        """Return how what names the record of that key is linked."""
        if key is None:
            return Link.NONE
        return Link.CURRENT if key in self.keys else Link.OLD


def levels_today() -> Levels:
    return Levels.on(timezone.localdate())


def level_in_words(record: Record | None) -> str:
    """Return what a level is called, from when it held, and which category it is for."""
    if record is None:
        return ""
    content = json.loads(record.content)
    begins = date.fromisoformat(content["in_force_from"])
    words = {"title": content["title"], "category": content.get("category", "")}
    return _("%(title)s, from %(day)s, %(category)s") % {**words, "day": day_in_words(begins)}
