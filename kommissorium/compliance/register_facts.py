"""Facts about registers from the chain: the events asked for, and each register's past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q

from kommissorium.registers.counts import counts_now
from kommissorium.registers.installed import registers
from kommissorium.registers.past import ActAbout, PastEvent
from kommissorium.registers.past_activities import RESULT, results_telling_of
from kommissorium.registers.past_day import figures_telling_of
from kommissorium.registers.protocol import Register

FIGURES: Final = ".figures_kept"  # how the acts end that keep figures of a day


def events_of_registers(on: date | None) -> Q:
    """Return the events about registers; of their figures those that tell of the day."""
    asked = {one for register in registers() for one in register.acts}
    acts = {one for one in asked if isinstance(one, str)}
    narrow = [one for one in asked if isinstance(one, ActAbout)]
    wanted = reduce(or_, (Q(act=one.act, object_kind=one.kind) for one in narrow), Q())
    if on is None:
        return wanted | Q(act__in=acts)
    others = [act for act in acts if not act.endswith(FIGURES) and act != RESULT]
    figures = Q(pk__in=[*figures_telling_of(on), *results_telling_of(on)])
    return wanted | Q(act__in=others) | figures


def pasts_of_registers(events: Sequence[PastEvent]) -> dict[Register, Any]:
    """Return the past of each register, from the events of its acts."""
    today, readers = counts_now(), defaultdict(list)
    for register in registers():
        for one in register.acts:
            readers[one if isinstance(one, str) else one.act].append(register.code)
    own: dict[str, list[PastEvent]] = defaultdict(list)
    for event in events:
        for code in readers.get(event.act, ()):
            own[code].append(event)
    return {one: one.past(own[one.code], today[one.code]) for one in registers()}
