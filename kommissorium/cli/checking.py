"""`kommissorium check` on the command line. Imports no Django: see main."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module

from kommissorium.cli import serve

type Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 its only name
type Add = Callable[[Commands, str, str, object], argparse.ArgumentParser]


def add_to(commands: Commands, add: Add) -> None:
    """Add the command."""
    add(commands, "check", "look at the installation, and say what to do", _check)


def _check(parsed: argparse.Namespace) -> int:
    serve.use_folder(parsed.data, make=False)
    return int(import_module("kommissorium.cli.check").check())
