"""Numbers of readings: the owners who are to read what is for them, and those who have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Ownership
from kommissorium.measures.rules import readings as rules
from kommissorium.readings.readers import owners_who_read
from kommissorium.registers.signals import OfRow, RowSignals, Signal


class Owner(NamedTuple):
    """Somebody who owns assets on a day, and whether they have read all that is for owners."""

    person: int
    has_read: bool


def owners_on(day: date) -> Iterator[Owner]:
    """Yield everybody who owns assets on the day."""
    held = Ownership.objects.on(day).filter(asset__ended_on=None, person__is_active=True)
    read = owners_who_read(day)
    for key in held.order_by().values_list("person", flat=True).distinct():
        yield Owner(key, key in read)


OWNERS: Final[Signal[OfRow[Owner]]] = Signal.of(
    rules.OWNERS,
    label=_("Owners of systems, data and archives"),
    holds=lambda _one: True,
)
READ: Final[Signal[OfRow[Owner]]] = Signal.of(
    rules.READ,
    label=_("Have confirmed"),
    holds=lambda one: one.has_read,
)
SIGNALS: Final = RowSignals(signals=(OWNERS, READ), rows=owners_on)  # people are on no list
