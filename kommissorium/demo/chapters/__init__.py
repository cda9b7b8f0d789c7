"""The story's chapters about registers: a module or package by the register's code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from kommissorium.demo.story import Town
from kommissorium.registers.installed import registers


@dataclass(frozen=True)
class Chapter:
    """The chapter of a register, by the name CHAPTER in its module.

    `decided` holds what a meeting writes down when it decides on a kind of subject.
    """

    tell: Callable[[Town], None]
    budget: int  # SQL statements that the shorter story may cost here, on any day
    decided: Mapping[str, str] = field(default_factory=dict)


@cache
def chapters() -> Mapping[str, Chapter]:
    """Return the chapters of the registers that are installed, by their codes."""
    return {
        register.code: import_module(f"{__name__}.{register.code}").CHAPTER
        for register in registers()
    }
