"""Assessments before the committee: proposed, approved and frozen, replaced by newer ones."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import Cast
from kommissorium.core.refusals import Refused
from kommissorium.meetings.models import Outcome
from kommissorium.risks.actions.approving import (
    approve_assessment,
    lacking,
    propose_assessment,
    reopen_assessment,
)
from kommissorium.risks.actions.assessments import (
    begin_assessment,
    change_assessment,
    drop_assessment,
)
from kommissorium.risks.actions.plans import add_action
from kommissorium.risks.actions.scenarios import (
    change_scenario,
    remove_scenario,
)
from kommissorium.risks.assessment_picture import changed_lineages, compare, counts_of
from kommissorium.risks.models import Assessment, Scenario
from kommissorium.risks.tests.acceptance_cases import accept, propose
from kommissorium.risks.tests.assessment_cases import (
    add_risk,
    approve,
    decide,
    make_draft,
    make_system,
)
from kommissorium.tasks.actions import drop_task


def test_an_unfinished_draft_is_not_proposed_and_says_what_is_lacking(cast: Cast) -> None:
    draft = make_draft(cast)
    with pytest.raises(Refused):
        propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    add_risk(draft, cast, likelihood=None, treatment="")
    assert len(lacking(draft)) == 2
    row = draft.scenarios.get()
    with pytest.raises(Refused):
        propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    change_scenario(
        row, by=cast.member, values={"likelihood": 3, "treatment": "accept"}, edit_version=1
    )
    with pytest.raises(PermissionDenied):
        propose_assessment(draft, committee=cast.committee, by=cast.member)
    propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    with pytest.raises(Refused):
        change_scenario(row, by=cast.member, values={"likelihood": 2}, edit_version=2)
    reopen_assessment(draft, by=cast.coordinator)
    change_scenario(row, by=cast.member, values={"likelihood": 2}, edit_version=2)
    assert row.likelihood == 2


@pytest.mark.parametrize("by", ["a sentence", "an action", "a dropped action"])
def test_to_mitigate_with_nothing_is_refused(cast: Cast, by: str) -> None:
    draft = make_draft(cast)
    risk = add_risk(draft, cast, treatment_note=" ")
    with pytest.raises(Refused, match="by what"), override("en"):
        propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    if by == "a sentence":
        values = {"treatment_note": "Afprøv backuppen."}
        change_scenario(risk, by=cast.member, values=values, edit_version=1)
    else:
        given = {"title": "Afprøv backuppen", "owner": cast.coordinator}
        action = add_action(risk, by=cast.coordinator, due=timezone.localdate(), **given)
        if by == "a dropped action":
            drop_task(action.task, by=cast.coordinator, because="Ikke nu.")
    assert len(lacking(draft)) == (by == "a dropped action")


def test_only_a_decision_about_it_that_approves_lets_it_hold(cast: Cast) -> None:
    draft, other = make_draft(cast), make_draft(cast, make_system(cast, "Kassen"))
    add_risk(draft, cast)
    propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    with pytest.raises(PermissionDenied):
        approve_assessment(draft, decision=decide(cast, other), by=cast.chair)
    with pytest.raises(PermissionDenied):
        reopen_assessment(draft, by=cast.chair)
    rejected = decide(cast, draft, Outcome.REJECTED)
    with pytest.raises(Refused):
        approve_assessment(draft, decision=rejected, by=cast.chair)
    reopen_assessment(draft, by=cast.chair, decision=rejected)
    assert draft.is_draft


def test_what_is_approved_is_frozen_with_its_picture(cast: Cast) -> None:
    draft = make_draft(cast)
    row = add_risk(draft, cast)
    add_risk(draft, cast, "Brand", residual_likelihood=None, residual_consequence=None)
    found = approve(cast, draft)
    other = add_risk(make_draft(cast, make_system(cast, "Kassen")), cast)
    assert found.record is not None
    assert bytes(found.record.pdf)[:5] == b"%PDF-"
    content = json.loads(found.record.content)
    assert content["before"] == [[3, 3, 2]]
    assert content["after"] == [[2, 2, 1], [3, 3, 1]]  # nothing said: today's risk is left
    assert [one["title"] for one in content["risks"]] == ["Brand", "Ransomware"]
    assert sum(content["totals"]["before"]) == content["totals"]["risks"] == 2
    assert set(found.scenarios.values_list("is_in_force", flat=True)) == {True}
    for change in (
        lambda: Assessment.objects.filter(pk=found.pk).update(title="Andet"),
        lambda: Scenario.objects.filter(pk=row.pk).update(likelihood=1),
        lambda: Scenario.objects.filter(pk=row.pk).delete(),
        lambda: Scenario.objects.create(assessment=found, title="Efter", group="cyber"),
        lambda: Scenario.objects.filter(pk=other.pk).update(assessment=found),
        lambda: found.participants.add(cast.chair),
        found.assets.clear,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(Refused):
        change_scenario(row, by=cast.coordinator, values={"likelihood": 1}, edit_version=1)
    with pytest.raises(Refused):
        change_assessment(found, by=cast.coordinator, edit_version=1, values={"title": "Andet"})
    with pytest.raises(Refused):
        drop_assessment(found, by=cast.coordinator)


def test_a_newer_one_takes_its_place_and_the_risks_are_followed(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    draft = make_draft(cast)
    up, gone = add_risk(draft, cast), add_risk(draft, cast, "Brand")
    add_risk(draft, cast, "Tyveri")
    former = approve(cast, draft)
    asset = former.assets.get()
    new = begin_assessment(by=cast.member, scope="asset", assets=[asset], copy_from=former)
    assert list(new.scenarios.values_list("lineage", "rank")) == list(
        former.scenarios.values_list("lineage", "rank")
    )
    change_scenario(
        new.scenarios.get(lineage=up.lineage),
        by=cast.member,
        values={"likelihood": 4, "availability_organisation": 4},
        edit_version=1,
    )
    remove_scenario(new.scenarios.get(lineage=gone.lineage), by=cast.member)
    add_risk(new, cast, "Strømsvigt")
    assert counts_of(compare(former, new)) == {"up": 1, "new": 1, "gone": 1, "same": 1}
    approve(cast, new)
    former.refresh_from_db()
    assert former.in_force_to == new.in_force_from == timezone.localdate()
    assert set(Scenario.objects.in_force().values_list("assessment", flat=True)) == {new.pk}
    assert list(Assessment.objects.in_force()) == [new]
    history = reverse("thing_history", args=["risks.scenario", up.pk])
    assert history in client_of("coordinator").get(up.get_absolute_url()).text
    assert client_of("coordinator").get(history).status_code == 200
    assert client_of("employee").get(history).status_code == 404


def test_an_accepted_risk_that_comes_out_otherwise_is_accepted_no_more(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    draft = make_draft(cast)
    for title in ("Ransomware", "Brand"):
        add_risk(draft, cast, title, availability_organisation=2)
    former = approve(cast, draft)
    same, other = former.scenarios.select_related("assessment__scale", "owner")
    kept, lost = propose(cast, [same]), propose(cast, [other])
    for acceptance in (kept, lost):
        accept(acceptance, by=cast.chair)
    assets = list(former.assets.all())
    new = begin_assessment(by=cast.member, scope="asset", assets=assets, copy_from=former)
    row = new.scenarios.get(lineage=other.lineage)
    page = client_of("member").get(reverse("assessment_scenarios", args=[new.pk]))
    assert [card.accepted for card in page.context["cards"]] == [kept, lost]
    change_scenario(row, by=cast.member, values={"likelihood": 4}, edit_version=1)
    lost.refresh_from_db()
    assert lost.is_in_force_on(timezone.localdate())  # a draft ends nothing
    approve(cast, new)
    for acceptance in (kept, lost):
        acceptance.refresh_from_db()
    assert (kept.ending, lost.ending) == ("", "void")
    assert new.title in lost.ended_because
    assert new.record is not None
    assert json.loads(new.record.content)["totals"]["accepted_kroner"] == 500_000


def test_a_risk_left_out_and_other_assets_are_changes_too(cast: Cast) -> None:
    draft = make_draft(cast)
    one, two = add_risk(draft, cast), add_risk(draft, cast, "Brand")
    former = approve(cast, draft)
    assets = list(former.assets.all())
    new = begin_assessment(by=cast.member, scope="asset", assets=assets, copy_from=former)
    assert changed_lineages(former, new) == set()
    remove_scenario(new.scenarios.get(lineage=two.lineage), by=cast.member)
    assert changed_lineages(former, new) == {two.lineage}
    both = [*assets, make_system(cast, "Kassen")]
    wider = begin_assessment(by=cast.coordinator, scope="assets", assets=both, copy_from=former)
    assert changed_lineages(former, wider) == {one.lineage, two.lineage}
