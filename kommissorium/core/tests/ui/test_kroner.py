"""Amounts in kroner, as they are typed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as some

from kommissorium.core.ui.localised import KronerField, KronerInput, kroner, kroner_of


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("0", 0),
        ("250000", 250_000),
        ("250.000", 250_000),
        ("1.250.000", 1_250_000),
        ("250.000,00", 250_000),
        ("250.000,-", 250_000),
        ("1 250 000", 1_250_000),
        ("1\u00a0250\u00a0000", 1_250_000),
        ("  kr. 40.000 ", 40_000),
        ("40.000 kr.", 40_000),
        ("40.000kr", 40_000),
        ("40000 DKK", 40_000),
    ],
)
def test_an_amount_is_read_as_danes_type_it(typed, amount):
    assert kroner_of(typed) == amount
    assert KronerField(label="Beløb").clean(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["1.25", "12.50", "1.2500", "1,250,000", "250.000,50", "2,5 mio.", "en million", "1e6", "٢٥"],
)
def test_what_could_mean_something_else_is_refused_in_words(typed):
    with pytest.raises(ValueError, match=r".*"):
        kroner_of(typed)
    with override("en"), pytest.raises(ValidationError, match="whole kroner"):
        KronerField(label="Beløb").clean(typed)


def test_an_amount_below_nothing_or_beyond_all_sense_is_refused():
    field = KronerField(label="Beløb")
    with override("en"), pytest.raises(ValidationError, match="less than 0"):
        field.clean("-250.000")
    with override("en"), pytest.raises(ValidationError, match="at most"):
        field.clean("10.000.000.001")
    with pytest.raises(ValidationError):
        field.clean("9" * 39)


def test_an_empty_line_is_no_amount():
    assert KronerField(label="Beløb", required=False).clean("  ") is None


@given(some.integers(min_value=0, max_value=10_000_000_000))
def test_what_is_shown_can_be_typed_again(amount):
    with override("da"):
        assert kroner_of(kroner(amount)) == amount
        assert kroner_of(KronerInput().format_value(amount) or "") == amount
