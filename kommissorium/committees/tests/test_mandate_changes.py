from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.actions.mandates import (
    CLAUSE_FIELDS,
    approve_mandate,
    change_draft,
    draft_mandate,
)
from kommissorium.committees.reader import builtin, read_text


@pytest.fixture
def twin(cast):
    """Version 2, the same text as is in force."""
    text = builtin("da")
    return draft_mandate(cast.committee, read_text(text), by=cast.coordinator, source_text=text)


@pytest.fixture
def url(twin):
    return reverse("mandate_changes", args=[twin.pk])


def rewrite(cast, mandate, change):
    """Save the draft with its clauses as `change` leaves them."""
    clauses = [dict(row) for row in mandate.clauses.values(*CLAUSE_FIELDS)]
    change(clauses)
    change_draft(mandate, by=cast.coordinator, title=mandate.title, clauses=clauses, edit_version=1)


def test_the_same_text_has_no_changes(client_of, url):
    page = client_of("chair").get(url)
    assert page.status_code == 200
    assert page.context["changes"] == []
    assert "No clause differs" in page.text


def test_words_that_changed_are_marked_without_colour(client_of, cast, twin, url):
    def change(clauses):
        clauses[10]["text"] += " Og sørger for tilsyn."

    rewrite(cast, twin, change)
    page = client_of("chair").get(url)
    (found,) = page.context["changes"]
    assert (found.kind, found.label) == ("changed", "Changed")
    assert "<ins>" in page.text
    assert "tilsyn" in "".join(words for op, words in found.segments if op == "added")


def test_another_measure_and_rhythm_are_told_in_words(client_of, cast, twin, url):
    def change(clauses):
        row = next(row for row in clauses if row["measure"] == "continuity_test")
        row |= {"measure": "continuity_plans", "cadence_months": 6, "min_per_year": 2}

    rewrite(cast, twin, change)
    (found,) = client_of("chair").get(url).context["changes"]
    assert found.notes == [
        "Measured by: Continuity plans exist. Before: Continuity is tested.",
        "How often: at least every 6 months. Before: at least once a year.",
    ]


def test_another_function_of_a_seat_is_a_change(client_of, cast, twin, url):
    def change(clauses):
        row = next(row for row in clauses if row["role"] == "chair")
        row["function"] = "Borgmester"

    rewrite(cast, twin, change)
    (found,) = client_of("chair").get(url).context["changes"]
    assert found.kind == "changed"
    assert "Borgmester" in found.notes[0]


def test_clauses_come_and_go(client_of, cast, twin, url):
    def change(clauses):
        del clauses[12]
        clauses.append({"kind": "other", "text": "Et helt nyt punkt om noget andet."})

    rewrite(cast, twin, change)
    kinds = [found.kind for found in client_of("chair").get(url).context["changes"]]
    assert sorted(kinds) == ["added", "removed"]


def test_it_says_when_the_changes_take_effect(client_of, cast, twin, url):
    today = timezone.localdate()
    approve_mandate(twin, by=cast.chair, adopted_by="The board", effective_from=today)
    page = client_of("employee").get(url)
    assert page.status_code == 200
    assert "In force since" in page.text


def test_a_first_version_has_nothing_to_be_compared_with(client_of, cast):
    url = reverse("mandate_changes", args=[cast.mandate.pk])
    assert client_of("coordinator").get(url).status_code == 404
