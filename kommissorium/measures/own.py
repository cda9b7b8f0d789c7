"""The rules by their own hash: the same sources give the same, in the program and in measures.pyz."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rules_hash() -> str:
    """Return the SHA-256 of the sources of this package: of each its name, a line, its bytes."""
    digest = hashlib.sha256()
    for name, source in sorted(_sources(files("kommissorium.measures"), "")):
        digest.update(name.encode() + b"\n" + source)
    return digest.hexdigest()


def _sources(folder: Any, place: str) -> list[tuple[str, bytes]]:
    found = []
    for one in folder.iterdir():
        name = place + one.name
        if one.is_dir():
            found += _sources(one, name + "/")
        elif name.endswith(".py"):
            found.append((name, one.read_bytes()))
    return found
