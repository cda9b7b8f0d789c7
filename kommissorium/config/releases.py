"""Which release a database is of, by the migrations that were applied to it."""

from __future__ import annotations

import csv
from collections.abc import Collection
from importlib.resources import files

type Step = tuple[str, str]  # room and migration


def release_of(applied: Collection[Step]) -> str:
    """Return the newest release whose migrations are all among them; "" for none."""
    steps: dict[str, set[Step]] = {}  # by release, oldest first
    for row in csv.DictReader(_listed().splitlines()):
        steps.setdefault(row["release"], set()).add((row["room"], row["migration"]))
    newest = ""
    for release, added in steps.items():
        if not added <= set(applied):
            break
        newest = release
    return newest


def _listed() -> str:
    return files(__package__).joinpath("released.csv").read_text("ascii")
