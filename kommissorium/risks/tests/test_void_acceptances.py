"""Acceptances end when the risk changes, and only then."""

from __future__ import annotations

import json

import pytest

from kommissorium.assets.models import Area, Asset
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.risks.actions.approving import (
    approve_assessment,
    propose_assessment,
    reopen_assessment,
)
from kommissorium.risks.actions.assessments import begin_assessment, drop_assessment
from kommissorium.risks.actions.scales import Content, change_scale
from kommissorium.risks.actions.scenarios import change_scenario, values_of
from kommissorium.risks.assessment_picture import changed_lineages
from kommissorium.risks.models import Acceptance, Scale
from kommissorium.risks.tests.acceptance_cases import accept, propose
from kommissorium.risks.tests.assessment_cases import (
    add_risk,
    approve,
    decide,
    make_draft,
    make_system,
)
from kommissorium.risks.tests.standing_cases import today

ALONG = ("assessment__scale", "assessment__committee", "assessment__area", "owner")


def risks_of(assessment):
    return list(assessment.scenarios.select_related(*ALONG))


def accepted(cast, name="Lønsystemet"):
    """Return an approved assessment of a system with one risk, and the acceptance of it."""
    draft = make_draft(cast, make_system(cast, name))
    add_risk(draft, cast)
    former = approve(cast, draft)
    made = propose(cast, risks_of(former))
    accept(made, by=cast.chair)
    return former, made


def renewed(former, cast):
    assets = list(former.assets.all())
    return begin_assessment(by=cast.coordinator, scope="asset", assets=assets, copy_from=former)


def ending(acceptance):
    acceptance.refresh_from_db()
    return acceptance.ending


def test_a_copy_approved_as_it_was_voids_nothing(cast):
    former, made = accepted(cast)
    approve(cast, renewed(former, cast))
    assert ending(made) == ""
    assert made.is_in_force_on(today())


@pytest.mark.parametrize(
    "values",
    [
        {"likelihood": 2},
        {"availability_organisation": 4},
        {"title": "Noget helt andet"},
        {"group": "physical"},
        {"treatment": "share"},
        {"residual_likelihood": 1},
    ],
)
def test_each_change_of_the_risk_voids_what_was_accepted_and_says_so(cast, values):
    former, made = accepted(cast)
    new = renewed(former, cast)
    row = new.scenarios.get()
    whole = {**values_of(row), **values}
    change_scenario(row, by=cast.coordinator, values=whole, edit_version=row.edit_version)
    approve(cast, new)
    assert ending(made) == "void"
    assert new.title in made.ended_because
    event = Event.objects.about(new).get(act="risks.assessment_approved")
    assert json.loads(event.facts)["void"] == 1


def test_other_words_measures_and_owner_of_the_same_risk_void_nothing(cast):
    former, made = accepted(cast)
    new = renewed(former, cast)
    row = new.scenarios.get()
    values = {**values_of(row), "measures": "Backup hver nat", "description": "Mere ord"}
    values["owner"] = cast.head_of_it.pk
    change_scenario(row, by=cast.coordinator, values=values, edit_version=row.edit_version)
    approve(cast, new)
    assert ending(made) == ""


def test_a_scale_whose_steps_mean_something_else_voids_though_the_numbers_stay(cast):
    former, made = accepted(cast)
    scale = Scale.in_use()
    content = Content.of(scale)
    steps = [{**one, "text": "En gang i minuttet"} for one in content.likelihoods]
    change_scale(
        scale,
        Content(content.name, steps, content.consequences, content.bands, content.cells),
        by=cast.coordinator,
    )
    new = renewed(former, cast)
    assert new.scale != former.scale
    assert new.scenarios.get().rank == former.scenarios.get().rank
    approve(cast, new)
    assert ending(made) == "void"


def test_a_scale_that_only_has_another_name_voids_nothing(cast):
    former, made = accepted(cast)
    scale = Scale.in_use()
    content = Content.of(scale)
    texts = content.likelihoods, content.consequences, content.bands, content.cells
    change_scale(scale, Content("Nyt navn", *texts), by=cast.coordinator)
    approve(cast, renewed(former, cast))
    assert ending(made) == ""


def test_another_area_or_process_is_another_scope(cast):
    areas = [Area.objects.create(name=name, head=cast.head_of_it) for name in ("Nord", "Syd")]
    former = begin_assessment(by=cast.coordinator, scope="area", area=areas[0])
    risk = add_risk(former, cast, owner=cast.head_of_it.pk)
    moved = begin_assessment(
        by=cast.coordinator, scope="area", area=areas[1], copy_from=former, title=former.title
    )
    assert changed_lineages(former, moved) == {risk.lineage}
    one = begin_assessment(by=cast.coordinator, scope="process", process="Løn")
    risk = add_risk(one, cast, owner=cast.executive.pk)
    two = begin_assessment(
        by=cast.coordinator, scope="process", process="Post", copy_from=one, title=one.title
    )
    assert changed_lineages(one, two) == {risk.lineage}


def test_a_proposal_of_risks_of_two_assessments_is_not_void_when_one_is_approved(cast):
    drafts = [make_draft(cast, make_system(cast, name)) for name in ("Løn", "Kasse")]
    for draft in drafts:
        add_risk(draft, cast)
    former = approve(cast, drafts[0])
    new = renewed(former, cast)
    row = new.scenarios.get()
    change_scenario(row, by=cast.coordinator, values={"likelihood": 4}, edit_version=1)
    for one in (new, drafts[1]):
        propose_assessment(one, committee=cast.committee, by=cast.coordinator)
    made = propose(cast, [*risks_of(new), *risks_of(drafts[1])], capacity="committee")
    approve_assessment(new, decision=decide(cast, new), by=cast.chair)
    assert ending(made) == "", "it is proposed of the risks as they are now"


def waiting_of(cast):
    draft = make_draft(cast)
    row = add_risk(draft, cast)
    propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    made = propose(cast, risks_of(draft), capacity="committee")
    reopen_assessment(draft, by=cast.coordinator)
    return draft, row, made


def test_what_was_proposed_of_another_score_is_void_when_the_assessment_is_approved(cast):
    draft, row, made = waiting_of(cast)
    change_scenario(row, by=cast.coordinator, values={"likelihood": 4}, edit_version=1)
    approve(cast, draft)
    assert ending(made) == "void"
    assert propose(cast, risks_of(draft)), "it bars no new one"


def test_what_was_proposed_stays_when_the_assessment_comes_again_as_it_was(cast):
    draft, _row, made = waiting_of(cast)
    approve(cast, draft)
    assert ending(made) == ""
    assert made.is_unanswered


def test_what_is_proposed_of_a_draft_that_is_given_up_is_void(cast):
    draft, _row, made = waiting_of(cast)
    drop_assessment(draft, by=cast.coordinator)
    assert ending(made) == "void"
    assert draft.title in made.ended_because
    assert not Acceptance.objects.waiting_on(today()).exists()


def test_an_assessment_of_what_has_left_the_register_is_not_put_forward(cast):
    draft = make_draft(cast)
    add_risk(draft, cast)
    Asset.objects.filter(assessments=draft).update(ended_on=today())
    with pytest.raises(Refused):
        propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    draft.refresh_from_db()
    assert draft.is_draft
