"""What a plan of the year promises stands on the year wheel once, and the plan alone puts it there."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.utils import timezone

from kommissorium.conftest import in_days, time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.registers.actions.activities import (
    call_off_activity,
    change_activity,
    plan_activity,
)
from kommissorium.registers.actions.planned_duties import keep_all_planned, source_of
from kommissorium.registers.installed import activity_kinds, register_with
from kommissorium.registers.tests.activity_cases import approve, hold, soon
from kommissorium.secretariat.todo import waits_for
from kommissorium.yearwheel.actions import CadenceValues, DutyValues, add_duty, skip
from kommissorium.yearwheel.models import Occurrence

pytestmark = pytest.mark.django_db


@pytest.fixture(params=list(activity_kinds()))
def kind(request: pytest.FixtureRequest) -> Any:
    return activity_kinds()[request.param]


@pytest.fixture
def brought(kind: Any) -> Any:
    room = register_with(kind.plan).code
    samples: Any = import_module(f"kommissorium.{room}.tests.activity_samples")
    return samples.ACTIVITIES[kind.slug]


def times(activity: Any) -> list[Occurrence]:
    rows = Occurrence.objects.filter(source=source_of(activity)).select_related("duty")
    return list(rows.order_by("pk"))


def first_of(plan: Any) -> Any:
    return plan.activities.select_related("plan__committee", "responsible").order_by("pk").first()


def test_a_draft_is_not_on_the_wheel_and_an_approved_plan_is(kind, brought, cast):
    draft = brought[1](cast)
    assert not Occurrence.objects.exists()
    approve(cast, kind.plan, draft)
    for activity in draft.activities.all():
        (row,) = times(activity)
        assert (row.due, row.delegate_id) == (activity.planned_for, activity.responsible_id)
        assert row.source_link == activity.get_absolute_url()
        assert row.duty.committee_id == cast.committee.pk
        wanted = kind.duty_of(activity).requirements
        assert set(row.duty.tags.values_list("name", flat=True)) == set(wanted) and wanted
        assert row.duty.measure
    keep_all_planned(kind)
    assert Occurrence.objects.count() == draft.activities.count(), "again it does nothing"


def test_held_moved_called_off_and_added_the_wheel_follows(kind, brought, cast):
    plan = brought[0](cast)
    activity = first_of(plan)
    values = {name: getattr(activity, name) for name in brought[2](cast)}
    values["planned_for"], values["responsible"] = soon(6), cast.head_of_it
    version = activity.edit_version
    change_activity(kind, activity, by=cast.coordinator, values=values, edit_version=version)
    (row,) = times(activity)
    assert (row.due, row.delegate) == (soon(6), cast.head_of_it)
    extra = plan_activity(kind, plan, by=cast.coordinator, values=brought[2](cast))
    assert [one.state for one in times(extra)] == ["open"]
    call_off_activity(kind, extra, by=cast.coordinator, because="Leverandøren kom ikke")
    assert [one.state for one in times(extra)] == ["skipped"]
    assert check_database().faults == []


def test_it_is_done_on_the_wheel_on_the_day_it_was_held_early_or_late(kind, brought, cast):
    plan = brought[0](cast)
    activity = first_of(plan)
    day = timezone.localdate()
    hold(kind, activity, cast.coordinator, on=day, conclusion="Kun for dem, der læser det")
    (row,) = times(activity)
    assert (row.state, timezone.localdate(row.ended_at)) == ("done", day)
    assert row.result == "minor" and "læser" not in row.conclusion
    (proof,) = row.evidence.all()
    assert (proof.object_kind, proof.object_id) == tuple(source_of(activity).split(":"))
    hold(kind, activity, cast.coordinator, on=day, outcome="not_met")
    assert len(times(activity)) == 1, "said again it is no second time"


def test_what_the_committee_took_from_the_wheel_before_is_ended_and_keeps_its_past(
    kind, brought, cast
):
    key = kind.replaces[0]
    duty = add_duty(
        cast.committee,
        by=cast.coordinator,
        values=DutyValues(title="Som før", responsible_person=cast.chair),
        cadence=CadenceValues("interval", 12, soon()),
        default_key=key,
    )
    before = duty.occurrences.get()
    skip(before, by=cast.coordinator, because="Udsat til næste år")
    approve(cast, kind.plan, brought[1](cast))
    duty.refresh_from_db()
    assert duty.ended_on == timezone.localdate() and duty.ended_because
    states = list(duty.occurrences.order_by("number").values_list("state", "skipped_because"))
    assert states == [("skipped", "Udsat til næste år"), ("skipped", duty.ended_because)]


def test_a_plan_approved_before_the_wheel_knew_of_it_comes_on_it_by_itself(
    kind, brought, cast, monkeypatch
):
    monkeypatch.setattr("kommissorium.registers.activities.keep_planned", lambda *_, **__: None)
    plan = approve(cast, kind.plan, brought[1](cast))
    assert not Occurrence.objects.exists()
    assert keep_all_planned(kind) == 1
    assert Occurrence.objects.open().count() == plan.activities.count()


def test_who_answers_for_it_is_told_once(kind, brought, cast):
    plan = brought[0](cast)
    activity = first_of(plan)
    with time_is(in_days(1, 9)):
        told = [one.text for one in waits_for(activity.responsible)]
    assert sum(activity.title in text for text in told) == 1
