"""Suggested agenda text about the registers of assets: none, one, several, better, worse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from kommissorium.assets.actions.areas import change_register_settings
from kommissorium.assets.agenda import asset_draft, sentences_of
from kommissorium.assets.tests.figure_cases import own, put
from kommissorium.committees.actions.committee import found_committee
from kommissorium.conftest import Cast, time_is
from kommissorium.measures.rules.asset_past import AssetCounts
from kommissorium.meetings.models import Meeting
from kommissorium.registers.actions.kept import keep_figures
from kommissorium.registers.agenda import AgendaContext, Weight
from kommissorium.registers.counts import forget_counts

DAY = date(2026, 11, 25)


def counts(without_owner: int = 0, **numbers: int) -> AssetCounts:
    """Return the counts of ten systems, this many of them without an owner."""
    return AssetCounts(DAY, systems=10, systems_owned=10 - without_owner, **numbers)


def said(
    now: AssetCounts, then: AssetCounts | None = None, language: str = "en"
) -> list[tuple[str, Weight]]:
    with translation.override(language):
        return [(one.text, one.weight) for one in sentences_of(now, then)]


ALL_OWNED = "All systems, data sets and archives have an owner"


@pytest.mark.parametrize(
    ("now", "then", "text", "weight"),
    [
        (0, None, f"{ALL_OWNED}.", Weight.STATE),
        (0, 0, f"{ALL_OWNED}.", Weight.STATE),
        (0, 1, f"{ALL_OWNED}; at the last meeting one had none.", Weight.BETTER),
        (0, 3, f"{ALL_OWNED}; at the last meeting 3 had none.", Weight.BETTER),
        (1, None, "One system, data set or archive has no owner.", Weight.STATE),
        (
            1,
            3,
            "One system, data set or archive has no owner, 2 fewer than at the last meeting.",
            Weight.BETTER,
        ),
        (
            3,
            2,
            "3 systems, data sets and archives have no owner, one more than at the last meeting.",
            Weight.WORSE,
        ),
        (
            3,
            3,
            "3 systems, data sets and archives have no owner, as at the last meeting.",
            Weight.STATE,
        ),
    ],
)
def test_how_many_have_no_owner(now: int, then: int | None, text: str, weight: Weight) -> None:
    before = None if then is None else counts(then)
    assert said(counts(now), before) == [(text, weight)]


@pytest.mark.parametrize(
    ("current", "before", "text", "weight"),
    [
        (20, 19, "All documents demanded of owners are there and current.", Weight.BETTER),
        (20, None, "All documents demanded of owners are there and current.", Weight.STATE),
        (
            19,
            None,
            "One of the 20 documents demanded of owners is missing or has expired.",
            Weight.STATE,
        ),
        (
            15,
            17,
            (
                "5 of the 20 documents demanded of owners are missing or have expired, "
                "2 more than at the last meeting."
            ),
            Weight.WORSE,
        ),
    ],
)
def test_how_many_documents_are_missing(
    current: int, before: int | None, text: str, weight: Weight
) -> None:
    then = None if before is None else counts(required=20, current=before)
    assert said(counts(required=20, current=current), then)[1:] == [(text, weight)]


def test_what_is_overdue_comes_first_and_the_answers_last() -> None:
    found = said(counts(oversight_overdue=2, asked=8, answered=5))
    assert [text for text, _weight in found] == [
        "The oversight of 2 supplier agreements is overdue.",
        f"{ALL_OWNED}.",
        "5 of the 8 owners asked this year have answered.",
    ]


def test_it_reads_as_danish() -> None:
    found = said(counts(2, required=9, current=8), counts(3, required=9, current=9), "da")
    assert [text for text, _weight in found] == [
        "2 systemer, datasæt og arkiver har ingen ejer, én færre end ved sidste møde.",
        (
            "Ét af de 9 dokumenter, ejerne skal have, mangler eller er udløbet, én mere end ved sidste "
            "møde."
        ),
    ]


def test_the_figures_are_counted_from_the_rows_for_the_committee_of_the_registers(
    cast: Cast, meeting: Meeting
) -> None:
    assert asset_draft(AgendaContext(meeting)) is None, "nothing is registered"
    begun = timezone.localtime() - timedelta(days=7)
    fields = {"starts_at": begun, "ends_at": begun + timedelta(hours=2), "state": "held"}
    Meeting.objects.create(committee=cast.committee, year=2020, number=99, **fields)
    own(put("Lønsystemet"), cast, "member")
    put("Arkivet", "archive")
    with time_is(begun):
        keep_figures("assets", timezone.localdate())
    put("Nyt system", since=1)
    forget_counts()
    with translation.override("en"):
        draft = asset_draft(AgendaContext(meeting))
    assert draft is not None
    assert draft.sentences[0].text == (
        "2 systems, data sets and archives have no owner, one more than at the last meeting."
    )
    other = found_committee(name="Arbejdsgruppen", by=cast.coordinator)
    change_register_settings(by=cast.coordinator, committee=other, many_assets=25, edit_version=1)
    assert asset_draft(AgendaContext(meeting)) is None
