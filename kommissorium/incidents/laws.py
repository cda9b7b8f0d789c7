"""Recipients and deadlines of notifications of an incident: the laws as data, from laws.toml.

Hours are counted in UTC, so that both nights on which clocks change have as many as they have. A
month is one of the calendar: the same time of day, on the same date of the next month or on its
last day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kommissorium.meetings.year_plan import month_later

AWARENESS: Final = "awareness"
STAGES: Final = (_("It runs"), _("Half the time is gone"), _("Six hours left"), _("One hour left"))
LAWS: Final = {"gdpr": "GDPR", "nis2": "NIS 2"}


@dataclass(frozen=True, slots=True)
class Word:
    """A requirement or an exemption of the law, in both languages."""

    name: str
    da: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.da


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule to notify somebody, by a paragraph of a law or as it is wise, and by when."""

    code: str
    law: str
    paragraph: str
    source: str
    da: str
    en: str
    authority: str
    hours: int = 0
    months: int = 0
    runs_from: str = ""
    no_da: str = ""
    no_en: str = ""
    is_warning: bool = False
    has_status: bool = False
    fields: Sequence[Word] = ()
    exceptions: Sequence[Word] = ()

    @property
    def label(self) -> str:
        return self.en if get_language() == "en" else self.da

    @property
    def usual_no(self) -> str:
        """Return the usual reason not to send it; "" for none."""
        return self.no_en if get_language() == "en" else self.no_da

    def due_from(self, begin: datetime) -> datetime | None:
        """Return the deadline for sending it, in UTC; None where the law names no period."""
        if self.hours:
            return begin.astimezone(UTC) + timedelta(hours=self.hours)
        return month_later(begin, self.months) if self.months else None


@cache
def rules() -> tuple[Rule, ...]:
    """Return all of them, in the order of the list."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tuple(_rule(row) for row in tomllib.loads(text)["rule"])


def _rule(row: dict[str, Any]) -> Rule:
    for name in ("fields", "exceptions"):
        row[name] = tuple(Word(**one) for one in row.get(name, ()))
    return Rule(runs_from=row.pop("from", ""), **row)


def rule_of(code: str) -> Rule:
    """Return the rule of that code. Raises LookupError for one that is not on the list."""
    return {rule.code: rule for rule in rules()}[code]


def rules_of(laws: Sequence[str]) -> list[Rule]:
    """Return the rules of these laws, and those that no law asks for."""
    return [rule for rule in rules() if not rule.law or rule.law in laws]


def stage_of(begin: datetime, due: datetime, now: datetime) -> int:
    """Return the number of mail moments that have come: PASSED when it is over."""
    moments = (
        begin,
        begin + (due - begin) / 2,
        due - timedelta(hours=6),
        due - timedelta(hours=1),
        due,
    )
    return sum(moment <= now for moment in sorted(moments))
