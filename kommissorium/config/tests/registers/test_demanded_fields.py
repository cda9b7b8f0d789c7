"""What proposing demands is never called optional: the drafts of all registers, and rows beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import pytest
from django.urls import reverse

from kommissorium.config.tests.registers.cycle_cases import fresh
from kommissorium.continuity.actions.plans import draft_plans
from kommissorium.continuity.evaluation import EVALUATION
from kommissorium.continuity.kind import KIND
from kommissorium.continuity.tests.cases import (
    approved,
    approved_plans,
    drafted_evaluation,
    hold,
    soon,
    values_of,
)
from kommissorium.controls.models import Control
from kommissorium.core.ui.fields import laid_out
from kommissorium.policies.actions.versions import begin_version
from kommissorium.policies.tests.cases import approved as approved_policy
from kommissorium.registers.installed import proposal_kinds, register_with
from kommissorium.registers.proposing import Lack
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.registers.tests import activity_cases
from kommissorium.risks.tests.proposal_samples import drafted as drafted_assessment

pytestmark = [pytest.mark.usefixtures("no_paper"), pytest.mark.once]
STANDARD = {
    slug: kind for slug, kind in proposal_kinds().items() if isinstance(kind, StandardProposal)
}
# Rows that a draft stands on, and where they are changed.
BESIDE: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "policy": ("policy_edit", lambda draft: draft.document),
    "continuity-plans": ("continuity_service_edit", lambda draft: draft.service),
    "objectives": ("objective_change", lambda draft: draft.objectives.first()),
    "statement-of-applicability": (
        "control_change",
        lambda _draft: Control.objects.filter(applies="yes").first(),
    ),
    **dict.fromkeys(
        ("audit-plan", "awareness-plan", "continuity-test-plan"),
        ("activity", lambda draft: draft.activities.first()),
    ),
}


@pytest.fixture(params=STANDARD)
def kind(request: pytest.FixtureRequest) -> StandardProposal[Any]:
    return STANDARD[request.param]


@pytest.fixture
def draft(kind, cast):
    room = register_with(kind).code
    samples = import_module(f"kommissorium.{room}.tests.proposal_samples")
    return samples.PROPOSALS[kind.slug](cast)


def form_at(client_of, address):
    answer = client_of("coordinator").get(address)
    assert answer.status_code == 200, address
    return answer.context["form"]


def optional_of(form, row):
    """Return the row's fields that the form calls optional, each with what it is when empty."""
    columns = {
        one.name: one for one in row._meta.concrete_fields if one.null or one.empty_strings_allowed
    }
    shown = [one.name for one in form if not one.is_hidden and laid_out(one).optional]
    return {name: None if columns[name].null else "" for name in shown if name in columns}


def emptied(row, empty):
    """Yield the row with each of its optional fields empty, then with all of them."""
    for name, value in [*empty.items(), *([] if len(empty) < 2 else [("all", None)])]:
        found = fresh(row)
        for key, one in empty.items() if name == "all" else [(name, value)]:
            setattr(found, key, one)
        yield name, found


def test_no_field_of_a_draft_that_says_it_is_optional_is_asked_for(kind, draft, client_of):
    form, known = form_at(client_of, kind.edit_url(draft)), set(kind.lacks(draft))
    for name, found in emptied(draft, optional_of(form, draft)):
        assert not set(kind.lacks(found)) - known, name


def test_nor_one_of_a_row_it_stands_on(kind, draft, client_of):
    if kind.slug not in BESIDE:
        pytest.skip("stands on no rows")
    place, row_of = BESIDE[kind.slug]
    row = row_of(draft)
    address = (
        reverse("activity_change", args=[row.slug, row.pk])
        if place == "activity"
        else reverse(place, args=[row.pk])
    )
    form, known = form_at(client_of, address), set(kind.lacks(draft))
    for name, found in emptied(row, optional_of(form, row)):
        type(row).objects.filter(pk=row.pk).update(
            **{one.attname: getattr(found, one.attname) for one in row._meta.concrete_fields}
        )
        assert not set(kind.lacks(fresh(draft))) - known, name


def test_all_it_lacks_is_said_at_once_with_a_way_to_each_field(kind, draft, client_of):
    """The page that refuses leads to fields there are: those of the form."""
    form = form_at(client_of, kind.edit_url(draft))
    for column in draft._meta.concrete_fields:
        if column.name in form.fields and (column.null or column.empty_strings_allowed):
            setattr(draft, column.name, None if column.null else "")
    draft.save()
    draft = fresh(draft)
    wanted = [one for one in kind.lacks(draft) if isinstance(one, Lack)]
    for place in (draft.get_absolute_url(), reverse("proposal", args=[kind.slug, draft.pk])):
        shown = client_of("coordinator").get(place).content.decode()
        for one in wanted:
            assert one.field in form.fields
            assert f'href="{kind.edit_url(draft)}#id_{one.field}"' in shown, one


def test_a_later_version_says_what_is_new(cast, client_of):
    """The first has nothing to differ from: there it is optional."""
    document, service = approved_policy(cast).document, approved_plans(cast).service
    for again in (
        begin_version(document, by=cast.coordinator),
        draft_plans(service, by=cast.coordinator),
    ):
        kind = next(one for one in STANDARD.values() if one.model is type(again))
        again.change_because = ""
        asked = [one for one in kind.lacks(again) if getattr(one, "field", "") == "change_because"]
        form = form_at(client_of, kind.edit_url(again))
        assert asked and laid_out(form["change_because"]).condition


def test_the_evaluation_of_an_activation_asks_whether_it_counts(cast, client_of):
    words = values_of(cast, title="Nedbrud", sort="activation", planned_for=soon(0))
    plan = approved(cast, {})
    made = activity_cases.add(KIND, cast, plan, words)
    for test, is_asked in ((plan.activities.exclude(pk=made.pk).get(), False), (made, True)):
        evaluation = drafted_evaluation(cast, hold(test, cast.coordinator))
        form = form_at(client_of, EVALUATION.edit_url(evaluation))
        assert ("counts" in form.fields) == is_asked


def test_nor_is_what_a_risk_needs_before_its_assessment_goes_on(cast, client_of):
    risk = drafted_assessment(cast).scenarios.first()
    form = form_at(client_of, reverse("risk_change", args=[risk.pk]))
    shown = {one.name: laid_out(one) for one in form if not one.is_hidden}
    needed = ("likelihood", "treatment", "owner", *(one.name for one in form.dimensions))
    assert not [name for name in needed if shown[name].optional]
    assert shown["owner"].mark == "(kræves, når vurderingen lægges frem)"
