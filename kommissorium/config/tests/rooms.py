"""Each room's contributions to the tests that go through all of them, in its own test modules.

`access` who gets which answer at its addresses, `samples` one object of each kind, `canaries`
where the words that not everybody may read are looked for. No list of rooms is kept for it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from kommissorium.core.tests.samples import Samples
from kommissorium.registers.installed import registers

if TYPE_CHECKING:
    from kommissorium.conftest import Cast

PACKAGE = Path(__file__).resolve().parents[2]
# What the registers' samples stand on, in the order in which a committee comes to it.
FRAME = ("accounts", "committees", "meetings", "tasks", "secretariat", "yearwheel")
BESIDE = ("texts", "compliance")  # rooms that are no register: what is shown by its key, or frozen


def brought(what: str) -> dict[str, ModuleType]:
    """Return the module of that name of every room that has one, by room."""
    found = [*PACKAGE.glob(f"*/tests/{what}.py"), *PACKAGE.glob(f"*/tests/{what}/__init__.py")]
    rooms = sorted(path.relative_to(PACKAGE).parts[0] for path in found)
    return {room: import_module(f"kommissorium.{room}.tests.{what}") for room in rooms}


def make_samples(cast: Cast) -> Samples:
    """Write something of every kind, open and closed, and name it all.

    Each text of a closed item holds CANARY, and each text of the registers that is none of the
    system owner's business holds FOREIGN.
    """
    samples, modules = Samples(), brought("samples")
    for room in (*FRAME, *(register.code for register in registers()), *BESIDE):
        modules[room].add(samples, cast)
    return samples
