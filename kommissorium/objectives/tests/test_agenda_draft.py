"""Drafts of objectives for an agenda: none, one, several, better and worse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from kommissorium.conftest import Cast, time_is
from kommissorium.meetings.models import Meeting
from kommissorium.objectives.past import objective_draft
from kommissorium.objectives.tests.cases import approved, measure
from kommissorium.registers.agenda import AgendaContext, Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(cast: Cast, meeting: Meeting) -> Meeting:
    """A meeting that was held a week ago."""
    begun = timezone.localtime() - timedelta(days=7)
    fields = {"starts_at": begun, "ends_at": begun + timedelta(hours=2), "state": "held"}
    return Meeting.objects.create(committee=cast.committee, year=2020, number=99, **fields)


def drafted(meeting: Meeting, language: str = "en") -> Draft:
    with translation.override(language):
        found = objective_draft(AgendaContext(meeting))
    assert found is not None
    return found


def texts(meeting: Meeting, language: str = "en") -> list[str]:
    return [one.text for one in drafted(meeting, language).sentences]


def test_without_objectives_nothing_is_said(meeting: Meeting) -> None:
    assert objective_draft(AgendaContext(meeting)) is None


def test_what_nobody_has_measured_is_named(cast: Cast, meeting: Meeting) -> None:
    approved(cast, {"title": "Øvelser"})
    assert texts(meeting) == [
        "One objective is not measured in time: “Øvelser”.",
        "One objective is in force. No objective is reached.",
    ]
    assert drafted(meeting).has_news


def test_what_is_missed_is_put_to_the_committee(cast: Cast, meeting: Meeting) -> None:
    late = timezone.localdate() - timedelta(days=1)
    with time_is(timezone.localtime() - timedelta(days=3)):
        words = ({"title": "Øvelser", "due": late}, {"title": "Kurser", "due": late})
        found = approved(cast, *words, {"title": "Prøver"})
    for one, value in zip(found.objectives.order_by("pk"), (1, 1, 9), strict=True):
        measure(cast, one, value)
    draft = drafted(meeting)
    assert [one.text for one in draft.sentences] == [
        "2 objectives are not reached in time: “Øvelser” and “Kurser”.",
        "3 objectives are in force. One objective is reached.",
    ]
    assert draft.points == (
        (
            "asks the owners of the 2 objectives that are not reached in time to propose before the "
            "next meeting what is done instead"
        ),
    )


def test_it_says_whether_more_or_fewer_are_reached_than_at_the_last_meeting(
    cast: Cast, meeting: Meeting, before: Meeting
) -> None:
    with time_is(before.starts_at - timedelta(days=20)):
        far = {"due": timezone.localdate() + timedelta(days=400)}
        found = approved(cast, {"title": "Øvelser", **far}, {"title": "Kurser", **far})
        first, second = found.objectives.order_by("pk")
        measure(cast, first, 9)
        measure(cast, second, 1)
    assert texts(meeting) == [
        "2 objectives are in force. One objective is reached, as at the last meeting."
    ]
    assert not drafted(meeting).has_news, "the frame says in a line that there is nothing new"
    measure(cast, second, 9)
    assert texts(meeting, "da") == ["Der gælder 2 mål. 2 mål er nået, én mere end ved sidste møde."]
    measure(cast, first, 1)
    measure(cast, second, 1)
    assert texts(meeting) == [
        "2 objectives are in force. No objective is reached, one fewer than at the last meeting."
    ]


def test_what_is_at_risk_is_named(cast: Cast, meeting: Meeting) -> None:
    soon = timezone.localdate() + timedelta(days=20)
    measure(cast, approved(cast, {"title": "Øvelser", "due": soon}).objectives.get(), 1)
    assert texts(meeting) == [
        "One objective is at risk: “Øvelser”.",
        "One objective is in force. No objective is reached.",
    ]
