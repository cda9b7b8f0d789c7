"""The draft of a year's plan asks which year, and begins with what wheel, registers and law say."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.models import Criticality, Kind
from kommissorium.conftest import time_is
from kommissorium.continuity.kind import KIND as TESTS
from kommissorium.continuity.models import Service, Sort
from kommissorium.continuity.tests.cases import service
from kommissorium.registers.actions.activities import draft_plan
from kommissorium.registers.installed import activity_kinds
from kommissorium.registers.proposed_activities import fitting, proposed_year
from kommissorium.registers.tests.activity_cases import soon
from kommissorium.yearwheel.actions import CadenceValues, DutyValues, add_duty

pytestmark = pytest.mark.django_db


@pytest.fixture(params=list(activity_kinds()))
def kind(request):
    return activity_kinds()[request.param]


def noon(year: int, month: int, day: int) -> datetime:
    return timezone.make_aware(datetime(year, month, day, 12))  # noqa: DTZ001 made aware here


@pytest.mark.parametrize(
    ("moment", "year"),
    [((2031, 1, 1), 2031), ((2031, 9, 30), 2031), ((2031, 10, 1), 2032), ((2031, 12, 31), 2032)],
)
def test_from_october_on_the_next_year_is_proposed(cast, kind, moment, year):
    with time_is(noon(*moment)):
        assert proposed_year(kind.plan.model) == year


def test_a_day_that_is_over_or_near_becomes_one_there_is_time_for():
    with time_is(noon(2031, 6, 1)):
        assert fitting(2031, 3, 15) == date(2031, 7, 1)
        assert fitting(2031, 9, 15) == date(2031, 9, 15)
        assert fitting(2032, 3, 15) == date(2032, 3, 15)
    with time_is(noon(2031, 12, 20)):
        assert fitting(2031, 3, 15) == date(2031, 12, 31)


def test_it_asks_which_year_and_fills_the_draft(cast, kind, client_of):
    browser, url = client_of("coordinator"), reverse("activity_plan_new", args=[kind.slug])
    shown = browser.get(url)
    year = timezone.localdate().year
    assert [key for key, _label in shown.context["form"]["year"].field.choices] == [year, year + 1]
    assert shown.context["lead"]
    assert browser.post(url, {"year": year + 7}).status_code == 400
    answer = browser.post(url, {"year": year + 1})
    [plan] = kind.plan.model.objects.all()
    assert (answer.status_code, answer["Location"]) == (302, plan.get_absolute_url())
    rows = list(plan.activities.all())
    assert rows and {one.planned_for.year for one in rows} == {plan.year} == {year + 1}
    assert all(one.criterion and one.responsible.is_active for one in rows)
    page = browser.get(plan.get_absolute_url())
    assert all(one.title in page.text for one in rows)
    for one in rows:
        form = browser.get(one.address("activity_change")).context["form"]
        assert form["title"].value() == one.title


def test_what_is_proposed_is_not_planned_twice(cast, kind):
    year = timezone.localdate().year + 1
    rows = kind.proposed(year, cast.coordinator)
    first = draft_plan(kind, by=cast.coordinator, year=year, proposed=rows)
    kind.plan.model.objects.filter(pk=first.pk).update(state="approved", in_force_from=soon())
    again = kind.proposed(year + 1, cast.coordinator)
    second = draft_plan(kind, by=cast.coordinator, year=year + 1, proposed=again)
    titles = [sorted(one.activities.values_list("title", flat=True)) for one in (first, second)]
    assert titles[0] == titles[1]
    assert {one.planned_for.year for one in second.activities.all()} == {year + 1}


def test_the_wheels_duty_gives_its_name_its_day_and_who_answers(cast, kind):
    year = timezone.localdate().year + 1
    add_duty(
        cast.committee,
        by=cast.coordinator,
        values=DutyValues(title="Som vi plejer", responsible_person=cast.member),
        cadence=CadenceValues("interval", 12, date(year, 6, 10)),
        default_key=kind.replaces[0],
    )
    [one] = [one for one in kind.proposed(year, cast.coordinator) if one.title == "Som vi plejer"]
    assert (one.planned_for, one.responsible) == (date(year, 6, 10), cast.member)


def test_each_critical_service_is_tested_and_critical_systems_are_named(cast):
    critical = service(cast, criticality=Criticality.SOCIETY)
    other = service(cast, title="Kantinen", criticality=Criticality.NOT_CRITICAL)
    values = {"name": "Omsorg", "criticality": Criticality.SOCIETY}
    add_asset(by=cast.coordinator, kind=Kind.SYSTEM, values=values)
    rows = list(TESTS.proposed(timezone.localdate().year + 1, cast.coordinator))
    tested = [one.service for one in rows if one.sort == Sort.DESK]
    assert tested == [critical] and other in Service.objects.in_use()
    [restore] = [one for one in rows if one.sort == Sort.RESTORE]
    assert "Omsorg" in restore.scenario


def test_where_nobody_has_the_auditors_role_no_audit_is_proposed(cast):
    audits = activity_kinds()["audits"]
    type(cast.auditor).objects.filter(pk=cast.auditor.pk).update(is_active=False)
    assert list(audits.proposed(timezone.localdate().year + 1, cast.coordinator)) == []
