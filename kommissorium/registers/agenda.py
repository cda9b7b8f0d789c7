"""Registers on the agenda of a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.meetings.facts import FactTable
from kommissorium.meetings.models import AgendaItem, Decision, Meeting

type Tables = tuple[FactTable, ...]
type Composer = Callable[[AgendaContext], Tables]


def alone(table: Callable[[AgendaContext], FactTable | None]) -> Composer:
    """Return what says one table under an item, or none."""

    def tables(context: AgendaContext) -> Tables:
        found = table(context)
        return (found,) if found else ()

    return tables


@dataclass
class AgendaContext:
    """A meeting for whose agenda the registers are asked, and on which day."""

    meeting: Meeting
    items: Sequence[AgendaItem] = ()
    today: date = field(default_factory=timezone.localdate)
    _known: dict[Any, Any] = field(default_factory=dict)

    def once[T](self, ask: Callable[[AgendaContext], T]) -> T:
        """Return what `ask` answers for this meeting; two who need it ask once."""
        if ask not in self._known:
            self._known[ask] = ask(self)
        found: T = self._known[ask]
        return found

    @cached_property
    def met_before(self) -> datetime | None:
        """Return when the committee's meeting before this one began; None for its first."""
        return Meeting.objects.before(self.meeting).values_list("starts_at", flat=True).first()

    @property
    def met(self) -> date:
        """Return the day of the meeting; today for one that should have been held."""
        return max(timezone.localdate(self.meeting.starts_at), self.today)

    def since(self, moment: str) -> Q:
        """Return the condition that a moment lies after the meeting before; true at the first."""
        return Q(**{f"{moment}__gte": self.met_before}) if self.met_before else Q()


class SubjectKind:
    """One kind of thing that an agenda item can be about, and what a decision does to it."""

    kind: str  # as items, decisions and the chain name it

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        """Return what stands under the items about things with these keys; few queries in all."""
        return {}

    def decide(self, decision: Decision, *, by: Person) -> None:
        """Let a final decision take effect. Raises Refused where it cannot any more."""

    def sentence(self, decision: Decision) -> str:
        """Return what became of a decision, "" for nothing; two queries at most."""
        return ""
