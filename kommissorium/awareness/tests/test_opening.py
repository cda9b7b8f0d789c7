"""The opening of awareness: clicks and reports of the newest simulation, and none of few people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from kommissorium.awareness.models import AwarenessActivity, GroupFigures
from kommissorium.awareness.register import REGISTER
from kommissorium.awareness.tests.cases import approved, named, values_of
from kommissorium.conftest import Cast
from kommissorium.registers.counts import forget_counts
from kommissorium.registers.openings import told_by

pytestmark = pytest.mark.django_db


def said(cast: Cast) -> str:
    forget_counts()
    with translation.override("da"):
        found = told_by(REGISTER, cast.coordinator)
    assert found is not None
    return found.sentence


def simulated(found: AwarenessActivity, ago: int, people: int, **numbers: Any) -> None:
    """Let it be held so many days ago, with these figures."""
    held = timezone.localdate() - timedelta(days=ago)
    AwarenessActivity.objects.filter(pk=found.pk).update(held_on=held, outcome="met")
    GroupFigures.objects.create(activity=found, people=people, **numbers)


def test_it_says_both_simulations_and_that_more_clicked(cast: Cast) -> None:
    plan = approved(
        cast, *(values_of(cast, title=one, sort="phishing", target=None) for one in ("A", "B"))
    )
    simulated(named(plan, "A"), 40, 100, clicked=10, reported=30)
    assert "10 % klikkede" in said(cast)
    simulated(named(plan, "B"), 4, 100, clicked=8, reported=34)
    assert "Klik 10 → 8 %, meldinger 30 → 34 %." in said(cast)
    GroupFigures.objects.filter(activity__title="B").update(clicked=12)
    assert said(cast).startswith("Flere klikkede i den nyeste øvelse")
    GroupFigures.objects.filter(activity__title="B").update(people=4, clicked=1, reported=1)
    assert "→" not in said(cast)
