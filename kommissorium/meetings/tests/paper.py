"""Meetings without paper: what agenda, minutes and decisions look like takes most of their time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

DRAWN = ("pack.pack_pdf", "minutes.minutes_pdf", "minutes.decision_pdf")


@contextmanager
def on_no_paper() -> Iterator[None]:
    """Leave them undrawn: the same few bytes are frozen and sent instead."""
    with pytest.MonkeyPatch.context() as patch:
        for name in DRAWN:
            patch.setattr(f"kommissorium.meetings.{name}", lambda _what: b"%PDF-1.7")
        yield
