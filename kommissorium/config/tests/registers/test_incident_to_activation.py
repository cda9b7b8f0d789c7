"""An incident in which a plan was activated: the activation is added in one press, and told both ways."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import time_is
from kommissorium.continuity.models import ContinuityTest
from kommissorium.continuity.tests import cases
from kommissorium.incidents.tests.cases import reported, triage, triaged
from kommissorium.registers.actions.activities import hold_activity

NEW = "continuity_activation_new"


def new(incident):
    return reverse(NEW, args=["incidents", incident.pk])


def activated(cast, **values):
    return triaged(cast, plan_activated="yes", title="Ransomware hos kanari", **values)


def typed(browser, url, **others):
    """Return the values the form suggests, as they are posted."""
    form = browser.get(url).context["form"]
    given = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in given.items() if value is not None} | others


@pytest.fixture
def service(cast):
    """A service of a system, and a plan of tests to add the activation to."""
    cases.approved(cast)
    return cases.service(cast, systems=[cases.system(cast, rto=4)])


@pytest.fixture
def on_second_of_january():
    """A plan that is approved then holds from a day in its year that is not the first."""
    year = timezone.localdate().year
    with time_is(datetime(year + 1, 1, 2, 12, tzinfo=timezone.get_default_timezone())):
        yield


def test_one_press_and_the_times_the_service_and_the_link_are_there(cast, client_of, service):
    began = timezone.now()
    found = reported(cast, discovered_at=began)
    found.assets.set(service.systems.all())
    triage(cast, found, plan_activated="yes")
    browser = client_of("coordinator")
    assert new(found) in browser.get(found.get_absolute_url()).text
    given = typed(browser, new(found))
    assert given["service"] == service.pk
    assert given["planned_for"] == timezone.localdate(began)
    answer = browser.post(new(found), given)
    made = ContinuityTest.objects.get(sort="activation")
    assert answer.url == made.get_absolute_url()
    assert (made.notice, made.is_extra, made.responsible) == (
        "unannounced",
        True,
        cast.system_owner,
    )
    assert made.title in browser.get(found.get_absolute_url()).text
    assert found.get_absolute_url() in browser.get(made.get_absolute_url()).text
    with pytest.raises(DatabaseError), transaction.atomic():
        ContinuityTest.objects.filter(pk=made.pk).update(origin=None)


def test_who_may_not_know_of_the_incident_is_not_told_of_it(cast, client_of, service):
    found = activated(cast, is_restricted=True)
    browser = client_of("coordinator")
    words = {"criterion": "Alt kører igen.", "participants": "Staben"}
    browser.post(new(found), typed(browser, new(found), **words))
    made = ContinuityTest.objects.get(sort="activation")
    pages = [made.get_absolute_url(), made.address("activity_history"), reverse("continuity_tests")]
    for who in ("auditor", "member", "chair"):
        for url in pages:
            text = client_of(who).get(url).text
            for word in ("kanari", found.label, found.case_number, found.get_absolute_url()):
                assert word not in text, (who, url, word)
    assert client_of("auditor").get(new(found)).status_code == HTTPStatus.NOT_FOUND
    assert made.get_absolute_url() in client_of("dpo").get(found.get_absolute_url()).text


def test_where_no_plan_was_activated_nothing_is_offered(cast, client_of, service):
    found = triaged(cast, plan_activated="no")
    assert new(found) not in client_of("coordinator").get(found.get_absolute_url()).text
    assert client_of("coordinator").get(reverse(NEW, args=["nothing", 1])).status_code == 404


def test_without_a_plan_of_the_year_and_on_a_day_to_come_it_is_refused_and_nothing_lost(
    cast, client_of
):
    found, browser = activated(cast), client_of("coordinator")
    given = typed(browser, new(found), participants="Krisestaben", criterion="Alt kører igen.")
    for day in (given["planned_for"], timezone.localdate() + timedelta(days=1)):
        answer = browser.post(new(found), given | {"planned_for": day})
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert "planned_for" in answer.context["form"].errors
        assert "Krisestaben" in answer.text


def test_what_happened_before_the_plan_held_is_added_to_it_also_when_another_holds(
    cast, client_of, on_second_of_january
):
    plan = cases.approved(cast)
    day = plan.in_force_from - timedelta(days=1)
    type(plan).objects.filter(pk=plan.pk).update(in_force_to=timezone.localdate())
    found, browser = activated(cast), client_of("coordinator")
    words = {"planned_for": day, "criterion": "Alt kører igen.", "participants": "Staben"}
    browser.post(new(found), typed(browser, new(found), **words))
    made = ContinuityTest.objects.select_related("plan").get(sort="activation")
    values = {"held_on": day, "outcome": "met", "conclusion": "Det gik.", "actual_rto": None}
    values["actual_rpo"] = None
    hold_activity(cases.KIND, made, by=cast.coordinator, values=values, edit_version=1)
    made.refresh_from_db()
    assert made.held_on == day
