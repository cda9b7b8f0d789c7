"""A missed objective stays red until the committee decides about it in a meeting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.config.tests.registers.cycle_cases import (
    decide_at,
    later_meeting,
    through_a_meeting,
)
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.measures.findings import Finding, State
from kommissorium.meetings.actions.row_choices import choose_rows
from kommissorium.meetings.models import Decision, Meeting, RowChoice
from kommissorium.meetings.rows_to_choose import Chosen
from kommissorium.objectives.missed import MISSED_ONES
from kommissorium.objectives.models import Objective
from kommissorium.objectives.register import REGISTER
from kommissorium.objectives.tests.cases import approved, measure, only
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.tests.check_cases import found
from kommissorium.secretariat.actions.agendas import bring_back
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.actions.effects import effects_of
from kommissorium.tasks.models import Task

pytestmark = pytest.mark.once
KIND = "objectives.missed"


def now() -> Finding:
    with override("en"):
        return found(REGISTER, "objectives")


def says_missed(days: int = 0) -> bool:
    """Return whether it says so in so many days."""
    with time_is(in_days(days, 10)):
        return "was not reached in time, and nothing is decided about it." in now().sentence


@pytest.fixture
def missed(cast: Cast) -> Objective:
    """An objective that was to be reached yesterday, measured today, and was not."""
    one = only(approved(cast, {"due": timezone.localdate() - timedelta(days=1)}))
    measure(cast, one, 1)
    return one


def decided(cast: Cast, outcome: str) -> Decision:
    later = later_meeting(cast)
    bring_back(later, by=cast.coordinator)
    assert later.items.filter(subject_kind=KIND).exists()
    through_a_meeting(cast, later, {KIND: outcome})
    return later.decisions.get(subject_kind=KIND)


def test_a_missed_objective_is_red_until_the_committee_has_decided(
    cast: Cast, missed: Objective
) -> None:
    assert now().state == State.NOT_FULFILLED and says_missed()
    decision = decided(cast, "approved")
    assert says_missed(119) and not says_missed(122)
    [line] = [one.text for one in effects_of(decision) if missed.title in one.text]
    assert line.startswith("Trådt i kraft: Udvalget sætter fristen for målet")
    until = RowChoice.objects.get(item=decision.item).day
    assert until is not None and f"til {day(until)}" in line
    task = Task.objects.get(born_id=str(decision.pk), title__contains=missed.title)
    assert (task.owner, task.due) == (missed.owner, max(until, task.created_at.date()))
    another = later_meeting(cast, 200)
    with time_is(in_days(122, 10)):
        bring_back(another, by=cast.coordinator)
    assert not another.items.filter(subject_kind=KIND).exists()


def test_a_new_deadline_is_the_cheapest_way_and_holds_to_its_day_alone(
    cast: Cast, missed: Objective
) -> None:
    last = timezone.localdate() + timedelta(days=150)
    chosen(cast, missed, Chosen("extend", last))
    assert not says_missed(122) and not says_missed(150) and says_missed(151)
    another = later_meeting(cast, 200)
    with time_is(in_days(151, 10)):
        bring_back(another, by=cast.coordinator)
        assert another.items.filter(subject_kind=KIND).exists()
        measure(cast, missed, 9)
        assert not says_missed(), "it is reached after all"


def test_of_a_second_deadline_the_first_ones_task_is_moved_and_given_up_dropped(
    cast: Cast, missed: Objective
) -> None:
    today = timezone.localdate()
    steps = {
        120: (Chosen("extend", today + timedelta(days=150)), "open"),
        200: (Chosen("extend", today + timedelta(days=260), "Leverandøren er sen."), "open"),
        300: (Chosen("end", because="Der er ikke penge til det."), "dropped"),
    }
    for days, (choice, state) in steps.items():
        with time_is(in_days(days - 30, 10)):
            bring_back(later_meeting(cast, 30), by=cast.coordinator)
            chosen(cast, missed, choice)
        task = Task.objects.get(title__contains=missed.title)
        assert task.state == state
        assert task.due == (choice.day or today + timedelta(days=260))
    assert (task.owner, task.dropped_because) == (missed.owner, "Der er ikke penge til det.")


def test_decided_but_not_minuted_it_stands_on_its_own_agenda_and_on_no_other(
    cast: Cast, missed: Objective
) -> None:
    meeting, another = later_meeting(cast), later_meeting(cast, 200)
    bring_back(meeting, by=cast.coordinator)
    key = f"objectives.objective:{missed.pk}"
    choice = Chosen("extend", timezone.localdate() + timedelta(days=150))
    choose_rows(
        meeting.items.get(subject_kind=KIND), {key: choice}, by=cast.coordinator, versions={}
    )
    call(meeting, by=cast.coordinator)
    decide_at(cast, meeting, {KIND: "approved"})
    with time_is(in_days(122, 10)):
        assert MISSED_ONES.is_due(AgendaContext(meeting))
        assert not MISSED_ONES.is_due(AgendaContext(another))


def test_given_up_it_is_settled_and_no_task_is_given(cast: Cast, missed: Objective) -> None:
    decision = chosen(cast, missed, Chosen("end", because="Der er ikke penge til det."))
    assert any("opgiver målet" in one.text for one in effects_of(decision))
    assert says_missed(119) and not says_missed(122)
    assert not Task.objects.filter(title__contains=missed.title).exists()


def test_put_off_it_comes_back_and_stays_red(cast: Cast, missed: Objective) -> None:
    chosen(cast, missed, Chosen("return"))
    assert says_missed(122)
    another = later_meeting(cast, 200)
    with time_is(in_days(122, 10)):
        bring_back(another, by=cast.coordinator)
    assert another.items.filter(subject_kind=KIND).exists()


def test_what_cannot_be_chosen_is_refused_in_words(cast: Cast, missed: Objective) -> None:
    for choice, word in (
        (Chosen("extend", timezone.localdate()), "efter mødet"),
        (Chosen("extend", timezone.localdate() + timedelta(days=500)), "tolv måneder"),
        (Chosen("extend", date(2099, 1, 1)), "tolv måneder"),
        (Chosen("end"), "hvorfor"),
        (Chosen("extend"), "dag"),
    ):
        with override("da"), pytest.raises(Refused) as refused:
            chosen(cast, missed, choice)
        assert word in " ".join(refused.value.errors.values())


def chosen(cast: Cast, missed: Objective, choice: Chosen) -> Decision:
    later = Meeting.objects.filter(state="planned", items__subject_kind=KIND).first()
    if later is None:
        later = later_meeting(cast)
        bring_back(later, by=cast.coordinator)
    item = later.items.get(subject_kind=KIND)
    key = f"objectives.objective:{missed.pk}"
    choose_rows(item, {key: choice}, by=cast.coordinator, versions={})
    through_a_meeting(cast, later, {KIND: "approved"})
    return later.decisions.get(subject_kind=KIND)


@pytest.mark.parametrize("outcome", ["noted", "deferred", "rejected"])
def test_to_take_note_of_a_missed_objective_or_defer_it_decides_nothing(
    cast: Cast, missed: Objective, outcome: str
) -> None:
    decided(cast, outcome)
    assert says_missed(122)


def test_the_next_years_objectives_do_not_let_the_missed_one_be_forgotten(cast: Cast) -> None:
    one = only(approved(cast))
    measure(cast, one, 1)
    newer = approved(cast, {"title": "Noget nyt"})
    begins = date(newer.year, 1, 1)
    with time_is(in_days((begins - timezone.localdate()).days, 10)):
        measure(cast, only(newer), 9)
        assert now().state == State.NOT_FULFILLED and says_missed()
    with time_is(in_days((begins - timezone.localdate()).days - 1, 10)):
        assert not says_missed(), "its day has not gone"


def test_never_measured_it_is_missed_all_the_same(cast: Cast) -> None:
    approved(cast)
    newer = approved(cast, {"title": "Noget nyt"})
    with time_is(in_days((date(newer.year, 1, 1) - timezone.localdate()).days, 10)):
        measure(cast, only(newer), 9)
        assert says_missed()


def test_reached_before_its_day_it_is_not_missed(cast: Cast) -> None:
    measure(cast, only(approved(cast)), 4)
    newer = approved(cast, {"title": "Noget nyt"})
    with time_is(in_days((date(newer.year, 1, 1) - timezone.localdate()).days, 10)):
        measure(cast, only(newer), 9)
        assert not says_missed()
