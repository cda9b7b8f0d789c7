"""Policies new in force, before the board or past review are named in status and report."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import Cast, time_is
from kommissorium.measures.periods import Quarter
from kommissorium.policies.quarterly_status import status_parts
from kommissorium.policies.tests.cases import approved, decided_above, document

pytestmark = pytest.mark.django_db
BOARD = {"title": "Politik for adgang", "level": "policy", "approval": "executive_board"}


def said(quarter: Quarter) -> str:
    with override("en"):
        return " ".join(part.sentence for part in status_parts(quarter))


def now() -> Quarter:
    return Quarter.of(timezone.localdate())


def test_what_took_effect_and_what_waits_for_the_board_are_named(cast: Cast) -> None:
    approved(cast)
    waiting = approved(cast, document(cast, **BOARD))
    assert "from a day in the quarter: “Retningslinje for adgang”." in said(now())
    assert "executive board's decision: “Politik for adgang”." in said(now())
    decided_above(cast, waiting)
    assert "executive board's decision" not in said(now())
    assert "“Politik for adgang”" in said(now())


def test_what_was_known_later_is_not_told_of_the_quarter_before(cast: Cast) -> None:
    approved(cast, document(cast, **BOARD))
    assert said(now().before) == ""


def test_what_is_past_its_review_is_named(cast: Cast) -> None:
    made = approved(cast)
    with time_is(timezone.localtime() + timedelta(days=400)):
        assert "Past its review: “Retningslinje for adgang”." in said(now())
    assert made.in_force_from and "Past its review" not in said(now())


def test_many_are_counted(cast: Cast) -> None:
    for number in range(5):
        approved(cast, document(cast, title=f"Retningslinje {number}"))
    assert "and 2 more" in said(now())
