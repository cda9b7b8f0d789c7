"""Tidy up when this process ends, even if it is killed."""

from __future__ import annotations

import atexit
import os
import subprocess


def when_we_end(command: str, user: str | None = None) -> None:
    """Let a shell run the command when this process has ended, however it ended.

    The shell waits for the end of its input, which nobody but this process holds open. A
    process that ends in the usual way waits for it.
    """
    quiet = subprocess.DEVNULL
    shell = subprocess.Popen(
        ["/bin/sh", "-c", f"cat; {command}"],
        user=user,
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )
    owner = os.getpid()

    def end() -> None:
        if os.getpid() == owner and shell.stdin:
            shell.stdin.close()
            shell.wait(timeout=30)

    atexit.register(end)
