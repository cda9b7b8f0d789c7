"""The cheapest way to green is not green: appearance of work without any."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.actions import give_role
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.actions.seats import leave_seat, take_seat
from kommissorium.committees.models import Clause, Committee, Seat
from kommissorium.committees.reader import builtin, read_text
from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.tests.story import (
    WEIGHING,
    adopt,
    approved_on,
    found,
    hold,
    number_of,
    planned_meeting,
)
from kommissorium.conftest import LATE, Cast, in_days, time_is
from kommissorium.core.refusals import Refused
from kommissorium.measures.findings import Finding, State
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import AgendaItem
from kommissorium.yearwheel.actions import finish, move, skip
from kommissorium.yearwheel.actions.duties import CadenceValues, DutyValues, add_duty
from kommissorium.yearwheel.models import Duty

pytestmark = pytest.mark.usefixtures("no_paper")

DAY = timedelta(days=1)
RULE = "Sørge for at reservenøglerne bliver talt op"


def known_now(committee: Committee, number: str, on: date) -> Finding:
    """Return the finding of the clause on a day by what is known today."""
    fulfilment = fulfilment_on(history_of(committee), on, timezone.localdate())
    return next(one.finding for one in fulfilment.findings if one.clause.number == number)


@pytest.mark.parametrize("with_adviser", [False, True])
def test_the_chair_alone_is_no_meeting_and_an_adviser_does_not_make_two(
    cast: Cast, with_adviser: bool
) -> None:
    there = [cast.chair, *([cast.dpo] if with_adviser else ())]
    meetings = [hold(planned_meeting(cast, 20 + 60 * n), cast, there=there) for n in range(4)]
    for measure in ("steering", "meetings_per_year", "agenda_ongoing", "agenda_minutes"):
        number = number_of(cast, measure)
        assert found(cast, number, approved_on(meetings[-1])).state == State.NOT_FULFILLED, measure


def test_reports_that_are_approved_and_not_received_are_none(cast: Cast) -> None:
    meeting = planned_meeting(cast, 20)
    report = meeting.items.get(clause__measure="executive_reporting")
    for number in range(3):
        item = add_item(meeting, by=cast.coordinator, title=f"Rapport {number}", type="decision")
        AgendaItem.objects.filter(pk=item.pk).update(clause=report.clause)
    hold(meeting, cast, enclosed="executive_reporting")
    assert meeting.decisions.filter(item__clause=report.clause, outcome="approved").count() == 4
    for measure in ("executive_reporting", "management_support"):
        finding = found(cast, number_of(cast, measure), approved_on(meeting))
        assert finding.state == State.NOT_FULFILLED
        counting = [one for one in finding.evidence if one.reference]
        assert counting == [], "an approval is not received by anybody"


def test_a_weighing_that_costs_and_does_not_say_why_is_none(cast: Cast) -> None:
    weighed = number_of(cast, "weighed_decisions")
    given = {
        "by": cast.chair,
        "title": "Nye adgangskort",
        "text": "<p>Købes nu</p>",
        "why_now": "Haster",
        "is_impartial": True,
    }
    costs = {**WEIGHING, "economy": "costs"}
    decide_as_chair(cast.committee, weighing=costs, **given)
    assert found(cast, weighed).state == State.NOT_FULFILLED
    with time_is(in_days(400, 9)):
        decide_as_chair(cast.committee, weighing={**costs, "economy_text": " "}, **given)
        assert found(cast, weighed).state == State.NOT_FULFILLED, "a blank is no reason"
    with time_is(in_days(800, 9)):
        decide_as_chair(cast.committee, weighing={**costs, "economy_text": "40.000 kr."}, **given)
        assert found(cast, weighed).state == State.FULFILLED


def test_a_role_from_an_earlier_day_was_not_known_then(cast: Cast) -> None:
    support, yesterday = number_of(cast, "management_support"), timezone.localdate() - DAY
    with pytest.raises(Refused) as refused:
        give_role(cast.chair, "executive", by=None, from_date=cast.since)
    assert list(refused.value.errors) == ["because"]
    give_role(cast.chair, "executive", by=None, from_date=cast.since, because=LATE)
    assert found(cast, support).state == State.DUE_SOON
    assert found(cast, support, yesterday).state == State.NOT_FULFILLED
    assert known_now(cast.committee, support, yesterday).state == State.DUE_SOON


def test_an_executive_who_has_a_seat_and_never_comes_does_not_support(cast: Cast) -> None:
    seat = cast.committee.seats.get(role="deputy_chair")
    for held in seat.holdings.filter(to_date=None):
        leave_seat(held, by=cast.coordinator, to_date=timezone.localdate())
    with time_is(in_days(2, 9)):
        seat = Seat.objects.get(pk=seat.pk)
        take_seat(seat, by=None, person=cast.executive, from_date=timezone.localdate())
    support = number_of(cast, "management_support")
    first = hold(planned_meeting(cast, 20), cast)
    assert found(cast, support, approved_on(first)).state == State.DUE_SOON
    second = hold(planned_meeting(cast, 60), cast)
    alone = found(cast, support, approved_on(second))
    assert alone.state == State.NOT_FULFILLED
    assert "ingen af udvalgets 2 møder" in str(alone.sentence)
    there = (cast.chair, cast.member, cast.executive)
    third = hold(planned_meeting(cast, 90), cast, there=there)
    came = found(cast, support, approved_on(third))
    assert came.state == State.FULFILLED
    assert "1 af 3 møder" in str(came.sentence)


def test_a_seat_from_an_earlier_day_was_not_held_then(cast: Cast) -> None:
    seat = cast.committee.seats.get(role="secretary")
    number = cast.mandate.clauses.get(kind="member", role="secretary").number
    empty_from = timezone.localdate() - 30 * DAY
    with time_is(in_days(-30, 9)):
        leave_seat(seat.holdings.get(), by=cast.coordinator, to_date=empty_from)
    takes = {"by": None, "person": cast.coordinator, "from_date": empty_from + DAY}
    with pytest.raises(Refused) as refused:
        take_seat(seat, **takes)
    assert list(refused.value.errors) == ["because"]
    take_seat(Seat.objects.get(pk=seat.pk), because=LATE, **takes)
    between = empty_from + 10 * DAY
    assert found(cast, number).state == State.FULFILLED
    assert found(cast, number, between).state == State.NOT_FULFILLED
    assert known_now(cast.committee, number, between).state == State.FULFILLED


def test_before_the_program_nothing_was_fulfilled_by_being_asked_for_nothing(cast: Cast) -> None:
    other = found_committee(name="Digitaliseringsudvalget", by=cast.coordinator)
    text, begun = builtin("da"), timezone.localdate() - 900 * DAY
    draft = draft_mandate(other, read_text(text), by=cast.coordinator, source_text=text)
    approve_mandate(
        draft, by=cast.executive, adopted_by="Byrådet", effective_from=begun, because=LATE
    )
    on = timezone.localdate() - 100 * DAY
    for measure in ("meetings_per_year", "executive_reporting", "management_support"):
        number = draft.clauses.get(measure=measure).number
        assert known_now(other, number, on).state == State.UNMEASURED, measure


@pytest.fixture
def rule(cast: Cast) -> Clause:
    """A rule of the committee's own wording, which nothing but the year wheel can measure."""
    text = builtin("da").replace("## Udvalgets opgaver", f"- {RULE}\n\n## Udvalgets opgaver")
    adopt(cast, text, timezone.localdate())
    return Clause.objects.get(text__contains=RULE)


