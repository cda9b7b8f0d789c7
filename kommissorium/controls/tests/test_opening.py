"""The opening of the statement: saying that controls apply makes none of them met."""

from __future__ import annotations

import pytest
from django.utils import translation

from kommissorium.conftest import Cast
from kommissorium.controls.register import REGISTER
from kommissorium.controls.tests.cases import applying, begun
from kommissorium.registers.counts import forget_counts
from kommissorium.registers.openings import told_by

pytestmark = pytest.mark.django_db


def test_a_control_that_applies_is_not_met_by_what_somebody_writes(cast: Cast) -> None:
    begun(cast)
    applying(cast, how="Vi gør det hele.")
    forget_counts()
    with translation.override("da"):
        told = told_by(REGISTER, cast.coordinator)
    assert told is not None
    assert told.sentence.startswith("0 af 1 gældende foranstaltning er opfyldt")
    assert told.figure is not None and told.figure.picture.rows[0].pieces == []  # type: ignore[union-attr]
