"""Changes a committee makes as it approves are reported, and begin the draft they go into."""

from __future__ import annotations

import json

import pytest

from kommissorium.conftest import Cast
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.policies.models import Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.tests.cases import approved, decision_on, document, overall, proposed

pytestmark = pytest.mark.django_db


def changed(cast: Cast, found: Version) -> Version:
    KIND.decide(decision_on(cast, found, "with_changes"), by=cast.chair)
    found.refresh_from_db()
    return found


def test_the_next_draft_says_what_was_changed_by_which_decision(cast: Cast, client_of) -> None:
    found = changed(cast, proposed(cast))
    assert found.in_force_from and found.decision and found.record
    draft = found.document.versions.get(state="draft")
    assert draft.text == found.text and draft.number == found.number + 1
    assert found.decision.number in draft.change_because and "Godkendt." in draft.change_because
    assert KIND.lacks(draft), "the change is not written yet"
    assert json.loads(found.record.content)["decided_changes"] == "Godkendt."
    page = client_of("employee").get(found.get_absolute_url()).content.decode()
    assert "Godkendt med ændringer" in page and "Der er lavet et nyt udkast" in page
    assert check_database().faults == []


def test_what_was_approved_as_it_was_begins_nothing(cast: Cast) -> None:
    found = approved(cast, document(cast))
    assert found.document.versions.count() == 1
    found.refresh_from_db()
    assert found.record and "decided_changes" not in json.loads(found.record.content)


def test_of_what_a_body_above_decides_on_no_draft_begins_before_it_has(
    cast: Cast, client_of
) -> None:
    found = changed(cast, proposed(cast, overall(cast)))
    assert found.is_recommended and found.document.versions.count() == 1
    page = client_of("member").get(found.get_absolute_url()).content.decode()
    assert "Godkendt med ændringer" in page and "nyt udkast" not in page
