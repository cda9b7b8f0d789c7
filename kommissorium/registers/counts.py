"""Counts of each register today, counted again when something was done; and the wheel's numbers.

The numbers are kept in the memory of the process, with the last event of the chain at the time.
Whatever is done leaves an event in its own transaction, so they hold as long as no later event
is of a room they are counted from. Nothing needs to be marked, so nothing can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.core.evidence.kept import forget_kept
from kommissorium.core.evidence.models import Event
from kommissorium.measures.days import year_before
from kommissorium.registers.installed import register_of, registers
from kommissorium.registers.numbers import Indicator, Numbers, percentage
from kommissorium.registers.protocol import Register
from kommissorium.yearwheel.models import Move, Occurrence


def count_duties(day: date) -> Numbers:
    """Count what fell due in the twelve months before the day, and what of it was done in time.

    What was skipped does not count; what is open and overdue was not done in time, nor what was
    given another day when its own had passed.
    """
    fell_due = Occurrence.objects.filter(due__gte=year_before(day), due__lt=day)
    too_late = Move.objects.filter(occurrence=OuterRef("pk"), at__date__gt=F("from_day"))
    in_time = Q(~Exists(too_late), state=Occurrence.State.DONE, ended_at__date__lte=F("due"))
    return fell_due.exclude(state=Occurrence.State.SKIPPED).aggregate(
        fell_due=Count("pk"), in_time=Count("pk", filter=in_time)
    )


WHEEL: Final[Mapping[str, Indicator]] = {
    "in_time": percentage(
        _("Duties of the year wheel done in time"),
        "in_time",
        "fell_due",
        _(
            "Of the duties that fell due in the last twelve months: how many were done by the day "
            "they were due. Those that were skipped do not count."
        ),
        numbers=count_duties,
    ),
}


type Link = tuple[int, str, str]  # of the chain: number, hash and act


@dataclass(frozen=True, slots=True)
class Kept:
    """Counts made on `day` when the chain ended with the event `head`."""

    day: date = date.min
    head: Link = (0, "", "")
    numbers: Mapping[str, Numbers] = field(default_factory=dict)


class _Memory:
    """The only thing that changes: which `Kept` counts. It is replaced whole, never in part."""

    kept = Kept()


# Within a page that asks once: what it was told, the last answer last.
_asked: Final[ContextVar[list[Kept] | None]] = ContextVar("asked", default=None)


def counts_now() -> Mapping[str, Numbers]:
    """Return how every register stands today, by the register's code."""
    return _counts(registers())


def counts_of(code: str) -> Numbers:
    """Return how one register stands today.

    Within a transaction that has changed something, ask after the event is recorded.
    """
    return _counts([register_of(code)])[code]


def indicators() -> dict[str, Indicator]:
    """Return what something can be held against, each by register and code, and the year wheel's."""
    found = {
        f"{register.code}:{code}": indicator
        for register in registers()
        for code, indicator in register.counts.indicators.items()
    }
    return {**found, **{f"yearwheel:{code}": indicator for code, indicator in WHEEL.items()}}


def read_indicator(name: str) -> Decimal | int | None:
    """Return what an indicator shows today; None for none of that name, and for nothing to count."""
    found = indicators().get(name)
    if found is None:
        return None
    if found.numbers:
        return found.read(found.numbers(timezone.localdate()))
    return found.read(counts_of(name.partition(":")[0]))


def forget_counts() -> None:
    """Count everything anew: for tests that write rows without an event."""
    _Memory.kept = Kept()
    forget_kept()


@contextmanager
def asked_once() -> Iterator[None]:
    """Ask the chain once for all that is counted within: for a page of many parts, never an act."""
    token = _asked.set([])
    try:
        yield
    finally:
        _asked.reset(token)


def _counts(wanted: Iterable[Register]) -> Mapping[str, Numbers]:
    # The chain is asked before anything is counted: what is done meanwhile is a later event.
    asked = _asked.get()
    kept = asked[-1] if asked else _still_true(_Memory.kept, timezone.localdate())
    missing = [register for register in wanted if register.code not in kept.numbers]
    counted = {register.code: register.counts.on(kept.day) for register in missing}
    kept = Kept(kept.day, kept.head, {**kept.numbers, **counted})
    _Memory.kept = kept
    if asked is not None:
        asked.append(kept)
    return {register.code: kept.numbers[register.code] for register in wanted}


def _still_true(kept: Kept, today: date) -> Kept:
    """Return what is kept without the numbers that no longer hold, up to the chain's end (one query).

    An event that is not there any more was rolled back, or the database is another one.
    """
    if kept.day == today:
        events = Event.objects.filter(seq__gte=kept.head[0]).order_by("seq")
        links = list(events.values_list("seq", "hash", "act"))
        if links and links[0] == kept.head:
            rooms = {act.partition(".")[0] for _seq, _hash, act in links[1:]}
            numbers = {code: kept.numbers[code] for code in kept.numbers if _holds(code, rooms)}
            return Kept(today, links[-1], numbers)
    head = Event.objects.order_by("-seq").values_list("seq", "hash", "act").first()
    return Kept(today, head or Kept().head)


def _holds(code: str, rooms: set[str]) -> bool:
    """Return whether what was done in these rooms leaves the register's numbers as they are."""
    sources = register_of(code).counts.rooms
    return rooms.isdisjoint(sources) if sources else not rooms
