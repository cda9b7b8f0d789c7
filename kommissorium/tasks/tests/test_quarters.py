"""The quarter's list: chosen, carried on, settled by the minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.committees.actions.committee import found_committee
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.tasks.actions import choose_for_quarter, settle_choices, unchoose
from kommissorium.tasks.models import QuarterTask, Task
from kommissorium.tasks.quarters import (
    is_quarter,
    next_quarter,
    previous_quarter,
    quarter_name,
    quarter_of,
)
from kommissorium.tasks.tests.conftest import Give

Browser = Callable[[str], Client]
FIRST, SECOND = date(2027, 1, 1), date(2027, 4, 1)


@given(st.dates(min_value=date(2000, 4, 1), max_value=date(2998, 1, 1)))
def test_every_day_lies_in_one_quarter_and_quarters_follow_each_other(day: date) -> None:
    quarter = quarter_of(day)
    assert is_quarter(quarter)
    assert quarter <= day < next_quarter(quarter)
    assert next_quarter(quarter) - quarter <= timedelta(days=92)
    assert previous_quarter(next_quarter(quarter)) == quarter == quarter_of(quarter)


def test_a_quarter_has_a_name() -> None:
    with translation.override("en"):
        assert quarter_name(date(2027, 10, 1)) == "Quarter 4 of 2027"


def test_a_task_stands_on_the_list_and_is_carried_on_to_the_next(
    cast: Cast, task: Task, give: Give
) -> None:
    other = give()
    assert len(choose_for_quarter(cast.committee, FIRST, [task, other], by=cast.chair)) == 2
    assert choose_for_quarter(cast.committee, FIRST, [task], by=cast.chair) == []
    choose_for_quarter(cast.committee, SECOND, [task], by=cast.chair)
    assert set(Task.objects.of_quarter(cast.committee, FIRST)) == {task, other}
    assert list(Task.objects.of_quarter(cast.committee, SECOND)) == [task]
    events = Event.objects.about(task).filter(act="tasks.chosen_for_quarter")
    assert events.count() == 2


def test_what_was_chosen_stands_fast_once_the_minutes_are_approved(
    cast: Cast, task: Task, give: Give
) -> None:
    born = cast.mandate
    (row,) = choose_for_quarter(cast.committee, FIRST, [task], by=cast.chair, born=born)
    (other,) = choose_for_quarter(cast.committee, FIRST, [give()], by=cast.chair, born=born)
    unchoose(other, by=cast.coordinator)
    assert settle_choices(born, by=cast.chair) == 1
    assert settle_choices(born, by=cast.chair) == 0
    with pytest.raises(Refused):
        unchoose(row, by=cast.coordinator)
    row.refresh_from_db()
    assert not row.can_be_unchosen_by(cast.coordinator)
    assert list(QuarterTask.objects.all()) == [row]


def test_only_those_who_prepare_the_committee_choose(cast: Cast, task: Task) -> None:
    (row,) = choose_for_quarter(cast.committee, FIRST, [task], by=cast.coordinator)
    for who in ("member", "dpo", "executive", "auditor", "employee"):
        with pytest.raises(PermissionDenied):
            choose_for_quarter(cast.committee, SECOND, [task], by=cast.who(who))
        with pytest.raises(PermissionDenied):
            unchoose(row, by=cast.who(who))


def test_what_is_no_quarter_or_of_another_committee_is_refused(cast: Cast, give: Give) -> None:
    other = found_committee(name="Et andet udvalg", by=cast.coordinator)
    with pytest.raises(Refused):
        choose_for_quarter(cast.committee, FIRST, [give(committee=other)], by=cast.coordinator)
    with pytest.raises(Refused):
        choose_for_quarter(cast.committee, date(2027, 1, 2), [give()], by=cast.coordinator)
    assert not QuarterTask.objects.exists()


def test_the_pages_choose_show_and_remove(cast: Cast, task: Task, client_of: Browser) -> None:
    chair = client_of("chair")
    url = reverse("quarter", args=[cast.committee.pk, FIRST])
    choose = reverse("quarter_choice", args=[cast.committee.pk, FIRST])
    assert chair.post(choose, {}).status_code == 400
    assert chair.post(choose, {"tasks": [task.pk]}).status_code == 302
    shown = chair.get(url).content.decode()
    assert task.title in shown
    assert reverse("quarter", args=[cast.committee.pk, SECOND]) in shown
    row = QuarterTask.objects.get()
    assert row.quarter == FIRST
    assert chair.post(reverse("quarter_removal", args=[row.pk])).status_code == 302
    assert not QuarterTask.objects.exists()


def test_the_list_hides_a_closed_task_from_those_it_is_not_for(
    cast: Cast, give: Give, client_of: Browser
) -> None:
    task = give(title="Hemmelig sårbarhed", is_closed=True)
    choose_for_quarter(cast.committee, FIRST, [task], by=cast.chair)
    url = reverse("quarter", args=[cast.committee.pk, FIRST])
    assert "Hemmelig" in client_of("member").get(url).content.decode()
    for who in ("executive", "auditor"):
        shown = client_of(who).get(url)
        assert len(shown.context["rows"]) == 1
        assert "Hemmelig" not in shown.content.decode()


@pytest.mark.parametrize("day", ["2027-01-02", "20270101", "1999-10-01", "x", "2027-W01-5"])
def test_an_address_of_no_quarter_leads_nowhere(cast: Cast, client_of: Browser, day: str) -> None:
    url = reverse("quarter", args=[cast.committee.pk, day])
    assert client_of("chair").get(url).status_code == 404


def test_the_first_and_the_last_quarter_have_one_neighbour(cast: Cast, client_of: Browser) -> None:
    for day in ("2000-01-01", "2999-10-01"):
        url = reverse("quarter", args=[cast.committee.pk, day])
        context = client_of("chair").get(url).context
        assert (context["previous"] is None) != (context["next"] is None)
