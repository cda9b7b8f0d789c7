"""Shares in per cent: rounded, and never all or none that is not."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kommissorium.measures.shares import exact_share, share


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_only_all_are_a_hundred_and_only_none_are_nought(numbers: tuple[int, int]) -> None:
    part, whole = numbers
    found = share(part, whole)
    assert (found == 100) == (part == whole) and (found == 0) == (part == 0)
    assert abs(found - 100 * part / whole) <= 0.5 or found in (1, 99)


def test_a_share_is_rounded_not_cut() -> None:
    assert (share(875, 10_000), share(999, 1_000), share(1, 1_000)) == (9, 99, 1)


def test_a_share_just_below_what_is_wanted_is_not_called_what_is_wanted() -> None:
    assert str(exact_share(796, 1_000)) == "79.6"
    assert str(exact_share(3_199, 4_000)) == "79.98"
    assert exact_share(80, 100) == 80
    assert (exact_share(99_999, 100_000), exact_share(1, 100_000)) == (
        Decimal("99.99"),
        Decimal("0.01"),
    )
    assert exact_share(7, 7) == 100 and exact_share(0, 7) == 0
