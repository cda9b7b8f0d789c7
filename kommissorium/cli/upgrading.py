"""Parses and runs the sub-command that brings a database up to date. Imports no Django: see main."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module

from kommissorium.cli import serve

type Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 it has no other name
type Command = Callable[[Commands, str, str, object], argparse.ArgumentParser]


def add_to(commands: Commands, command: Command) -> None:
    """Add the sub-command, made by `command`."""
    upgrade = command(commands, "upgrade", "bring the database up to date, copied first", _upgrade)
    upgrade.add_argument("--check", action="store_true", help="say what would happen, do nothing")
    upgrade.add_argument(
        "--copied", action="store_true", help="make no copy: there is one that was made elsewhere"
    )


def _upgrade(parsed: argparse.Namespace) -> int:
    serve.use_folder(parsed.data, make=False)
    # Settings are read when Django is imported: not before the folder is known.
    import_module("kommissorium.cli.commands")
    upgrade = import_module("kommissorium.cli.upgrade")
    return int(upgrade.upgrade(only_check=parsed.check, copied=parsed.copied))
