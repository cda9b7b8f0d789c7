"""The page of completeness: its counts, the links of its numbers, and past days."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kommissorium.assets.models import (
    Asset,
    DocumentType,
    Required,
)
from kommissorium.assets.tests.owner_cases import make_register
from kommissorium.conftest import Cast
from kommissorium.registers.actions.kept import keep_figures

Browser = Callable[[str], Client]
MOST_QUERIES = 12


@pytest.fixture
def register(cast: Cast) -> dict[str, Asset]:
    return make_register(cast)


def test_the_percentages_lead_to_the_lists_they_count(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    Required.objects.all().delete()  # whatever is demanded at first
    paper = DocumentType.objects.create(name="Prøvedokument")
    Required.objects.create(asset=register["sag"], type=paper)
    browser = client_of("head_of_it")
    browser.get(reverse("completeness"))
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(reverse("completeness"))
    assert len(asked) <= MOST_QUERIES, "\n".join(one["sql"][:100] for one in asked)
    total, areas = answer.context["total"], answer.context["areas"]
    assert (total.assets, total.owned, total.owned_percent) == (4, 1, 25)
    assert (total.required, total.missing, total.current_percent) == (1, 1, 0)
    assert [(area.label, area.assets, area.without_owner) for area in areas][:2] == [
        ("Børn", 0, 0),
        ("Ældre", 2, 1),
    ]
    area, page = register["sag"].area, answer.content.decode()
    assert area is not None
    for kind in (f"area={area.pk}", "area=none", "kind=system"):
        query = f"?{kind}&without_owner=1"
        assert query.replace("&", "&amp;") in page
    listed = client_of("executive").get(f"{reverse('assets')}?area={area.pk}&without_owner=1")
    assert "Borgerdata" in listed.content.decode()
    assert "Sagssystemet" not in listed.content.decode()


def test_the_figures_of_a_day_gone_by_are_those_kept_then(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    today = timezone.localdate()
    for number in range(1, 50):
        keep_figures("assets", today - timedelta(days=number))
    browser = client_of("auditor")
    browser.get(reverse("completeness"))

    def on(day: date | str) -> tuple[date, int, int] | None:
        with CaptureQueriesContext(connection) as asked:
            known = browser.get(reverse("completeness"), {"on": str(day)}).context["known"]
        assert len(asked) <= MOST_QUERIES
        return known and (known.day, known.whole.assets, known.whole.owned)

    assert on(today - timedelta(days=1)) == (today - timedelta(days=1), 4, 2)
    assert on(today - timedelta(days=300)) is None
    assert on(today) == on("") == (today, 4, 1)
    for wish in ("nonsense", today + timedelta(days=9), "0001-01-01", "0026-11-28"):
        assert browser.get(reverse("completeness"), {"on": str(wish)}).status_code == 400
    query = {"on": str(today - timedelta(days=1))}
    answer = browser.get(reverse("completeness"), query)
    assert "without_owner=1" not in answer.content.decode()
    assert "chart-lines" in answer.content.decode()


def test_completeness_is_saved_as_a_workbook(
    cast: Cast, register: dict[str, Asset], client_of: Browser
) -> None:
    keep_figures("assets", timezone.localdate() - timedelta(days=1))
    browser = client_of("coordinator")
    book = load_workbook(io.BytesIO(browser.get(reverse("completeness_file")).content))
    whole = [cell.value for cell in book.worksheets[0][2]]
    assert whole[1:4] == [4, 1, 25]
    assert book.worksheets[1].max_row == 2
    early = {"on": str(timezone.localdate() - timedelta(days=300))}
    assert browser.get(reverse("completeness_file"), early).status_code == 404
