"""One object of each kind, for the addresses that name one."""

from __future__ import annotations

from kommissorium.config.tests.access_samples import (
    accounts,
    assets,
    calling,
    committees,
    conduct,
    decisions,
    meetings,
    minutes,
    risks,
    tasks,
    yearwheel,
)
from kommissorium.config.tests.access_samples.samples import CANARY, FOREIGN, Samples
from kommissorium.conftest import Cast
from kommissorium.meetings.models import Meeting

__all__ = ["CANARY", "FOREIGN", "Samples", "make_samples"]


def make_samples(cast: Cast, meeting: Meeting) -> Samples:
    """Write something of every kind, open and closed, and name it all.

    `meeting` is planned. Each text of a closed item holds CANARY, and each text of the registers
    that is none of the system owner's business holds FOREIGN.
    """
    samples = Samples()
    accounts.add(samples, cast)
    committees.add(samples, cast)
    meetings.add(samples, cast, meeting)
    tasks.add(samples, cast)
    minutes.add(samples, cast)
    decisions.add(samples, cast)
    conduct.add(samples, cast, calling.add(samples, cast))
    yearwheel.add(samples, cast)
    assets.add(samples, cast)
    risks.add(samples, cast)
    return samples
