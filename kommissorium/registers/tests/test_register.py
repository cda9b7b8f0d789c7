"""The registers that are installed are found, by their rooms alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps

from kommissorium.registers.config import RegisterConfig
from kommissorium.registers.register import register_of, registers


def test_every_register_is_found_in_its_order():
    assert [register.code for register in registers()] == ["assets", "risks"]


def test_a_room_with_a_register_is_installed_as_one():
    """Of two candidates in one apps.py Django silently takes the plain one."""
    for config in apps.get_app_configs():
        module = Path(config.path) / "register.py"
        keeps = module.exists() and "\nREGISTER = " in module.read_text(encoding="utf-8")
        assert keeps == isinstance(config, RegisterConfig), config.name


def test_a_register_that_is_not_installed_is_not_found():
    with pytest.raises(LookupError):
        register_of("nothing")
