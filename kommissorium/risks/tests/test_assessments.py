"""Assessments: begun by owners, and written down by several at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.risks.actions.assessments import (
    begin_assessment,
    change_assessment,
    drop_assessment,
    move_to_scale,
)
from kommissorium.risks.actions.scenarios import (
    add_threats,
    change_scenario,
    move_scenario,
    remove_scenario,
    values_of,
)
from kommissorium.risks.models import Assessment, Scale, Scenario, Threat
from kommissorium.risks.scope import AssessmentScope, risk_owners
from kommissorium.risks.tests.assessment_cases import (
    add_risk,
    make_draft,
    make_system,
)


def test_an_owner_begins_an_assessment_of_what_is_theirs_and_of_nothing_else(cast: Cast) -> None:
    own, other = make_system(cast), make_system(cast, "Kassen", "head_of_it")
    for scope, assets, who in [
        ("asset", [other], cast.member),
        ("assets", [own, other], cast.member),
        ("organisation", [], cast.member),
        ("asset", [own], cast.auditor),
    ]:
        with pytest.raises(PermissionDenied):
            begin_assessment(by=who, scope=scope, assets=assets)
    with pytest.raises(PermissionDenied):
        begin_assessment(by=cast.member, scope="asset", assets=[own], assessor=cast.chair)
    made = begin_assessment(by=cast.member, scope="asset", assets=[own])
    assert (made.title, made.assessor, made.scale) == ("Lønsystemet", cast.member, Scale.in_use())
    with pytest.raises(Refused):  # a draft of it is open
        begin_assessment(by=cast.coordinator, scope="asset", assets=[own])
    both = begin_assessment(by=cast.coordinator, scope="assets", assets=[own, other])
    assert set(both.assets.all()) == {own, other}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scope": "nonsense"}, "scope"),
        ({"scope": "asset"}, "assets"),
        ({"scope": "assets"}, "assets"),
        ({"scope": "area"}, "area"),
        ({"scope": "process", "process": "  "}, "process"),
        (
            {"scope": "organisation", "assessed_on": timezone.localdate() + timedelta(1)},
            "assessed_on",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(cast: Cast, given: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        begin_assessment(by=cast.coordinator, **given)
    assert list(refused.value.errors) == [field]
    assert not Assessment.objects.exists()


def test_the_worst_dimension_and_the_likelihood_give_the_band_of_their_cell(cast: Cast) -> None:
    draft = make_draft(cast)
    row = add_risk(draft, cast, likelihood=2, integrity_person=4, availability_organisation=1)
    low = {"residual_likelihood": 1, "residual_consequence": 1}
    assert row.consequence == 4
    assert row.rank == draft.scale.cells[3][1]
    assert row.residual_rank == draft.scale.cells[1][1]
    change_scenario(row, by=cast.member, values=low, edit_version=1)
    assert row.owner == cast.member  # owns the system
    change_scenario(row, by=cast.member, values={"integrity_person": None}, edit_version=2)
    assert (row.consequence, row.rank) == (1, draft.scale.cells[0][1])
    change_scenario(row, by=cast.member, values={"likelihood": None}, edit_version=3)
    assert row.rank is None


def test_what_is_left_is_never_a_greater_risk_than_todays(cast: Cast) -> None:
    row = add_risk(make_draft(cast), cast, likelihood=2, availability_organisation=2)
    with pytest.raises(Refused) as refused:
        change_scenario(
            row,
            by=cast.member,
            values={"residual_likelihood": 4, "residual_consequence": 4},
            edit_version=1,
        )
    assert "residual_likelihood" in refused.value.errors
    with pytest.raises(Refused):
        change_scenario(row, by=cast.member, values={"likelihood": 5}, edit_version=1)
    row.refresh_from_db()
    assert (row.residual_rank, row.edit_version) == (row.assessment.scale.rank_of(2, 2), 1)


def test_only_who_has_a_mandate_over_it_owns_a_risk(cast: Cast) -> None:
    draft = make_draft(cast)
    row = add_risk(draft, cast)
    offered = risk_owners(AssessmentScope.of(draft))
    assert set(offered) == {cast.member, cast.head_of_it, cast.executive}
    with pytest.raises(Refused) as refused:
        change_scenario(row, by=cast.member, values={"owner": cast.employee.pk}, edit_version=1)
    assert "owner" in refused.value.errors
    change_scenario(row, by=cast.member, values={"owner": cast.executive.pk}, edit_version=1)
    assert row.owner == cast.executive


def test_two_assessors_overwrite_nobody_and_keep_what_the_other_did_elsewhere(cast: Cast) -> None:
    row = add_risk(make_draft(cast), cast)
    seen = values_of(row)
    theirs, mine = Scenario.objects.get(pk=row.pk), Scenario.objects.get(pk=row.pk)
    change_scenario(
        theirs,
        by=cast.coordinator,
        values={**seen, "measures": "Backup", "likelihood": 4},
        edit_version=1,
        seen=seen,
    )
    # Another field: both stand.
    change_scenario(
        mine, by=cast.member, values={**seen, "treatment_note": "Øv"}, edit_version=1, seen=seen
    )
    mine.refresh_from_db()
    assert (mine.measures, mine.likelihood, mine.treatment_note) == ("Backup", 4, "Øv")
    # The same field: a conflict with what is there.
    with pytest.raises(Conflict) as found:
        change_scenario(
            mine, by=cast.member, values={**seen, "measures": "Bånd"}, edit_version=1, seen=seen
        )
    assert (found.value.current["measures"], found.value.edit_version) == ("Backup", 3)
    with pytest.raises(Conflict):
        change_scenario(mine, by=cast.member, values={"measures": "Bånd"}, edit_version=1)
    change_scenario(
        mine, by=cast.member, values={**seen, "measures": "Bånd"}, edit_version=3, seen=seen
    )
    assert (mine.measures, mine.likelihood) == ("Bånd", 4)


def test_threats_are_taken_up_once_moved_and_taken_out(cast: Cast) -> None:
    draft = make_draft(cast)
    threats = list(Threat.objects.all()[:3])
    rows = add_threats(draft, threats, by=cast.member)
    assert [row.title for row in rows] == [threat.label for threat in threats]
    assert add_threats(draft, threats, by=cast.member) == []
    move_scenario(rows[2], by=cast.member, places=-1)
    assert list(draft.scenarios.all()) == [rows[0], rows[2], rows[1]]
    remove_scenario(rows[0], by=cast.member)
    assert list(draft.scenarios.all()) == [rows[2], rows[1]]
    with pytest.raises(PermissionDenied):
        remove_scenario(rows[1], by=cast.auditor)


def test_a_draft_stays_on_its_scale_until_it_is_moved(cast: Cast) -> None:
    draft = make_draft(cast)
    row = add_risk(draft, cast)
    first = draft.scale
    turned = [[cell % 4 + 1 for cell in line] for line in first.cells]
    _use(first, cells=turned, version=2)
    change_scenario(row, by=cast.member, values={"measures": "Backup"}, edit_version=1)
    assert row.rank == first.cells[2][2]
    move_to_scale(draft, by=cast.member)
    row.refresh_from_db()
    assert (draft.scale.version, row.rank, row.likelihood) == (2, turned[2][2], 3)
    _use(first, cells=[[1] * 3] * 3, version=3, size=3)
    move_to_scale(draft, by=cast.member)
    row.refresh_from_db()
    assert (row.likelihood, row.rank, row.residual_rank, row.measures) == (
        None,
        None,
        None,
        "Backup",
    )
    with pytest.raises(Refused):
        move_to_scale(draft, by=cast.member)


def _use(scale: Scale, **changes: object) -> None:
    """Put a changed version of a scale into use."""
    kept = ("family", "name", "size", "likelihoods", "consequences", "bands", "cells", "made_at")
    values = {name: getattr(scale, name) for name in kept} | changes
    Scale.objects.filter(use_mark=True).update(use_mark=None)
    Scale.objects.create(use_mark=True, **values)


def test_the_head_is_changed_by_one_at_a_time(cast: Cast) -> None:
    draft = make_draft(cast)
    version = draft.edit_version
    stale = Assessment.objects.get(pk=draft.pk)
    values = {"title": "Løn", "summary": "Kort.", "assessed_on": timezone.localdate()}
    changed = change_assessment(
        draft, by=cast.member, edit_version=version, values=values, participants=[cast.chair]
    )
    assert changed == ["title", "summary", "participants"]
    with pytest.raises(Conflict) as found:
        change_assessment(stale, by=cast.coordinator, edit_version=version, values={"title": "X"})
    assert found.value.current["title"] == "Løn"
    with pytest.raises(PermissionDenied):
        change_assessment(
            draft, by=cast.member, edit_version=2, values={"assessor": cast.coordinator}
        )
    drop_assessment(draft, by=cast.member)
    with pytest.raises(Refused):
        drop_assessment(draft, by=cast.member)
    assert begin_assessment(by=cast.member, scope="asset", assets=[draft.assets.get()])
