"""Every count that a register offers to be measured by has a name, and is read from its counts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.registers.counts import counts_of, indicators, read_indicator
from kommissorium.registers.numbers import count, percentage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(indicators()))
def test_an_indicator_is_read_from_what_is_counted(name, samples):
    indicator = indicators()[name]
    with override("da"):
        assert str(indicator.label)
        assert str(indicator.sentence) and str(indicator.unit)
    today = timezone.localdate()
    own = indicator.numbers
    counted = own(today) if own else counts_of(name.partition(":")[0])
    assert read_indicator(name) == indicator.read(counted)
    assert isinstance(indicator.read(dict.fromkeys(counted, 1)), (int, Decimal))
    assert indicator.read(dict.fromkeys(counted, 0)) in (0, None)


def test_a_percentage_of_nothing_is_nothing_to_count(cast):
    found = percentage("Dækket", "part", "whole", "Hvor mange er dækket.")
    assert found.read({"part": 2, "whole": 3}) == Decimal("66.67")
    assert found.read({"part": 0, "whole": 0}) is None
    assert count("Antal", "part", "ting", "Hvor mange der er.").read({"whole": 1}) is None
    assert read_indicator("risks:nonsense") is None
    assert read_indicator("") is None
