"""Puts proposals of registers on the agendas of the story, and keeps the figures of its evenings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from kommissorium.demo.almanac import Almanac
from kommissorium.demo.story import Town
from kommissorium.meetings.working_days import is_working_day
from kommissorium.meetings.year_plan import add_months
from kommissorium.registers.actions.daily_figures import keep_figures
from kommissorium.registers.register import proposal_kind_of
from kommissorium.secretariat.actions.proposing import put_before

DAILY = 14  # days ago whose evenings were kept


def put(town: Town, ago: int, proposal: Any) -> None:
    """Put something on the agenda of a meeting, with what the program proposes to say."""
    texts = proposal_kind_of(proposal).text(proposal)
    put_before(
        proposal,
        town.meetings[ago],
        by=town.coordinator(),
        recommendation=texts.recommendation,
        presentation=texts.presentation,
    )


def keep_evenings(town: Town, code: str) -> None:
    """Tell of the evenings on which the figures of a register were kept."""
    days = town.almanac
    for day in sorted(set(_evenings(days))):
        town.tell(days.moment(day, "22.15"), partial(keep_figures, code, day))


def _evenings(days: Almanac) -> Iterator[date]:
    """Yield the evenings on which the figures were kept: of months, then of days."""
    today = days.today
    aims = [add_months(today, -months) for months in range(3 * days.span.first, 0, -1)]
    aims += [today - timedelta(days=ago) for ago in range(DAILY, 0, -1)]
    for aim in aims:
        day = aim
        while not (is_working_day(day) and is_working_day(day + timedelta(days=1))):
            day -= timedelta(days=1)
        yield day
