"""Figures of few people in an export: as on a page, nobody is told of them."""

from __future__ import annotations

from kommissorium.awareness.models import GroupFigures
from kommissorium.awareness.tests.cases import approved, figures, named, values_of
from kommissorium.conftest import Cast


def test_figures_of_few_people_are_for_who_writes_them(cast: Cast) -> None:
    plan = approved(cast)
    title = str(values_of(cast)["title"])
    figures(cast, named(plan, title), people=3)
    assert GroupFigures.objects.visible_to(cast.coordinator).count() == 1
    assert GroupFigures.objects.visible_to(cast.auditor).count() == 0
    GroupFigures.objects.update(people=40)
    assert GroupFigures.objects.visible_to(cast.auditor).count() == 1
