"""The registers that are installed are found, by their rooms alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps

from kommissorium.registers.installed import register_of, registers


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
