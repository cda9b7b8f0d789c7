"""Plans and scripts of tests to begin with: chosen in the form, and made one's own afterwards."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kommissorium.continuity.actions.plans import draft_plans
from kommissorium.continuity.forms import PLAN_STARTERS, TEST_SCRIPTS
from kommissorium.continuity.lines import rows_of, tidy_steps
from kommissorium.continuity.models import ContinuityTest, PlanPart
from kommissorium.continuity.plan import PLAN
from kommissorium.continuity.tests.cases import (
    drafted,
    drafted_plans,
    service,
    system,
    values_of,
)
from kommissorium.core.built_in import data_of, starters_of

STEPS = "Lederen; Ring rundt; Kontoret"


@pytest.mark.parametrize("path", [PLAN_STARTERS, TEST_SCRIPTS], ids=["plans", "scripts"])
def test_each_says_the_same_things_in_both_languages(path):
    for code, found in data_of(path).items():
        assert found["da"].keys() == found["en"].keys(), code
        assert all(text.strip() for one in found.values() for text in one.values())
        for name, text in found["da"].items():
            assert len(text.strip().splitlines()) == len(found["en"][name].strip().splitlines())


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_steps_of_each_plan_are_steps(language):
    with override(language):
        plans = starters_of(PLAN_STARTERS)
    for one in plans.values():
        for part in PlanPart.values:
            assert len(rows_of(tidy_steps(one[part].strip(), part))) >= 3


def sent(page, **more):
    return {**{key: one or "" for key, one in page.context["form"].initial.items()}, **more}


@pytest.mark.parametrize("code", list(data_of(PLAN_STARTERS)))
def test_a_plan_begins_with_ours_and_keeps_what_was_typed(code, cast, client_of):
    draft, browser = draft_plans(service(cast), by=cast.coordinator), client_of("coordinator")
    page = browser.get(PLAN.edit_url(draft))
    typed = {"starter": code, "emergency": STEPS, "no_recovery": "Den har ingen systemer."}
    assert browser.post(PLAN.edit_url(draft), sent(page, **typed)).status_code == 302
    draft.refresh_from_db()
    ours = data_of(PLAN_STARTERS)[code]["da"]
    assert draft.emergency == STEPS and draft.recovery == ""
    assert draft.contingency == ours["contingency"].strip()
    lacking = {getattr(one, "field", "") for one in PLAN.lacks(draft)}
    assert "contingency" in lacking and "emergency" not in lacking
    shown = browser.get(draft.get_absolute_url()).text
    assert "Udfyld det, der står i klammer: [udfyld:" in shown
    assert "starter" not in browser.get(PLAN.edit_url(draft)).context["form"].fields


def test_nothing_of_ours_comes_where_none_is_chosen(cast, client_of):
    draft, browser = draft_plans(service(cast), by=cast.coordinator), client_of("coordinator")
    page = browser.get(PLAN.edit_url(draft))
    browser.post(PLAN.edit_url(draft), sent(page, emergency=STEPS))
    draft.refresh_from_db()
    assert (draft.starts_when, draft.contingency, draft.emergency) == ("", "", STEPS)


def test_a_plan_without_brackets_goes_on(cast):
    draft = drafted_plans(cast)
    assert PLAN.lacks(draft) == []
    draft.recovery = "It; Gendan fra [udfyld: hvor]"
    assert [one.field for one in PLAN.lacks(draft)] == ["recovery"]


@pytest.mark.parametrize("code", list(data_of(TEST_SCRIPTS)))
def test_a_test_takes_a_script_below_its_scenario(code, cast, client_of):
    plan, browser = drafted(cast), client_of("coordinator")
    address = reverse("activity_new", args=[ContinuityTest.slug, plan.pk])
    words = values_of(
        cast, title="Prøve", scenario="Strømmen er væk.", criterion="", participants=""
    )
    words |= {"planned_for": timezone.localdate().isoformat(), "responsible": cast.coordinator.pk}
    words["service"] = ""
    refused = browser.post(address, words)
    assert refused.status_code == 400 and set(refused.context["form"].errors) >= {"criterion"}
    assert browser.post(address, words | {"script": code}).status_code == 302
    made, ours = plan.activities.get(title="Prøve"), data_of(TEST_SCRIPTS)[code]["da"]
    assert made.scenario == f"Strømmen er væk.\n\n{ours['scenario'].strip()}"
    assert (made.participants, made.criterion) == (ours["participants"], ours["criterion"])
    change = reverse("activity_change", args=[made.slug, made.pk])
    page = browser.get(change)
    assert "script" in page.context["form"].fields


def test_the_criticality_begins_as_that_of_its_systems_and_is_saved_by_a_press(cast, client_of):
    needs = [
        system(cast, "Kantinen", criticality="none"),
        system(cast, "Lønnen", criticality="business"),
        system(cast, "Posten"),
    ]
    found, browser = (
        service(cast, criticality="", mtd=None, systems=needs),
        client_of("coordinator"),
    )
    address = reverse("continuity_service_edit", args=[found.pk])
    form = browser.get(address).context["form"]
    assert form["criticality"].value() == "business"
    told = "Et forslag: det højeste blandt de systemer, den bruger (Lønnen)."
    assert form["criticality"].help_text == told
    found.refresh_from_db()
    assert found.criticality == ""
    type(found).objects.filter(pk=found.pk).update(criticality="none")
    form = browser.get(address).context["form"]
    assert form["criticality"].value() == "none" and not form["criticality"].help_text
    found.systems.clear()
    type(found).objects.filter(pk=found.pk).update(criticality="")
    form = browser.get(address).context["form"]
    assert form["criticality"].value() == "" and not form["criticality"].help_text
