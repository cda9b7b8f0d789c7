"""Breaches notified within 72 hours, as an objective can be measured by them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from kommissorium.conftest import Cast, time_is
from kommissorium.incidents.signals import INDICATORS, count_breaches
from kommissorium.incidents.tests.cases import handled, refuse, send

TODAY = timezone.localdate()


def counted(days: int) -> dict[str, int]:
    return dict(count_breaches(TODAY + timedelta(days=days)))


def test_told_of_in_time_late_and_not_at_all(cast: Cast) -> None:
    early, late, _never, needless = (handled(cast) for _number in range(4))
    refuse(cast, needless, "gdpr_33")
    send(cast, early)
    with time_is(timezone.localtime() + timedelta(days=5)):
        send(cast, late, late_because="Den blev glemt.")
    assert counted(0) == {"breaches": 0, "in_time": 0}, "no deadline has run out"
    assert counted(10) == {"breaches": 3, "in_time": 1}
    assert INDICATORS["breaches_in_time"].read(counted(10)) == Decimal("33.33")
    assert INDICATORS["breaches_in_time"].read(counted(400)) is None
