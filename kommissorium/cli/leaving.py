"""The sub-commands `export`, `import` and `move` as they are typed. Imports no Django: see main."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from kommissorium.cli import serve
from kommissorium.cli.errors import Trouble
from kommissorium.cli.serving import at_rest

type Command = Callable[..., argparse.ArgumentParser]
DRY = "check and tell, and change nothing"


def add_leaving(commands: Any, command: Command) -> None:
    """Add what takes everything out, and in again."""
    export = command(commands, "export", "write the evidence, or everything, to a file", _export)
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    export.add_argument("--files", action="store_true", help="with the bytes of attached files")
    export.add_argument(
        "--all", action="store_true", help="everything, to be brought in again by 'import --all'"
    )
    export.add_argument("--dry-run", action="store_true", help=f"with --all: {DRY}")
    export.add_argument(
        "--key", type=Path, metavar="FILE", help="with --all: write secret.key apart to FILE"
    )
    bring = command(commands, "import", "make a database of what 'export --all' wrote", _import)
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--all", action="store_true", required=True, help="everything in it")
    bring.add_argument("--dry-run", action="store_true", help=DRY)
    bring.add_argument(
        "--despite-faults",
        action="store_true",
        help="bring in what the check finds faults in; the event of it names them",
    )
    move = command(commands, "move", "move to another database, as PostgreSQL", _move)
    move.add_argument(
        "--to", required=True, metavar="URL", help="postgres://user@host/name, or sqlite"
    )
    move.add_argument("--dry-run", action="store_true", help=DRY)


def _export(parsed: argparse.Namespace) -> int:
    serve.use_folder(parsed.data, make=False)
    if not parsed.all:
        if parsed.dry_run or parsed.key:
            raise Trouble("--dry-run and --key go with --all.")
        commands = import_module("kommissorium.cli.commands")
        return int(commands.export(parsed.output, with_files=parsed.files))
    with at_rest():
        return int(_moving().export_all(parsed.output, parsed.key, dry_run=parsed.dry_run))


def _import(parsed: argparse.Namespace) -> int:
    serve.use_folder(parsed.data, make=True)
    options = {"dry_run": parsed.dry_run, "despite_faults": parsed.despite_faults}
    with at_rest():
        return int(_moving().import_all(parsed.file, **options))


def _move(parsed: argparse.Namespace) -> int:
    serve.use_folder(parsed.data, make=False)
    with at_rest():
        return int(_moving().move(parsed.to, dry_run=parsed.dry_run))


def _moving() -> Any:
    # As in main: settings are read when Django is imported.
    return import_module("kommissorium.cli.moving")
