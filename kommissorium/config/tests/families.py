"""The families of tests, as docs/families.md names them: a number, their modules, and whether there is a long form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TABLE = ROOT / "docs" / "families.md"
NONE = "–"


@dataclass(frozen=True)
class Family:
    """A family of tests."""

    number: int
    promise: str
    modules: tuple[Path, ...]
    short: str
    long: str


def families() -> list[Family]:
    """Return all of the table."""
    lines = TABLE.read_text("utf-8").splitlines()
    return [_family(line) for line in lines if re.match(r"\| \d+ \|", line)]


def _family(line: str) -> Family:
    number, promise, modules, short, long = (cell.strip() for cell in line.strip("| ").split(" | "))
    return Family(
        int(number), promise, tuple(map(_path, re.findall(r"`([^`]+)`", modules))), short, long
    )


def _path(name: str) -> Path:
    return ROOT / name if name.startswith("scripts/") else ROOT / "kommissorium" / name
