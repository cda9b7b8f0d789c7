"""The report to the executive board lists the policies approved and those waiting for it."""

from __future__ import annotations

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import Cast
from kommissorium.measures.periods import Quarter
from kommissorium.policies.tests.cases import approved, document
from kommissorium.reports.board_composing import compose_board_parts

pytestmark = pytest.mark.django_db


def test_it_has_a_part_about_policies_once_there_are_any(cast: Cast) -> None:
    quarter = Quarter.of(timezone.localdate())
    assert "policies" not in [one.code for one in compose_board_parts(cast.committee, quarter)]
    approved(cast)
    board = {"title": "Politik for adgang", "level": "policy", "approval": "executive_board"}
    approved(cast, document(cast, **board))
    with override("en"):
        parts = {one.code: one for one in compose_board_parts(cast.committee, quarter)}
    said = parts["policies"].sentence
    assert "board's decision: “Politik for adgang”" in said and "“Retningslinje for adgang”" in said
    assert not parts["policies"].figures
