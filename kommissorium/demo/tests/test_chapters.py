"""Each register has its chapter, and keeps to its budget."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from django.utils import timezone

from kommissorium.config.tests.demonstration import Demonstration
from kommissorium.core.evidence.models import Event
from kommissorium.demo import chapters as package
from kommissorium.demo.building import BUDGETS, KEPT_DAILY
from kommissorium.demo.chapters import chapters
from kommissorium.demo.tests.stories import of_fifteen_months
from kommissorium.measures.past import TOLD_FOR
from kommissorium.registers.installed import register_of, registers
from kommissorium.registers.models import DailyFigures

FOLDER = Path(package.__file__).parent


def test_every_register_has_a_chapter_and_no_other() -> None:
    told = {path.stem for path in FOLDER.iterdir() if not path.name.startswith("_")}
    assert told == set(chapters()) == {register.code for register in registers()}


@of_fifteen_months
def test_no_chapter_costs_more_than_its_budget(havneby: Demonstration) -> None:
    """A step over it costs everybody who starts a demonstration: find a cheaper way."""
    budgets = BUDGETS | {code: chapter.budget for code, chapter in chapters().items()}
    costs = {code: int(cost) for code, cost in re.findall(r"(\w+) (\d+)(?:,|$)", _line(havneby))}
    assert set(costs) == set(budgets)
    over = {code: cost for code, cost in costs.items() if cost > budgets[code]}
    assert over == {}


def _line(havneby: Demonstration) -> str:
    [line] = [line for line in havneby.said.splitlines() if "SQL-sætninger:" in line]
    return line


def test_figures_tell_of_every_evening_once_a_register_has_something(
    havneby: Demonstration,
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    for code in chapters():
        if register_of(code).counts.record is None:
            continue  # it has nothing to count of an evening
        kept = DailyFigures.objects.filter(register=code).select_related("event").order_by("day")
        days = [one.day for one in kept]
        assert days[-1] == yesterday, code
        for one, following in pairwise(days):
            is_long_ago = timezone.localdate() - one > KEPT_DAILY
            assert (following - one).days - 1 <= (TOLD_FOR.days if is_long_ago else 0), (code, one)
        assert days == [timezone.localdate(one.event.at) for one in kept], code
        # What is done on a day is done before its evening.
        evenings = {one.day: one.event_id for one in kept}
        done = Event.objects.filter(act__startswith=f"{code}.").exclude(act__contains="figures")
        for at, seq in done.values_list("at", "seq"):
            assert seq < evenings.get(timezone.localdate(at), seq + 1), at
