"""Impossible values typed by people with rights: a sentence beside the field, nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import PASSWORD
from kommissorium.continuity.actions.plans import draft_plans
from kommissorium.continuity.models import ContinuityTest, Service
from kommissorium.continuity.plan import PLAN
from kommissorium.continuity.service_status import warnings_of
from kommissorium.continuity.tests.cases import (
    RESTORE,
    approved,
    approved_plans,
    named,
    plan_values,
    service,
    system,
    write_plans,
)

KEPT = "Det her har jeg skrevet."


def refused(browser, url, field, typed):
    """Return the sentence beside the field of a form that came back with everything typed."""
    answer = browser.post(url, typed)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    form = answer.context["form"]
    assert {name: str(form[name].value()) for name in typed if name in form.fields} == {
        name: str(value) for name, value in typed.items() if name in form.fields
    }
    [sentence] = form.errors[field]
    assert KEPT in answer.text and str(sentence).split("“", maxsplit=1)[0] in answer.text
    return sentence


@pytest.fixture
def restore(cast):
    """A restore that the system owner answers for, of a service down for eight hours at most."""
    found = service(cast, systems=[system(cast, rto=4)], mtd=8)
    return named(approved(cast, {**RESTORE, "service": found}), "Genskab")


@pytest.mark.parametrize(
    ("field", "others"),
    [
        ("actual_rto", {"actual_rto": "-1"}),
        ("actual_rto", {"actual_rto": ""}),
        ("actual_rto", {"actual_rto": "9000"}),
        ("outcome", {"actual_rto": "9", "outcome": "met"}),
    ],
)
def test_times_below_zero_and_over_what_can_be_stood(cast, client_of, restore, field, others):
    approved_plans(cast, restore.service)
    today = timezone.localdate().isoformat()
    typed = {"held_on": today, "actual_rpo": "1", "outcome": "partly", "conclusion": KEPT}
    url = restore.address("activity_hold")
    refused(client_of("system_owner"), url, field, typed | {"edit_version": 1} | others)
    assert ContinuityTest.objects.get(pk=restore.pk).held_on is None


@pytest.mark.parametrize("is_planned", [False, True])
def test_a_test_before_there_was_a_plan(cast, client_of, restore, is_planned):
    day = timezone.localdate()
    if is_planned:
        approved_plans(cast, restore.service)
        day -= timedelta(days=1)
    typed = {"held_on": day.isoformat(), "actual_rto": "2", "outcome": "met", "conclusion": KEPT}
    url = restore.address("activity_hold")
    refused(client_of("system_owner"), url, "held_on", typed | {"edit_version": 1})


def test_a_phone_number_with_letters(cast, client_of):
    found = service(cast)
    calls = "Vagthavende; 12 34 56 78\nLederen; tolv 34 56 78"
    typed = {"title": found.title, "impact": KEPT, "criticality": "society", "mtd": "8"}
    typed |= {"responsible": cast.system_owner.pk, "calls": calls, "systems": ""}
    url = reverse("continuity_service_edit", args=[found.pk])
    sentence = refused(client_of("system_owner"), url, "calls", typed | {"edit_version": 1})
    assert "2" in sentence and "tolv 34 56 78" in sentence
    assert Service.objects.get(pk=found.pk).impact != KEPT


def test_a_system_that_may_be_down_for_longer_than_its_service_is_told_where_both_stand(
    cast, client_of
):
    slow = system(cast, "Langsomt", rto=24)
    found = service(cast, mtd=8, systems=[slow])
    with override("da"):
        [sentence] = warnings_of(found)
    assert "Langsomt" in sentence and "24" in sentence and "8" in sentence
    for url in (found.get_absolute_url(), slow.get_absolute_url()):
        assert sentence in client_of("coordinator").get(url).text


def test_a_plan_that_its_only_author_would_approve(cast, client_of):
    made = draft_plans(service(cast, responsible=cast.chair), by=cast.chair)
    write_plans(made, cast.chair, plan_values())
    PLAN.propose(made, cast.committee, by=cast.coordinator)
    browser = client_of("chair")
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    url = reverse("chair_decision_add", args=[cast.committee.pk])
    url += f"?about={PLAN.slug}-{made.pk}&outcome=approved"
    page = browser.get(url)
    typed = {**page.context["form"].initial, "why_now": KEPT, "is_impartial": "on"}
    answer = browser.post(url, {name: value for name, value in typed.items() if value is not None})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert KEPT in answer.text and answer.context["form"].errors
    made.refresh_from_db()
    assert made.is_proposed
