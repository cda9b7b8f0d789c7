"""The environment file of a data folder: what `init` was told, read by each later command.

Imports no Django: see main.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from pathlib import Path

from kommissorium.cli.errors import Trouble

FILE = "kommissorium.env"
NOT_KEPT = {"KOMMISSORIUM_DEMO", "KOMMISSORIUM_CLOCK_SHIFT", "KOMMISSORIUM_DEBUG"}
HEAD = """# What init was told. Each command reads it; a variable of the environment goes before it.
# systemd reads it by EnvironmentFile=. Every variable stands in docs/installation.md.
"""


def write(folder: Path, names: Iterable[str]) -> Path | None:
    """Write those of the variables that are set; return the file, None where one is there already."""
    told = {name: os.environ[name] for name in sorted(names) if name in os.environ}
    lines = [
        f"{name}={shlex.quote(value)}\n" for name, value in told.items() if name not in NOT_KEPT
    ]
    try:
        handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines([HEAD, *lines])
    return folder / FILE


def read(folder: Path) -> None:
    """Set the file's variables that are not set. Raises Trouble for a line that is none."""
    file = folder / FILE
    if not file.exists():
        return
    for number, line in enumerate(_lines(file), 1):
        try:
            words = shlex.split(line, comments=True)
        except ValueError:
            words = ["", ""]
        if not words:
            continue
        name, is_set, value = words[0].partition("=")
        if len(words) > 1 or not is_set or not name.isidentifier():
            raise Trouble(f"{file}, line {number}: write NAME=value, with quotes around spaces.")
        os.environ.setdefault(name, value)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{file} cannot be read: {error}.") from None
