"""The opening of continuity: what it says of services, systems and tests, and what it never says."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from kommissorium.conftest import Cast
from kommissorium.continuity.register import REGISTER
from kommissorium.continuity.tests.cases import (
    approved,
    approved_plans,
    hold,
    named,
    service,
    system,
    values_of,
)
from kommissorium.registers.counts import forget_counts
from kommissorium.registers.opening import Told
from kommissorium.registers.openings import told_by

pytestmark = pytest.mark.django_db


def told(cast: Cast) -> Told:
    forget_counts()
    with translation.override("da"):
        found = told_by(REGISTER, cast.coordinator)
    assert found is not None
    return found


def test_a_critical_service_without_plans_comes_first(cast: Cast) -> None:
    lacking = service(cast, systems=[system(cast)])
    opening = told(cast)
    assert opening.sentence.startswith("Én kritisk ydelse mangler planer.")
    assert opening.wrong is not None and opening.wrong.url == lacking.get_absolute_url()


def test_that_all_have_plans_is_said_beside_the_systems_in_no_service(cast: Cast) -> None:
    found = service(cast, systems=[system(cast, criticality="society")])
    approved_plans(cast, found)
    assert told(cast).sentence == "Den ene kritiske ydelse har sine planer, og de er gennemgået."
    alone = system(cast, "Alenesystemet", criticality="society")
    opening = told(cast)
    assert opening.sentence == (
        "1 kritisk system står i ingen kritisk ydelse. Alle kritiske ydelser har deres planer."
    )
    assert opening.wrong is not None and opening.wrong.url == alone.get_absolute_url()


@pytest.mark.parametrize("criticality", ["", "none"])
def test_calling_no_service_critical_makes_nothing_right(cast: Cast, criticality: str) -> None:
    service(cast, criticality=criticality, mtd=None, systems=[system(cast, criticality="society")])
    said = told(cast).sentence
    assert "har deres planer" not in said and "har sine planer" not in said
    assert said.startswith("1 kritisk system står i ingen kritisk ydelse.")


def test_a_test_that_took_too_long_is_wrong_beside_the_plans_that_stand(cast: Cast) -> None:
    found = service(cast, mtd=4, systems=[system(cast, criticality="society")])
    approved_plans(cast, found)
    values: dict[str, Any] = values_of(cast, title="Prøven", service=found)
    test = named(approved(cast, values), "Prøven")
    assert "aldrig testet" in told(cast).figure.picture.rows[0].said  # type: ignore[union-attr]
    hold(test, cast.coordinator, outcome="not_met", actual_rto=9)
    opening = told(cast)
    assert opening.sentence.startswith("Den nyeste test af 1 kritisk ydelse tog længere tid")
    assert opening.wrong is not None and opening.wrong.url == test.get_absolute_url()
    assert "for længe" in opening.figure.picture.rows[0].said  # type: ignore[union-attr]
