"""Runs a program of ours on untrusted bytes in a separate process with limits.

The program limits its own memory and processor time, so that a hostile file ends that process
and not the server; here is limited how long it may take in all.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from threading import Timer


class Stopped(Exception):
    """The program took too long, or its limits ended it."""


class Failed(Exception):
    """The program ended with an error of its own."""


def lines_apart(arguments: Sequence[str], data: bytes, *, seconds: float) -> Iterator[bytes]:
    """Yield the lines that Python writes when it runs `arguments` with the data as its input.

    The program must have read all of its input before it writes. It sees no variable of the
    environment, no folder but the library's (-I). Raises Stopped, Failed.
    """
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
