"""A past date needs a reason; today and later need none, and keep none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.core.backdating import MOST_OF_REASON, reason_for
from kommissorium.core.refusals import Refused


@pytest.mark.parametrize("days", [0, 1])
def test_no_reason_is_kept_for_today_and_later(days):
    day = timezone.localdate() + timedelta(days=days)
    assert reason_for(day, "") == ""
    assert reason_for(day, "Hvorfor ikke") == ""


@pytest.mark.parametrize("because", ["", "  ", "\u200b", "x" * (MOST_OF_REASON + 1)])
def test_a_date_that_is_over_needs_a_reason_that_can_be_read(because):
    with pytest.raises(Refused) as refused:
        reason_for(timezone.localdate() - timedelta(days=1), because)
    assert [*refused.value.errors] == ["because"]


def test_the_reason_is_kept_on_one_line():
    yesterday = timezone.localdate() - timedelta(days=1)
    assert reason_for(yesterday, " Først \n nu ") == "Først nu"
