"""A committee whose program was just taken into use: nothing unknowable is held against it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.mandate_scope import ALL
from kommissorium.committees.models import Committee
from kommissorium.committees.reader import builtin, read_text
from kommissorium.compliance.fulfilment import Fulfilment, fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.tests.story import adopt, approved_on, held_meeting
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.files.actions import store_file
from kommissorium.measures.answer import HELD_AGAINST
from kommissorium.measures.findings import Finding, State
from kommissorium.meetings.actions.earlier_meetings import (
    EarlierMeeting,
    register_earlier_meeting,
    withdraw_earlier_meeting,
)
from kommissorium.meetings.models import Meeting

pytestmark = pytest.mark.usefixtures("no_paper")

BEGAN = date(2022, 3, 1)
EARLIER = ("meetings_per_year", "steering", "agenda_ongoing", "agenda_coming_tasks")  # K1 R1 A2 A5
WHY = "Kommissoriet blev vedtaget i 2022, før programmet blev taget i brug."


@pytest.fixture
def other(cast: Cast) -> Committee:
    """A committee of 2022 whose mandate is read in today."""
    made = found_committee(name="Digitaliseringsudvalget", by=cast.coordinator)
    text = builtin("da")
    draft = draft_mandate(made, read_text(text), by=cast.coordinator, source_text=text)
    approve_mandate(
        draft,
        by=cast.executive,
        adopted_by="Byrådet",
        effective_from=BEGAN,
        because=WHY,
        registers=ALL,
    )
    return made


def stands(committee: Committee, on: date | None = None, *, now: bool = False) -> Fulfilment:
    """Return the state of its mandate, by what was known then or by what is known now."""
    known = timezone.localdate() if now else None
    return fulfilment_on(history_of(committee), on or timezone.localdate(), known)


def states(found: Fulfilment) -> dict[str, State]:
    return {one.clause.measure: one.state for one in found.findings if one.clause.measure}


def register(cast: Cast, committee: Committee, days: int) -> Meeting:
    """Register a meeting this many days ago, with its minutes and attendance."""
    minutes = store_file(b"%PDF-1.7\n%%EOF\n", "referat.pdf")
    held = EarlierMeeting(
        day=timezone.localdate() - timedelta(days=days), file=minutes, file_name="Referat.pdf"
    )
    return register_earlier_meeting(committee, held, by=cast.coordinator)


def test_it_does_not_start_red_for_what_was_before(cast: Cast, other: Committee) -> None:
    found = states(stands(other))
    for measure in ("meetings_per_year", "agenda_minutes", "ownership", "risk_level"):
        assert found[measure] in (State.NOT_YET_DUE, State.DUE_SOON), measure
    for measure in ("steering", "chair_mandate"):
        assert found[measure] == State.NOT_FULFILLED, "nobody chairs, and that is known"


def test_the_answer_says_since_when_it_is_measured(cast: Cast, other: Committee) -> None:
    assert stands(other).measured_from == timezone.localdate()
    assert stands(cast.committee).measured_from == cast.since


def test_before_the_program_nothing_was_known(cast: Cast, other: Committee) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert stands(other, yesterday).mandate is None
    now = stands(other, yesterday, now=True)
    assert now.mandate is not None
    held_against = [one.clause.number for one in now.findings if one.state in HELD_AGAINST]
    assert held_against == []


def finding_of(committee: Committee, measure: str, on: date | None = None) -> Finding:
    found = stands(committee, on).findings
    return next(one.finding for one in found if one.clause.measure == measure)


def test_earlier_meetings_show_what_was_before(cast: Cast, other: Committee) -> None:
    for days in (300, 210, 120, 30):
        register(cast, other, days)
    yesterday = timezone.localdate() - timedelta(days=1)
    before = stands(other, yesterday, now=True)
    assert states(before)["meetings_per_year"] == State.FULFILLED
    found = next(
        one.finding for one in before.findings if one.clause.measure == "meetings_per_year"
    )
    assert len(found.evidence) == 4
    assert all(one.noted_on == timezone.localdate() for one in found.evidence)


@pytest.mark.parametrize("measure", [one for one in EARLIER if one != "steering"])
def test_earlier_meetings_make_nothing_green_once_the_program_is_in_use(
    cast: Cast, other: Committee, measure: str
) -> None:
    for days in (300, 210, 120, 30, 1):
        register(cast, other, days)
    today = finding_of(other, measure)
    assert today.state in (State.NOT_YET_DUE, State.DUE_SOON), str(today.sentence)
    with override("en"):
        assert "5 earlier meetings, noted afterwards, do not count" in str(today.sentence)
    later = finding_of(other, measure, timezone.localdate() + timedelta(days=100))
    assert later.state == State.NOT_FULFILLED, str(later.sentence)


def test_a_meeting_noted_afterwards_of_a_day_with_the_program_is_none(cast: Cast) -> None:
    for days in (20, 15, 10, 5):
        register(cast, cast.committee, days)
    for measure in EARLIER:
        found = finding_of(cast.committee, measure)
        assert found.state != State.FULFILLED, (measure, str(found.sentence))


def test_meetings_from_before_it_was_asked_for_do_not_count(cast: Cast) -> None:
    """K1 counts from when the mandate asks for it, though the committee met before."""
    text = builtin("da")
    asks = "- Udvalget holder mindst fire møder om året.\n"
    assert asks in text
    without = text.replace(asks, "")
    adopt(cast, without, timezone.localdate())
    meetings = [held_meeting(cast, days) for days in (20, 45, 70)]
    last = approved_on(meetings[-1])
    with time_is(timezone.make_aware(datetime.combine(last, time(15)))):
        adopt(cast, text, last)
        found = finding_of(cast.committee, "meetings_per_year", last)
        assert not [one for one in found.evidence if one.reference], str(found.sentence)
        later = finding_of(cast.committee, "meetings_per_year", last + timedelta(days=120))
        assert later.state == State.NOT_FULFILLED, str(later.sentence)


def test_what_is_taken_back_counts_no_more(cast: Cast, other: Committee) -> None:
    meetings = [register(cast, other, days) for days in (300, 210, 120, 30)]
    today = timezone.localdate()
    with time_is(in_days(1, 9)):
        withdraw_earlier_meeting(
            meetings[0].registration, by=cast.coordinator, because="Var et andet udvalg"
        )
    history = history_of(other)
    assert len(history.as_known(today).held_between(BEGAN, today)) == 4
    assert len(history.as_known(today + timedelta(days=1)).held_between(BEGAN, today)) == 3


def test_its_first_period_ends(cast: Cast, other: Committee) -> None:
    later = timezone.localdate() + timedelta(days=100)
    found = states(stands(other, later))
    for measure in ("meetings_per_year", "steering", "agenda_minutes", "ownership", "risk_level"):
        assert found[measure] == State.NOT_FULFILLED, measure
