"""Activities of any kind in the quarterly status: those held, and those not held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.registers.activities import ActivityKind
from kommissorium.registers.installed import register_with
from kommissorium.registers.past_activities import KnownActivity, activities_known
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import StatusFigure, StatusPart, in_sentences, told

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class KnownQuarter:
    """The activities of approved plans as they were known when a quarter ended."""

    quarter: Quarter
    activities: Sequence[KnownActivity]

    @property
    def held(self) -> list[KnownActivity]:
        """Return what was held in it, by day."""
        first, last = self.quarter.first, self.quarter.last
        found = [one for one in self.activities if one.held_on and first <= one.held_on <= last]
        return sorted(found, key=lambda one: (one.held_on or date.min, one.key))

    @property
    def late(self) -> list[KnownActivity]:
        """Return what was to be held by its end and was not."""
        last = self.quarter.last
        return [one for one in self.activities if one.is_open and one.promised < last]


class ActivityStatus:
    """The part of one kind of activity. A room says its figures and its words."""

    held_in_words: ClassVar[tuple[StrPromise, StrPromise]]  # that none, and that some were held
    columns: ClassVar[tuple[str | Promise, ...]]  # of what was held

    def __init__(self, kind: ActivityKind[Any]) -> None:
        self.kind = kind

    def figures(self, now: KnownQuarter, then: KnownQuarter, link: str) -> Iterable[StatusFigure]:
        """Return the figures of a quarter held against those of the one before."""
        raise NotImplementedError

    def row(self, one: KnownActivity) -> tuple[str, ...]:
        """Return what stands of one that was held."""
        raise NotImplementedError

    def parts(self, quarter: Quarter) -> Iterator[StatusPart]:
        """Yield the part of the quarter; none where no plan had been approved by its end."""
        plan, slug = self.kind.plan, self.kind.slug
        if not plan.model._default_manager.filter(state="approved").exists():  # noqa: SLF001
            return
        now, then = (
            KnownQuarter(one, activities_known(plan.kind, slug, one.last, one.last))
            for one in (quarter, quarter.before)
        )
        if not now.activities:
            return
        figures = list(self.figures(now, then, f"{reverse(self.kind.home)}?former=1"))
        yield StatusPart(
            *(slug, str(register_with(self.kind.plan).label), figures),
            in_sentences(told(*self.held_in_words, len(now.held)), _missing(now.late)),
            [str(words) for words in self.columns],
            [self.row(one) for one in now.held],
        )


def _missing(late: Sequence[KnownActivity]) -> str:
    if not late:
        return ""
    return _("“%(title)s” was to be held and was not.") % {"title": late[0].facts["title"]}
