"""The risks of the demonstration: three years of pictures, plans and acceptances."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.demo_cast import DOMAIN
from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.committees.models import Committee
from kommissorium.compliance.fulfilment import fulfilment_on, month_ends, timeline
from kommissorium.compliance.history_queries import history_of
from kommissorium.core.evidence.models import reference
from kommissorium.demo.tests.stories import of_three_years
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import State
from kommissorium.meetings.models import AgendaItem, Decision, Meeting, RowChoice
from kommissorium.risks.current_counts import count_risks
from kommissorium.risks.levels import levels_on
from kommissorium.risks.models import (
    Acceptance,
    Assessment,
    Capacity,
    PlanAction,
    RiskLevel,
    Scenario,
)
from kommissorium.risks.planning import still_above

pytestmark = pytest.mark.usefixtures("havneby")


@of_three_years
def test_each_year_has_a_level_and_a_picture_of_the_whole():
    assert RiskLevel.objects.filter(state=RiskLevel.State.APPROVED).count() == 3
    whole = Assessment.objects.filter(scope=Assessment.Scope.ORGANISATION)
    assert [one.state for one in whole] == [Assessment.State.APPROVED] * 3
    assert whole.filter(in_force_to=None).count() == 1


@of_three_years
def test_hundreds_of_risks_follow_the_systems_of_the_areas():
    assert 400 <= Scenario.objects.count() <= 500
    assert Scenario.objects.in_force().filter(assessment__assets__isnull=False).exists()
    assert not Scenario.objects.in_force().filter(rank=None).exists()


def test_plans_were_kept_put_off_and_are_late():
    states = Counter(PlanAction.objects.values_list("task__state", flat=True))
    assert states["done"] > 5
    assert PlanAction.objects.slipped(timezone.localdate()).exists()


def test_risks_were_accepted_in_each_capacity_and_ended_in_each_way():
    today = timezone.localdate()
    given = Acceptance.objects.filter(state=Acceptance.State.ACCEPTED)
    capacities = set(given.values_list("capacity", flat=True))
    assert capacities == set(Capacity) - {Capacity.EXECUTIVE}
    assert given.filter(ending=Acceptance.Ending.VOID).exists()
    assert given.filter(ending=Acceptance.Ending.WITHDRAWN).exists()
    assert Acceptance.objects.expired_by(today).exists()
    assert Acceptance.objects.waiting_on(timezone.localdate()).exists()
    assert count_risks(today).kroner > 0


def test_the_last_meeting_extended_one_acceptance_by_a_choice():
    held = AgendaItem.objects.exclude(meeting__state__in=("planned", "called"))
    proposed = RowChoice.objects.filter(key__startswith="risks.acceptance:", item__in=held)
    chosen = proposed.filter(edit_version__gt=0)
    if not chosen:  # on some days none that came back could be extended
        assert not proposed.filter(code="extend").exists()
        return
    [choice] = chosen.filter(code="extend")
    decision = Decision.objects.get(item=choice.item)
    assert "forlængede risikoaccepten" in decision.text and decision.outcome == "approved"
    extended = Acceptance.objects.get(decision=decision)
    assert extended.expires_on == choice.day and extended.replaces_id == choice.thing
    assert extended.is_standing and extended.record.pdf
    others = chosen.exclude(pk=choice.pk)
    assert set(others.values_list("code", flat=True)) <= {"return"}


def test_the_owner_of_a_system_is_half_way_through_assessing_it():
    draft = Assessment.objects.get(state=Assessment.State.DRAFT)
    owner = Person.objects.get(email=f"system_owner@{DOMAIN}")
    assert draft.assessor == draft.created_by == owner
    assert set(draft.assets.all()) <= set(Asset.objects.owned_by(owner))
    assert 5 <= (timezone.localdate() - draft.assessed_on).days <= 12
    scored = [one.is_scored for one in draft.scenarios.all()]
    assert 5 <= sum(scored) < len(scored) - 5


def test_the_next_agenda_asks_for_an_assessment_and_for_an_acceptance_along_with_it():
    proposed = Assessment.objects.get(state=Assessment.State.PROPOSED)
    asked = Acceptance.objects.waiting_on(timezone.localdate()).get(
        risks__scenario__assessment=proposed
    )
    assert asked.capacity == Capacity.COMMITTEE
    items = AgendaItem.objects.filter(meeting__state=Meeting.State.PLANNED)
    about = dict(items.exclude(subject_kind="").values_list("subject_kind", "meeting"))
    subjects = set(items.values_list("subject_kind", "subject_id"))
    assert {reference(proposed), reference(asked)} <= subjects
    assert about[reference(proposed)[0]] == about[reference(asked)[0]]


def test_what_the_chair_accepted_is_a_decision_between_meetings_that_the_committee_was_told_of():
    given = Acceptance.objects.filter(capacity=Capacity.CHAIR, state=Acceptance.State.ACCEPTED)
    assert given.count() >= 3
    for one in given.select_related("decision"):
        assert one.decision.is_chairs and one.decision.is_weighed and one.decision.is_impartial
        assert one.decision.told_at().exists()


def test_some_of_what_is_planned_slipped_or_is_finished_with_the_risk_still_above_the_level():
    today = timezone.localdate()
    assert count_risks(today).slipped
    finished = PlanAction.objects.finished().filter(still_above(levels_on(today)))
    assert finished.exists()


def test_an_acceptance_ran_out_lately_and_nobody_has_renewed_it():
    today = timezone.localdate()
    lately = Acceptance.objects.expired_by(today).filter(expires_on__gte=today - timedelta(days=14))
    assert lately.exists()
    live = Acceptance.objects.live_on(today)
    lineages = set(lately.values_list("risks__lineage", flat=True))
    assert not lineages & set(live.values_list("risks__lineage", flat=True))
    assert Scenario.objects.in_force().filter(lineage__in=lineages).count() == len(lineages)


def test_actions_of_many_owners_are_open_and_most_go_as_planned():
    open_ones = PlanAction.objects.open().select_related("task")
    slipped = set(PlanAction.objects.slipped(timezone.localdate()))
    assert 12 <= len(open_ones) <= 28
    assert 1 <= len(slipped) < len(open_ones) / 2
    assert len({one.task.owner_id for one in open_ones if one not in slipped}) >= 4


def test_the_mandate_was_seen_fulfilled_and_not_fulfilled():
    today = timezone.localdate()
    history = history_of(Committee.objects.get(name="Informationssikkerhedsudvalget"))
    clauses = [one for one in history.clauses_on(today) if one.measure == Measure.RISK_LEVEL]
    [line] = timeline(history, clauses, month_ends(today, 34))
    assert {State.FULFILLED, State.NOT_FULFILLED} <= set(line.states)
    found = fulfilment_on(history, today).findings
    [said] = [one.finding for one in found if one.clause.measure == Measure.RISK_LEVEL]
    assert said.state != State.UNMEASURED
    assert said.evidence
