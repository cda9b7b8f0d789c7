"""The committee's lessons from an incident: its risk, tasks, a rule, a risk weighed anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.config.tests.registers.cycle_cases import later_meeting, put, through_a_meeting
from kommissorium.conftest import Cast
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.evaluations import add_lesson
from kommissorium.incidents.evaluation import KIND
from kommissorium.incidents.models import Evaluation, Lesson
from kommissorium.incidents.tests.cases import evaluation
from kommissorium.registers.actions.standard_proposals import put_forward
from kommissorium.registers.offered import foreseen
from kommissorium.tasks.models import Task

Browser = Callable[[str], Client]


def lesson(cast: Cast, **others: Any) -> dict[str, Any]:
    """Return the values of something that is to follow from an evaluation."""
    due = (timezone.localdate() + timedelta(days=300)).isoformat()
    owner = str(cast.head_of_it.pk)
    return {"kind": "task", "title": "Ret skabelonen", "owner": owner, "due": due, **others}


def address_of(found: Evaluation) -> str:
    return reverse("incident_lesson_new", args=[found.pk])


def approved(cast: Cast, found: Evaluation, *, is_closed: bool = False) -> None:
    """Let the committee approve it at a meeting."""
    meeting = later_meeting(cast)
    item = put(cast, found, meeting)
    if is_closed:
        type(item).objects.filter(pk=item.pk).update(is_closed=True, closed_ground="Tavshedspligt")
    through_a_meeting(cast, meeting, {KIND.kind: "approved"})
    found.refresh_from_db()


def test_two_tasks_and_a_rule_come_of_what_the_committee_approves(
    cast: Cast, client_of: Browser
) -> None:
    found, coordinator = evaluation(cast), client_of("coordinator")
    for said in ({}, {"title": "Øv ringelisten"}, {"kind": "rule", "title": "Ret mailreglerne"}):
        answer = coordinator.post(address_of(found), lesson(cast, **said))
        assert answer.status_code == 302
    assert not Task.objects.exists()
    page = coordinator.get(found.get_absolute_url()).content.decode()
    assert "Øv ringelisten" in page and "En regel skal ændres" in page
    approved(cast, found)
    assert found.is_approved and b"Ret mailreglerne" in bytes(found.record.content.encode())
    tasks = Task.objects.born_at("incidents.evaluation", [str(found.pk)])
    assert {one.title for one in tasks} == {
        "Ret skabelonen",
        "Øv ringelisten",
        "Ret mailreglerne",
    }
    assert {one.committee for one in tasks} == {cast.committee}
    assert not Lesson.objects.filter(task=None).exists()
    mine = client_of("head_of_it")
    assert all(mine.get(one.get_absolute_url()).status_code == 200 for one in tasks)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"title": ""}, "title"),
        ({"kind": "sang"}, "kind"),
        ({"due": "2020-01-01"}, "due"),
        ({"owner": ""}, "owner"),
        ({"kind": "risk", "owner": ""}, "owner"),  # which risk it was is not said
    ],
)
def test_what_is_to_come_must_be_whole(
    cast: Cast, client_of: Browser, said: dict[str, str], wrong: str
) -> None:
    found = evaluation(cast)
    answer = client_of("coordinator").post(address_of(found), lesson(cast, **said))
    assert answer.status_code == 400 and wrong in answer.context["form"].errors
    assert not found.lessons.exists()


def test_what_was_added_can_be_taken_back_until_it_is_put_forward(
    cast: Cast, client_of: Browser
) -> None:
    found, coordinator = evaluation(cast), client_of("coordinator")
    for _one in range(2):
        coordinator.post(address_of(found), lesson(cast))
    first, second = found.lessons.all()
    gone = reverse("incident_lesson_removal", args=[first.pk])
    assert coordinator.post(gone).status_code == 302
    assert list(found.lessons.all()) == [second]
    put_forward(KIND, found, cast.committee, by=cast.coordinator)
    kept = reverse("incident_lesson_removal", args=[second.pk])
    assert coordinator.post(kept).status_code == 400
    assert coordinator.post(address_of(found), lesson(cast)).status_code == 400
    assert list(found.lessons.all()) == [second]


def test_tasks_of_a_closed_item_are_known_to_few(cast: Cast, client_of: Browser) -> None:
    found = evaluation(cast)
    client_of("coordinator").post(address_of(found), lesson(cast))
    approved(cast, found, is_closed=True)
    assert Task.objects.get().is_closed


def test_who_left_and_a_day_that_is_over_do_not_stop_the_decision(cast: Cast) -> None:
    found = evaluation(cast)
    values = {**lesson(cast), "owner": cast.head_of_it, "due": timezone.localdate()}
    add_lesson(found, by=cast.coordinator, values=values)
    type(cast.head_of_it).objects.filter(pk=cast.head_of_it.pk).update(is_active=False)
    approved(cast, found)
    assert Task.objects.get().owner == cast.coordinator


def test_only_who_drafts_adds_to_it(cast: Cast) -> None:
    values = {**lesson(cast), "owner": cast.head_of_it, "due": timezone.localdate()}
    with pytest.raises(PermissionDenied):
        add_lesson(evaluation(cast), by=cast.chair, values=values)


def test_without_registers_that_foresee_nothing_can_be_chosen(cast: Cast) -> None:
    assert foreseen(cast.coordinator, []) == []


def test_an_evaluation_says_which_risk_it_was(cast: Cast) -> None:
    found = evaluation(cast)
    Evaluation.objects.filter(pk=found.pk).update(scenario="")
    found.refresh_from_db()
    with pytest.raises(Refused):
        put_forward(KIND, found, cast.committee, by=cast.coordinator)
