"""The opening of the objectives: one that nobody has measured is never called right."""

from __future__ import annotations

import pytest
from django.utils import translation

from kommissorium.conftest import Cast
from kommissorium.objectives.register import REGISTER
from kommissorium.objectives.tests.cases import approved, only, values_of
from kommissorium.registers.counts import forget_counts
from kommissorium.registers.openings import told_by

pytestmark = pytest.mark.django_db


def test_an_objective_without_a_measurement_is_late_and_shown(cast: Cast) -> None:
    found = only(approved(cast, values_of(cast, indicator="")))
    forget_counts()
    with translation.override("da"):
        told = told_by(REGISTER, cast.coordinator)
    assert told is not None and "nået eller på vej" not in told.sentence
    if not found.measurements.exists():
        assert told.wrong is not None and told.wrong.url == found.get_absolute_url()
