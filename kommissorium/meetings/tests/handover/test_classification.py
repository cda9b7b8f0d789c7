from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.refusals import Refused
from kommissorium.meetings.handover import check_case_number, check_kle


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("85.11.00", "85.11.00"),
        ("00.01.00", "00.01.00"),
        ("85.11.00G01", "85.11.00G01"),
        ("85.11.00P19", "85.11.00P19"),
        ("85.11.00-G01", "85.11.00G01"),
        ("85.11.00 g01", "85.11.00G01"),
        (" 85.11.00\n", "85.11.00"),
        ("85.11.00Ø54", "85.11.00Ø54"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_kle_number_is_kept_in_one_form(text: str, kept: str) -> None:
    assert check_kle(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "85",
        "85.11",
        "8.11.00",
        "851100",
        "85,11,00",
        "85.11.00.00",
        "85.11.00G1",
        "85.11.00G001",
        "85.11.00GG1",
        "85.11.00G01P19",
        "85.11.00--G01",
        "85.11.00-G01-1-26",
        "KLE 85.11.00",
        "٨٥.١١.٠٠",
        "85.11.0o",
    ],
)
def test_what_is_no_kle_number_is_refused_with_what_one_looks_like(text: str) -> None:
    with pytest.raises(Refused) as refused:
        check_kle(text)
    assert set(refused.value.errors) == {"kle_number"}
    assert "85.11.00" in refused.value.errors["kle_number"]


@given(st.text(max_size=20))
def test_a_kle_number_stays_the_same_when_it_is_checked_again(text: str) -> None:
    try:
        kept = check_kle(text)
    except Refused:
        return
    assert check_kle(kept) == kept
    assert kept == "" or len(kept) in {8, 11}


def test_a_case_number_may_be_any_text_on_one_line() -> None:
    assert check_case_number(" 85.11.00-G01-7-26 \n") == "85.11.00-G01-7-26"
    assert check_case_number("") == ""
    assert check_case_number("æ" * 60) == "æ" * 60


def test_a_case_number_that_is_too_long_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        check_case_number("1" * 61)
    assert "60" in refused.value.errors["case_number"]