@pytest.fixture
def duty(cast: Cast, rule: Clause) -> Duty:
    """A yearly duty tied to the rule, due for the first time in twenty days."""
    values = DutyValues(title="Nøglerne tælles", clause=rule, responsible_person=cast.head_of_it)
    due = timezone.localdate() + 20 * DAY
    cadence = CadenceValues("interval", 12, due)
    return add_duty(cast.committee, by=cast.coordinator, values=values, cadence=cadence)


def test_own_words_are_not_fulfilled_by_a_duty_that_is_not_done(
    cast: Cast, rule: Clause, duty: Duty
) -> None:
    today = timezone.localdate()
    assert found(cast, rule.number, today).state == State.NOT_YET_DUE
    late = duty.occurrences.get().due + DAY
    assert found(cast, rule.number, late).state == State.NOT_FULFILLED
    with time_is(in_days(10, 9)):
        skip(duty.occurrences.get(), by=cast.coordinator, because="Nøgleskabet er låst.")
        assert found(cast, rule.number).state == State.NOT_FULFILLED
    assert found(cast, rule.number, today + 9 * DAY).state == State.NOT_YET_DUE
    with time_is(in_days(30, 9)):
        finish(duty.occurrences.open().get(), by=cast.head_of_it, result="no_fault")
        assert found(cast, rule.number).state == State.FULFILLED


def test_own_words_without_a_duty_are_not_measured(cast: Cast, rule: Clause) -> None:
    assert found(cast, rule.number).state == State.UNMEASURED


@pytest.mark.parametrize("is_done_once", [True, False])
def test_a_duty_put_off_for_years_is_not_done_by_that(
    cast: Cast, rule: Clause, duty: Duty, is_done_once: bool
) -> None:
    if is_done_once:
        with time_is(in_days(10, 9)):
            finish(duty.occurrences.get(), by=cast.head_of_it, result="no_fault")
            assert found(cast, rule.number).state == State.FULFILLED
    waiting = duty.occurrences.open().get()
    first_due = waiting.due
    with time_is(in_days(15, 9)):
        later = timezone.localdate() + 1000 * DAY
        move(waiting, by=cast.coordinator, to=later, because="Travlhed")
    before, after = first_due, first_due + DAY
    assert found(cast, rule.number, before).state != State.NOT_FULFILLED
    assert found(cast, rule.number, after).state == State.NOT_FULFILLED


def test_a_duty_put_off_for_some_days_is_no_fault(cast: Cast, rule: Clause, duty: Duty) -> None:
    waiting = duty.occurrences.get()
    first_due = waiting.due
    later = first_due + 12 * DAY
    move(waiting, by=cast.coordinator, to=later, because="Kortsystemet bliver opdateret")
    assert found(cast, rule.number, first_due + DAY).state == State.NOT_YET_DUE
    assert found(cast, rule.number, later + DAY).state == State.NOT_FULFILLED
