"""The opening of the risks: what lies above the level, and that no level makes nothing right."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation

from kommissorium.conftest import Cast
from kommissorium.registers.counts import counts_of, forget_counts
from kommissorium.registers.opening import Told
from kommissorium.registers.openings import told_by
from kommissorium.risks.cell_counts import levels_by_day
from kommissorium.risks.opening import RiskOpening
from kommissorium.risks.register import REGISTER
from kommissorium.risks.tests.list_rows import make_rows

pytestmark = pytest.mark.django_db


def told(cast: Cast) -> Told:
    forget_counts()
    with translation.override("da"):
        found = told_by(REGISTER, cast.coordinator)
    assert found is not None
    return found


def test_the_number_of_the_register_comes_first_and_the_greatest_is_shown(cast: Cast) -> None:
    make_rows(cast, range(1, 16))
    opening, number = told(cast), counts_of("risks")["open"]
    assert number
    assert opening.sentence.startswith(f"{number} risi") and opening.wrong is not None
    assert "hverken en plan eller en risikoaccept" in opening.sentence


def test_without_a_level_nothing_is_right(cast: Cast) -> None:
    make_rows(cast, range(1, 16))
    opening = RiskOpening(cast.coordinator, timezone.localdate(), {"risks": 3, "above": 0})
    opening.levels = [{}]
    with translation.override("da"):
        said = opening.sentence()
        assert said.startswith("Der gælder intet risikoniveau i dag.")
        opening.levels = levels_by_day([timezone.localdate()], opening.scales.all)
        assert opening.sentence() == "Ingen risiko ligger over risikoniveauet."
