"""Parses the command line and runs the sub-command.

This module and `serve` import neither Django nor anything that does: the process that only
watches over the web and the worker stays small.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

from kommissorium import __version__
from kommissorium.cli import checking, keeping, serve, upgrading
from kommissorium.cli.errors import Trouble
from kommissorium.cli.leaving import add_leaving
from kommissorium.core import other_day

YEARS = range(2020, 2100)  # in which the demonstration can be told to live
DATABASE_NOTE = "DATABASE_URL=postgres://user@host/name uses PostgreSQL in place of SQLite."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a sub-command and return its exit code; 2 with one line for what cannot be done."""
    parsed = _parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed) or 0)
    except Trouble as trouble:
        print(f"kommissorium: {trouble}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kommissorium",
        description="Runs a municipality's information security committee from its mandate.",
        epilog=DATABASE_NOTE,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serving(commands)
    _add_reading(commands)
    _add_evidence(commands)
    upgrading.add_to(commands, _command)
    add_leaving(commands, _command)
    checking.add_to(commands, _command)
    keeping.add_to(commands, _command)
    return parser


def _add_serving(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = _command(commands, "demo", "build a fictional municipality and serve it", _demo)
    demo.set_defaults(data=Path("demo-data"), host="127.0.0.1", workers=2)
    demo.add_argument("--port", type=_port, default=8000, help="port on 127.0.0.1 (8000)")
    demo.add_argument(
        "--years", type=int, choices=[1, 3], default=1, help="years behind it: 1 (a good one) or 3"
    )
    demo.add_argument(
        "--today", type=_day, metavar="DATE", help="live on that day, like 2027-01-15 (today)"
    )
    demo.add_argument("--no-serve", action="store_true", help="build it, do not serve it")
    demo.add_argument(
        "--strict", action="store_true", help="fail where the program refuses a deed of its story"
    )
    serve = _command(commands, "serve", "serve the web and run the worker", _serve)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=_port, default=8000, help="port to listen on (8000)")
    serve.add_argument("--workers", type=int, default=2, help="number of web processes (2)")
    init = _command(commands, "init", "make a database and its first administrator", _init)
    init.add_argument("--municipality", help="name of the municipality (asked for if missing)")
    init.add_argument("--name", help="name of the first administrator")
    init.add_argument("--email", help="e-mail of the first administrator")
    invite = _command(commands, "invite", "print where somebody chooses a password", _invite)
    invite.add_argument("email", metavar="EMAIL", help="e-mail of somebody without a password")


def _add_reading(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    mandate = commands.add_parser("mandate", help="work with terms of reference")
    verbs = mandate.add_subparsers(required=True, metavar="VERB")
    read = _command(verbs, "read", "read terms of reference and print what was understood", _read)
    read.add_argument("file", type=Path, metavar="FILE", help=".txt, .md, .docx, .odt or .pdf")
    read.add_argument("--json", action="store_true", help="print as JSON")
    pack = _command(commands, "pack", "write the pack of a meeting", _pack)
    pack.add_argument("--meeting", default="next", metavar="ID|next", help="which meeting (next)")
    pack.add_argument(
        "--format",
        choices=["pdf", "print", "docx", "json"],
        default="pdf",
        help="pdf (accessible, files embedded), print (attachments as pages), docx or json",
    )
    pack.add_argument("--without-closed", action="store_true", help="leave closed items out")
    pack.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    report = _command(commands, "report", "write a report to the executive board", _report)
    report.add_argument("--last", action="store_true", required=True, help="the newest one")
    report.add_argument("--committee", metavar="NAME", help="of this committee (the only one)")
    report.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help=".pdf, .docx or .json"
    )
    report.add_argument("--without-closed", action="store_true", help="leave out what is closed")
    status = _command(commands, "status", "write the status of a quarter", _status)
    status.add_argument("--quarter", required=True, metavar="YEAR-N", help="like 2026-3")
    status.add_argument(
        "--committee", metavar="NAME", help="which committee's, if several have one"
    )
    status.add_argument("--without-closed", action="store_true", help="leave out what is closed")
    status.add_argument(
        *("-o", "--output"),
        type=Path,
        required=True,
        metavar="FILE",
        help=".pdf, .docx or .json; one that is not approved is marked as a draft",
    )


def _add_evidence(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verify = _command(commands, "verify", "check the chain of a database or an export", _verify)
    verify.add_argument("file", type=Path, nargs="?", metavar="FILE", help="an export to check")
    verify.add_argument(
        "--anchor",
        action="append",
        default=[],
        metavar="FILE|TEXT",
        help="heads noted earlier: SEQ:HASH, a file with such, as a mail of the day, or a time stamp",
    )
    _command(commands, "index", "write anew what search looks in", _index)
    assess = _command(commands, "assess", "tell which clauses of a mandate are fulfilled", _assess)
    assess.add_argument("--on", metavar="DATE", help="a past date like 2026-11-25 (today)")
    assess.add_argument("--committee", metavar="NAME", help="one committee alone (all)")
    assess.add_argument(
        "--as-known-today",
        action="store_true",
        help="answer a past date by what is known today, not by what was known then",
    )
    assess.add_argument("--json", action="store_true", help="print as JSON, with all evidence")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    run: object,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name, help=text, description=f"{text[0].upper()}{text[1:]}.", epilog=DATABASE_NOTE
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get("KOMMISSORIUM_DATA", "data")),
        metavar="DIR",
        help="folder of database, files and key",
    )
    parser.set_defaults(run=run)
    return parser


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:  # noqa: PLR2004 ports have 16 bits
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a date is written like 2027-01-15") from None
    if day.year not in YEARS:
        raise argparse.ArgumentTypeError(f"a year from {YEARS[0]} to {YEARS[-1]}")
    return day


