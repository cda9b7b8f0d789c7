"""Waived documents: shown by reason, decided on by a committee, and counted apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kommissorium.assets.actions.documents import waive
from kommissorium.assets.models import Required
from kommissorium.assets.tests.document_cases import required, system
from kommissorium.conftest import Cast
from kommissorium.core.refusals import Refused

pytestmark = pytest.mark.usefixtures("no_paper")
WHY = "Kører hos leverandøren"


def waive_all(cast: Cast, because: str = WHY) -> int:
    rows = Required.objects.filter(waived_at=None).select_related("asset", "type")
    for one in rows:
        waive(one, by=cast.coordinator, because=because)
    return Required.objects.count()


def test_one_letter_is_no_reason_why_a_document_is_not_needed(cast: Cast) -> None:
    row = required(system(cast))
    for because in ("x", "ikke.", " "):
        with pytest.raises(Refused) as refused:
            waive(row, by=cast.coordinator, because=because)
        assert list(refused.value.errors) == ["because"]


def test_the_page_shows_by_whom_and_why(cast: Cast, client_of: Callable[[str], Client]) -> None:
    system(cast)
    number = waive_all(cast)
    shown = client_of("auditor").get(reverse("waivers")).content.decode()
    assert WHY in shown and cast.coordinator.name in shown and str(number) in shown
    assert "kommer de af sig selv på dagsordenen" in shown
