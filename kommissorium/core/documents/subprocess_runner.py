"""Runs a program of ours on untrusted bytes in a separate process with limits.

The program limits its own memory and processor time, so that a hostile file ends that process
and not the server; here is limited how long it may take in all, and how many run at a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from threading import Timer
from typing import Any, Final

import kommissorium
from kommissorium.core.documents.slots import slot

LIBRARY: Final = str(Path(kommissorium.__file__).resolve().parent.parent)
_OPENER: Final = (
    "import sys, importlib; sys.path.insert(0, sys.argv[1]); "
    "importlib.import_module(sys.argv[2]).main()"
)


class Stopped(Exception):
    """The program took too long, or its limits ended it."""


class Failed(Exception):
    """The program ended with an error of its own."""


def answer_of(
    module: str, *arguments: str, data: bytes = b"", seconds: float, opens: bool = True
) -> dict[str, Any]:
    """Return the JSON object that `main()` of a module of ours writes, run apart on the data.

    One that opens no file of others waits for no place. Raises Stopped, Failed, and Busy where
    too many others run.
    """
    program = ["-c", _OPENER, LIBRARY, module, *arguments]
    try:
        with slot() if opens else nullcontext():
            answer = json.loads(b"".join(_lines(program, data, seconds)))
    except ValueError:
        raise Failed from None
    if not isinstance(answer, dict):
        raise Failed
    return answer


def lines_apart(arguments: Sequence[str], data: bytes, *, seconds: float) -> Iterator[bytes]:
    """Yield the lines that Python writes when it runs `arguments` with the data as its input.

    The program must have read all of its input before it writes. It sees no variable of the
    environment, no folder but the library's (-I). Raises Stopped, Failed, and Busy where too
    many others run.
    """
    with slot():
        yield from _lines(arguments, data, seconds)


def _lines(arguments: Sequence[str], data: bytes, seconds: float) -> Iterator[bytes]:
    with subprocess.Popen(  # noqa: S603 - our own interpreter and our own program
        [sys.executable, "-I", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        clock = Timer(seconds, process.kill)
        clock.start()
        try:
            yield from _conversation(process, data)
            process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            clock.cancel()
    if process.returncode:
        raise Stopped if process.returncode < 0 else Failed


def _conversation(process: subprocess.Popen[bytes], data: bytes) -> Iterator[bytes]:
    if process.stdin is None or process.stdout is None:
        raise Failed
    # A program that has ended reads no more; its exit code will say why.
    with suppress(BrokenPipeError), process.stdin as stdin:
        stdin.write(data)
    yield from process.stdout