def _demo(parsed: argparse.Namespace) -> int:
    os.environ["KOMMISSORIUM_DEMO"] = "1"
    if parsed.today:
        os.environ[other_day.SHIFT] = str(other_day.seconds_to(parsed.today))
    os.environ.setdefault("KOMMISSORIUM_URL", f"http://127.0.0.1:{parsed.port}")
    _use_folder(parsed.data, make=True)
    strict = ("strict",) if parsed.strict else ()
    build = partial(serve.run_python, "kommissorium.cli.build_demo", str(parsed.years), *strict)
    if parsed.no_serve:
        build()
        return 0
    serve.refuse_busy_port(parsed.host, parsed.port)
    page = serve.Waiting(parsed.host, parsed.port)
    try:
        build(said=page.tell)
    except SystemExit:
        page.end("failed")
        raise
    except KeyboardInterrupt:
        page.end("stopped")
        raise
    page.tell("built\n")
    return serve.serve(parsed.host, parsed.port, parsed.workers)


def _serve(parsed: argparse.Namespace) -> int:
    if parsed.workers < 1:
        raise Trouble("--workers must be 1 or more.")
    _use_folder(parsed.data, make=False)
    os.environ.setdefault("KOMMISSORIUM_URL", serve.address_of(parsed.host, parsed.port))
    serve.refuse_busy_port(parsed.host, parsed.port)
    leaves = os.environ.get("EMAIL_HOST", "").strip() or os.environ.get("KOMMISSORIUM_DEMO")
    note = "" if leaves else serve.MAIL_WAITS
    return serve.serve(parsed.host, parsed.port, parsed.workers, note)


def _init(parsed: argparse.Namespace) -> int:
    _use_folder(parsed.data, make=True)
    return int(_commands().init(parsed.municipality, parsed.name, parsed.email))


def _invite(parsed: argparse.Namespace) -> int:
    _use_folder(parsed.data, make=False)
    return int(_commands().invite(parsed.email))


def _read(parsed: argparse.Namespace) -> int:
    os.environ.setdefault("KOMMISSORIUM_SECRET_KEY", secrets.token_urlsafe(50))
    return int(
        import_module("kommissorium.cli.read_mandate").read(parsed.file, as_json=parsed.json)
    )


def _pack(parsed: argparse.Namespace) -> int:
    _use_folder(parsed.data, make=False)
    return int(
        _commands().pack(
            parsed.meeting, parsed.format, parsed.output, without_closed=parsed.without_closed
        )
    )


def _report(parsed: argparse.Namespace) -> int:
    _use_folder(parsed.data, make=False)
    without = parsed.without_closed
    return int(_commands().report(parsed.committee, parsed.output, without_closed=without))


def _status(parsed: argparse.Namespace) -> int:
    _use_folder(parsed.data, make=False)
    asked = (parsed.quarter, parsed.committee, parsed.output)
    return int(_commands().status(*asked, without_closed=parsed.without_closed))


def _verify(parsed: argparse.Namespace) -> int:
    if parsed.file:
        evidence = import_module("kommissorium.core.evidence.verifier")
        anchors = [f"--anchor={anchor}" for anchor in parsed.anchor]
        return int(evidence.main([str(parsed.file), *anchors]))
    _use_folder(parsed.data, make=False)
    return int(_commands().verify(parsed.anchor))


def _assess(parsed: argparse.Namespace) -> int:
    _use_folder(parsed.data, make=False)
    options = {"as_json": parsed.json, "as_known_today": parsed.as_known_today}
    return int(_commands().assess(parsed.on, parsed.committee, **options))


def _index(parsed: argparse.Namespace) -> int:
    _use_folder(parsed.data, make=False)
    return int(_commands().index())


def _use_folder(folder: Path, *, make: bool) -> None:
    serve.use_folder(folder, make=make)


def _commands() -> ModuleType:
    # Settings are read when Django is imported: not before the folder is known.
    return import_module("kommissorium.cli.commands")
