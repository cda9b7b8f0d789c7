"""How much is tried: by `make test`, by DEEP=1 before a release, by the long form of `make soak`."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis.internal.charmap import charmap_file

DEEP = os.environ.get("DEEP") == "1"
LONG = os.environ.get("KOMMISSORIUM_TEST_LONG") == "1"
# All code points but those of surrogates, which are half a character; none comes back as another.
UTF_8 = [[[0x0000, 0xD7FF], [0xE000, 0x10FFFF]], []]


def examples(ordinary: int, deep: int) -> int:
    """Return the number of examples or rounds to try."""
    return deep if DEEP else ordinary


def rounds(short: int, long: int) -> int:
    """Return the number of rounds of a test that `make soak` runs for long (docs/families.md)."""
    return long if LONG else short


# The processes of a run agree on the date, at midnight too: those that are started inherit it.
DATE = int(os.environ.setdefault("KOMMISSORIUM_TEST_DATE", str(datetime.now(UTC).toordinal())))


def in_turn[T](things: Sequence[T], days: int = 1) -> list[T]:
    """Return the one whose turn it is on this date (UTC), each for so many days; with DEEP=1 all."""
    return list(things) if DEEP or LONG else [things[DATE // days % len(things)]]


def know_utf_8() -> None:
    """Tell Hypothesis what UTF-8 can hold.

    Else each process of a fresh clone finds it out by trying all characters, for many seconds.
    What Hypothesis looks for under another name it finds out as ever.
    """
    known = charmap_file("codec-v2-utf-8")
    if known.exists():
        return
    with contextlib.suppress(OSError):
        known.parent.mkdir(parents=True, exist_ok=True)
        mine = known.with_suffix(f".{os.getpid()}")
        mine.write_bytes(gzip.compress(json.dumps(UTF_8).encode(), mtime=1))
        mine.replace(known)
