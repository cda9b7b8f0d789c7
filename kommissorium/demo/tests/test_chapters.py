"""Each register has its chapter, and keeps to what it may cost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kommissorium.config.tests.demonstration import Demonstration
from kommissorium.demo import chapters as package
from kommissorium.demo.building import COMMITTEES, COMMITTEES_BUDGET
from kommissorium.demo.chapters import chapters
from kommissorium.demo.tests.stories import of_fifteen_months
from kommissorium.registers.register import registers

FOLDER = Path(package.__file__).parent


def test_every_register_has_a_chapter_and_no_other() -> None:
    told = {path.stem for path in FOLDER.iterdir() if not path.name.startswith("_")}
    assert told == set(chapters()) == {register.code for register in registers()}


@pytest.mark.once  # PostgreSQL is asked to hold rows besides
@of_fifteen_months
def test_no_chapter_costs_more_than_its_budget(havneby: Demonstration) -> None:
    """A step over it is paid by everybody who starts a demonstration: find a cheaper way."""
    budgets = {code: chapter.budget for code, chapter in chapters().items()}
    budgets[COMMITTEES] = COMMITTEES_BUDGET
    costs = {code: int(cost) for code, cost in re.findall(r"(\w+) (\d+)(?:,|$)", _line(havneby))}
    assert set(costs) == set(budgets)
    over = {code: cost for code, cost in costs.items() if cost > budgets[code]}
    assert over == {}


def _line(havneby: Demonstration) -> str:
    [line] = [line for line in havneby.said.splitlines() if "SQL-sætninger:" in line]
    return line
