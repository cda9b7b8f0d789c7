"""Activities in a plan of the year go the same way: planned, held or called off, never undone."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.measures.findings import Question
from kommissorium.registers.actions.activities import (
    call_off_activity,
    change_activity,
    draft_plan,
    note_finding,
    plan_activity,
    remove_activity,
)
from kommissorium.registers.installed import activity_kinds, register_with
from kommissorium.registers.tests.activity_cases import hold
from kommissorium.registers.tests.check_cases import past_of
from kommissorium.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture(params=list(activity_kinds()))
def kind(request):
    return activity_kinds()[request.param]


@pytest.fixture
def brought(kind):
    """Return what the kind's room provides: its samples are wanted of each."""
    room = register_with(kind.plan).code
    samples: Any = import_module(f"kommissorium.{room}.tests.activity_samples")
    return samples.ACTIVITIES[kind.slug]


@pytest.fixture
def plan(brought, cast):
    return brought[0](cast)


@pytest.fixture
def activity(plan):
    return plan.activities.select_related("plan", "responsible").order_by("pk").first()


def known(cast, kind, activity):
    today = timezone.localdate()
    asked = Question(today, today, cast.since, cast.committee.pk)
    found = past_of(register_with(kind.plan)).activities_on(asked)
    return next(one for one in found if one.key == activity.pk)


def test_its_pages_answer_who_may_read_and_no_other(kind, plan, activity, client_of):
    pages = [plan.get_absolute_url(), activity.get_absolute_url()]
    pages += [activity.address(f"activity_{name}") for name in ("change", "hold", "call_off")]
    for url in [*pages, activity.address("activity_history")]:
        assert client_of("coordinator").get(url).status_code == 200, url
        assert client_of("employee").get(url).status_code == 404, url
    assert client_of("member").get(pages[1]).status_code == 200


def test_it_is_planned_promised_and_held_as_the_chain_knows_it(cast, kind, activity):
    assert known(cast, kind, activity).is_open
    hold(kind, activity, cast.coordinator)
    told = known(cast, kind, activity)
    assert (told.held_on, told.outcome) == (timezone.localdate(), "partly")
    assert told.promised == activity.planned_for
    assert check_database().faults == []


def test_moved_it_is_still_promised_for_the_day_that_was_approved(cast, kind, activity):
    last = date(activity.plan.year, 12, 31)
    values = {"planned_for": last, "responsible": cast.member}
    change_activity(kind, activity, by=cast.coordinator, values=values, edit_version=1)
    told = known(cast, kind, activity)
    assert (told.planned_for, told.promised) == (last, min(told.promised, last))
    assert told.promised == date.fromisoformat(_first_fact(activity)["planned_for"])


def _first_fact(activity) -> dict[str, Any]:
    first = Event.objects.about(activity).order_by("seq").first()
    return json.loads(first.facts)


def test_it_is_not_held_tomorrow_nor_before_its_plan_nor_by_strangers(cast, kind, activity):
    for days in (1, -400):
        with pytest.raises(Refused):
            hold(kind, activity, cast.coordinator, on=timezone.localdate() + timedelta(days=days))
    with pytest.raises(PermissionDenied):
        hold(kind, activity, cast.chair)


def test_called_off_it_stays_so(cast, kind, activity):
    with pytest.raises(Refused):
        call_off_activity(kind, activity, by=cast.coordinator, because=" ")
    call_off_activity(kind, activity, by=cast.coordinator, because="Ingen tid.")
    assert known(cast, kind, activity).is_off
    with pytest.raises(Refused):
        call_off_activity(kind, activity, by=cast.coordinator, because="Igen.")
    with pytest.raises(PermissionDenied):
        hold(kind, activity, cast.coordinator)
    rows = kind.model._default_manager.filter(pk=activity.pk)
    for changes in ({"called_off_at": None}, {"held_on": timezone.localdate()}, {"title": "Nyt"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**changes)


def test_added_to_what_is_approved_it_says_so_and_cannot_be_removed(cast, kind, plan, brought):
    made = plan_activity(kind, plan, by=cast.coordinator, values=brought[2](cast))
    assert made.is_extra
    with pytest.raises(Refused):
        remove_activity(kind, made, by=cast.coordinator)
    with pytest.raises(PermissionDenied):
        plan_activity(kind, plan, by=cast.chair, values=brought[2](cast))


def test_a_draft_is_changed_and_given_up_by_coordinators_alone(cast, kind, brought):
    draft = brought[1](cast)
    one = draft.activities.select_related("plan").first()
    remove_activity(kind, one, by=cast.coordinator)
    assert not draft.activities.filter(pk=one.pk).exists()
    with pytest.raises(PermissionDenied):
        draft_plan(kind, by=cast.chair)


def test_a_finding_gives_a_task_and_is_settled_with_it(cast, kind, activity):
    held = hold(kind, activity, cast.coordinator)
    words = {"text": "En vej mangler.", "title": "Find en vej", "owner": cast.member}
    found = note_finding(kind, held, by=cast.coordinator, due=timezone.localdate(), **words)
    task = Task.objects.get(born_kind=kind.model._meta.label_lower, born_id=str(activity.pk))
    assert (found.task, found.is_settled, task.owner) == (task, False, cast.member)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(found).objects.filter(pk=found.pk).update(text="Ingenting")
