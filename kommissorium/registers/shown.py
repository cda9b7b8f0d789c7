"""All that registers and duties show of the requirements of standards: of today it is kept.

It is kept as counts are (counts.py), in the memory of the process and until the chain has another
end: whatever is done leaves an event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from kommissorium.core.evidence.models import Event
from kommissorium.registers.installed import registers
from kommissorium.registers.requirements import Shown
from kommissorium.registers.shown_duties import shown_by_duties

type Head = tuple[int, str]  # of the chain: number and hash


@dataclass(frozen=True, slots=True)
class Kept:
    """Evidence shown on `day` when the chain ended with `head`, by language."""

    day: date = date.min
    head: Head = (0, "")
    shown: Mapping[str, Sequence[Shown]] = field(default_factory=dict)


class _Memory:
    """The only thing that changes: it is replaced whole, never in part."""

    kept = Kept()


def shown_on(day: date) -> Sequence[Shown]:
    """Return all that is shown on the day: today's by one query where nothing was done since."""
    today, language = timezone.localdate(), get_language() or ""
    if day != today:
        return _asked(day)
    # The chain is asked first: what is done meanwhile is a later event.
    head = Event.objects.order_by("-seq").values_list("seq", "hash").first() or (0, "")
    kept = _Memory.kept
    if (kept.day, kept.head) != (today, head):
        kept = Kept(today, head)
    if language not in kept.shown:
        kept = Kept(today, head, {**kept.shown, language: _asked(today)})
        _Memory.kept = kept
    return kept.shown[language]


def forget_shown() -> None:
    """Ask anew: for tests that write rows without an event."""
    _Memory.kept = Kept()


def _asked(day: date) -> list[Shown]:
    found = [one for register in registers() for one in register.shows(day)]
    return [*found, *shown_by_duties(day)]
