"""Drafts of risks for an agenda: none, one, several, better and worse."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from kommissorium.conftest import Cast, time_is
from kommissorium.measures.rules.risk_past import RiskCounts
from kommissorium.meetings.models import Meeting
from kommissorium.registers.actions.kept import keep_figures
from kommissorium.registers.agenda import AgendaContext, Weight
from kommissorium.registers.counts import forget_counts
from kommissorium.risks.agenda.draft import risk_draft, sentences_of
from kommissorium.risks.agenda.news import RiskNews
from kommissorium.risks.models import Scenario
from kommissorium.risks.tests.standing_cases import accept_until, assess, level

DAY = date(2026, 11, 25)


def counts(**numbers: int) -> RiskCounts:
    return RiskCounts(DAY, **{"risks": 9, **numbers})  # type: ignore[arg-type]


def news(now: RiskCounts, **numbers: int) -> RiskNews:
    names = ("approved", "new", "greater", "void", "finished", "expiring", "slipped")
    return RiskNews(now=now, **{**dict.fromkeys(names, 0), **numbers})


def said(
    now: dict[str, int],
    then: dict[str, int] | None = None,
    *,
    language: str = "en",
    has_level: bool = True,
    own_items: tuple[str, ...] = (),
    **numbers: int,
) -> list[tuple[str, Weight]]:
    before = counts(**then) if then is not None else None
    with translation.override(language):
        told = sentences_of(
            news(counts(**now), **numbers), before, has_level=has_level, own_items=own_items
        )
        return [(one.text, one.weight) for one in told]


@pytest.mark.parametrize(
    ("now", "then", "text", "weight"),
    [
        ({}, {}, "No risk lies above the risk level.", Weight.STATE),
        ({}, None, "No risk lies above the risk level.", Weight.STATE),
        (
            {},
            {"above": 1},
            "No risk lies above the risk level any more; at the last meeting one did.",
            Weight.BETTER,
        ),
        (
            {"above": 1},
            {"above": 0},
            (
                "One risk lies above the risk level, one more than at the last meeting. "
                "All of them have a plan or are accepted."
            ),
            Weight.WORSE,
        ),
        (
            {"above": 4},
            {"above": 7},
            (
                "4 risks lie above the risk level, 3 fewer than at the last meeting. "
                "All of them have a plan or are accepted."
            ),
            Weight.BETTER,
        ),
        (
            {"above": 4},
            {"above": 4},
            (
                "4 risks lie above the risk level, as at the last meeting. "
                "All of them have a plan or are accepted."
            ),
            Weight.STATE,
        ),
        (
            {"above": 4, "open": 2},
            None,
            "4 risks lie above the risk level. 2 of them have neither a plan nor an acceptance.",
            Weight.DECIDE,
        ),
    ],
)
def test_how_they_stand_against_the_level(
    now: dict[str, int], then: dict[str, int] | None, text: str, weight: Weight
) -> None:
    assert said(now, then) == [(text, weight)]


def test_without_a_level_nothing_lies_above_it_and_that_is_said() -> None:
    assert said({}, has_level=False) == [("No risk level holds today.", Weight.WORSE)]


@pytest.mark.parametrize(
    ("numbers", "text", "weight"),
    [
        (
            {"approved": 1},
            "One risk assessment has been approved since the last meeting.",
            Weight.NEWS,
        ),
        (
            {"approved": 1, "new": 1},
            "One risk assessment has been approved since the last meeting. It adds one new risk.",
            Weight.NEWS,
        ),
        (
            {"approved": 2, "new": 3, "greater": 1},
            (
                "2 risk assessments have been approved since the last meeting. They add 3 new risks. "
                "One risk has become greater."
            ),
            Weight.WORSE,
        ),
        ({"void": 1}, "One risk acceptance is void because its risk has changed.", Weight.WORSE),
        (
            {"slipped": 2},
            "2 actions against risks are late, put off or cannot be done.",
            Weight.WORSE,
        ),
        (
            {"expiring": 1},
            "One risk acceptance has run out or does so within 60 days.",
            Weight.WORSE,
        ),
        (
            {"finished": 2},
            "2 risks lie above the level although all that was planned is done.",
            Weight.WORSE,
        ),
    ],
)
def test_what_has_happened(numbers: dict[str, int], text: str, weight: Weight) -> None:
    assert said({}, **numbers)[1:] == [(text, weight)]


def test_what_has_an_item_of_its_own_is_said_there() -> None:
    own = ("risks.slipped", "risks.expiring")
    assert len(said({}, own_items=own, slipped=2, expiring=1)) == 1


@pytest.mark.parametrize(
    ("now", "then", "text"),
    [
        (500_000, None, "Risici for i alt 500.000 kr. er accepteret."),
        (500_000, 500_000, "Risici for i alt 500.000 kr. er accepteret."),
        (
            500_000,
            200_000,
            "Risici for i alt 500.000 kr. er accepteret, 300.000 kr. mere end ved sidste møde.",
        ),
        (
            50_000,
            200_000,
            "Risici for i alt 50.000 kr. er accepteret, 150.000 kr. mindre end ved sidste møde.",
        ),
        (
            0,
            200_000,
            (
                "Ingen risikoaccept gælder længere. Ved sidste møde var risici for 200.000 kr. "
                "accepteret."
            ),
        ),
    ],
)
def test_the_money_that_is_accepted(now: int, then: int | None, text: str) -> None:
    before = None if then is None else {"kroner": then}
    assert said({"kroner": now}, before, language="da")[-1][0] == text


def test_in_danish_one_is_a_word_and_several_are_figures() -> None:
    one = said({"above": 1, "open": 1}, {"above": 2}, language="da")[0][0]
    assert one == (
        "Én risiko ligger over risikoniveauet, én færre end ved sidste møde. Én af dem har "
        "hverken en plan eller en risikoaccept."
    )
    many = said({"above": 12, "open": 5}, {"above": 10}, language="da")[0][0]
    assert many == (
        "12 risici ligger over risikoniveauet, 2 flere end ved sidste møde. 5 af dem har "
        "hverken en plan eller en risikoaccept."
    )


def held_before(cast: Cast, meeting: Meeting, **values: Any) -> Meeting:
    """Put a meeting that was held a week ago before this one."""
    begun = timezone.localtime() - timedelta(days=7)
    return Meeting.objects.create(
        committee=meeting.committee,
        starts_at=begun,
        ends_at=begun + timedelta(hours=2),
        state="held",
        year=begun.year,
        number=99,
        **values,
    )


def test_the_figures_of_the_rows_are_those_of_the_sentences(cast: Cast, meeting: Meeting) -> None:
    before = held_before(cast, meeting)
    assert risk_draft(AgendaContext(meeting)) is None, "nothing is assessed"
    with time_is(before.starts_at):
        assess(cast, [("cyber", 4, 4)], since=10)
        level(cast, 3, since=10)
        keep_figures("risks", timezone.localdate())
    rows = assess(cast, [("cyber", 4, 4), ("people", 4, 4), ("cyber", 1, 1)], since=0)
    with time_is(timezone.now()):
        accept_until(cast, rows[:1], 60, 250_000)
    forget_counts()
    with translation.override("en"):
        draft = risk_draft(AgendaContext(meeting))
    assert draft is not None
    standing = Scenario.objects.filter(is_in_force=True)
    above = sum((one.consequence, one.likelihood) == (4, 4) for one in standing)
    assert above == 3
    assert draft.sentences[0].text == (
        "3 risks lie above the risk level, 2 more than at the last meeting. "
        "2 of them have neither a plan nor an acceptance."
    )
    assert draft.points == (
        (
            "asks the owners of the 2 risks above the level that have neither a plan nor an "
            "acceptance to bring one of them before the next meeting"
        ),
    )
    assert all(source.link.startswith("/") for source in draft.sources)
