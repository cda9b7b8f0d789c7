"""The registers that are installed are found, by their rooms alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps

from kommissorium.registers.installed import register_of, registers
from kommissorium.registers.protocol import Register

MOST_QUESTIONS = 20


def test_every_room_with_a_register_is_found_as_one():
    """Of two candidates in one apps.py Django silently takes the plain one."""
    kept = [config.label for config in apps.get_app_configs() if _keeps_one(Path(config.path))]
    assert sorted(register.code for register in registers()) == sorted(kept)
    assert {"assets", "risks"} <= set(kept)


def test_registers_stand_in_the_order_of_their_places():
    places = [register.place for register in registers()]
    assert places == sorted(set(places))


def test_a_register_that_is_not_installed_is_not_found():
    with pytest.raises(LookupError):
        register_of("nothing")


def _keeps_one(room: Path) -> bool:
    module = room / "register.py"
    return module.exists() and "\nREGISTER = " in module.read_text(encoding="utf-8")


def test_a_register_answers_few_questions() -> None:
    # What one room answers for another is a link, and no question to all of them.
    asked = {*Register.__annotations__, *vars(Register)}
    assert len({name for name in asked if not name.startswith("_")}) <= MOST_QUESTIONS
