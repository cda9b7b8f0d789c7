"""Parses and runs the sub-commands that keep an installation: its keys, backups and second steps.

Imports no Django: see main.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

from kommissorium.cli import serve

type Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 it has no other name
type Command = Callable[[Commands, str, str, object], argparse.ArgumentParser]


def add_to(commands: Commands, command: Command) -> None:
    """Add the sub-commands, each made by `command`."""
    rotate = command(commands, "rotate-key", "put another signing key in place", _rotate_key)
    _dry(rotate)
    command(
        commands, "accept-key", "record in the evidence that secret.key was replaced", _accept_key
    )
    backup = command(commands, "backup", "write database and files into one archive", _backup)
    backup.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    backup.add_argument("--key-to", type=Path, metavar="FILE", help="write secret.key there, apart")
    backup.add_argument(
        "--encrypt-to", default="", metavar="age1…", help="encrypt it to this public key of age"
    )
    _dry(backup)
    restore = command(commands, "restore", "put a backup into an empty folder", _restore)
    restore.add_argument("file", type=Path, metavar="FILE", help="what 'backup' wrote")
    restore.add_argument("--key", type=Path, metavar="FILE", help="secret.key, as kept apart")
    restore.add_argument(
        "--identity", type=Path, metavar="FILE", help="the private key of an encrypted backup"
    )
    _dry(restore)
    reset = command(
        commands, "reset-second-step", "remove the second step somebody lost", _reset_second_step
    )
    reset.add_argument("email", metavar="EMAIL", help="e-mail of who lost it")
    _dry(reset)


def _dry(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what it would do, do nothing")


def _rotate_key(parsed: argparse.Namespace) -> int:
    serve.use_folder(parsed.data, make=False)
    return int(_module("keys").rotate_key(dry_run=parsed.dry_run))


def _accept_key(parsed: argparse.Namespace) -> int:
    serve.use_folder(parsed.data, make=False)
    return int(_module("keys").accept_key())


def _backup(parsed: argparse.Namespace) -> int:
    serve.use_folder(parsed.data, make=False)
    asked = {"key_to": parsed.key_to, "encrypt_to": parsed.encrypt_to, "dry_run": parsed.dry_run}
    return int(_module("backup").backup(parsed.output, **asked))


def _restore(parsed: argparse.Namespace) -> int:
    asked = {"key": parsed.key, "identity": parsed.identity, "dry_run": parsed.dry_run}
    return int(import_module("kommissorium.cli.restore").restore(parsed.file, parsed.data, **asked))


def _reset_second_step(parsed: argparse.Namespace) -> int:
    serve.use_folder(parsed.data, make=False)
    return int(_module("keys").reset_second_step(parsed.email, dry_run=parsed.dry_run))


def _module(name: str) -> ModuleType:
    # Settings are read when Django is imported: not before the folder is known.
    import_module("kommissorium.cli.commands")
    return import_module(f"kommissorium.cli.{name}")
