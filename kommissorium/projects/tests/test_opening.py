"""The opening of the projects: a green project that is late or over its budget is not called right."""

from __future__ import annotations

import pytest
from django.utils import translation

from kommissorium.conftest import Cast
from kommissorium.projects.register import REGISTER
from kommissorium.projects.tests.cases import milestone, project, tell
from kommissorium.registers.counts import forget_counts
from kommissorium.registers.openings import told_by

pytestmark = pytest.mark.django_db


def said(cast: Cast) -> str:
    forget_counts()
    with translation.override("da"):
        found = told_by(REGISTER, cast.coordinator)
    assert found is not None
    return found.sentence


def test_what_is_red_comes_first_and_green_alone_is_not_enough(cast: Cast) -> None:
    found = tell(cast, project(cast), "green")
    right = "Det ene igangværende projekt er grønt, til tiden og inden for budgettet."
    assert said(cast) == right
    milestone(cast, found)
    tell(cast, found, "green", spent=found.budget + 1, reason="Det blev dyrere.")
    assert said(cast).startswith("1 projekt er over budgettet.")
    tell(cast, found, "red", reason="Ingen har tid.")
    assert said(cast).startswith("Ét projekt er rødt.")
