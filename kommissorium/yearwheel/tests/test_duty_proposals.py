"""Duties that the mandate proposes, and adopting them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kommissorium.accounts.actions import give_role
from kommissorium.committees.actions.committee import found_committee
from kommissorium.conftest import LATE, Cast
from kommissorium.measures.codes import Measure
from kommissorium.yearwheel.actions import adopt_duties, end_duty
from kommissorium.yearwheel.defaults import DEFAULTS
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.tests.conftest import day
from kommissorium.yearwheel.wheel import Wheel

Browser = Callable[[str], Client]
# What the issue of a municipality's year asks of the clauses: how often, by their number.
DEMANDED = {
    "R2": {12},
    "R4": {12},
    "R5": {12},
    "R6": {12},
    "R1": {3, 12, 48},
    "R7": {12},
    "R9": {12},
    "R10": {3},
    "T1": {12},
    "T2": {12},
    "T3": {12},
    "T4": {12},
    "T5": {None, 12},
    "T6": {3, 6},
    "T7": {3},
    "T8": {6},
    "T9": {12},
}
# Registers put the reviews of plans on the wheel, and the program follows how far the calendar goes.
BY_ITSELF = {Measure.CONTINUITY_PLANS, Measure.CALENDAR_HORIZON}


def test_each_clause_proposes_its_duties(cast: Cast) -> None:
    found = propose_duties(cast.committee)
    assert len(found) == len(DEFAULTS)
    assert len({one.key for one in found}) == len(found)
    for number, intervals in DEMANDED.items():
        own = {one.interval_months for one in found if one.clause.number == number}
        assert own == intervals, number
    for one in found:
        assert (one.rhythm == "meeting") == (one.interval_months is None) == (one.due is None)
        assert one.due is None or day(0) <= one.due <= day(one.interval_months * 31)
        assert one.seat is not None
    assert not Duty.objects.exists()


def test_reports_to_the_executive_board_are_yearly_with_an_executive_in_the_committee(
    cast: Cast,
) -> None:
    def report() -> int | None:
        return next(
            one.interval_months
            for one in propose_duties(cast.committee)
            if one.key == "executive_report"
        )

    assert report() == 3
    give_role(cast.chair, "executive", by=None, from_date=cast.since, because=LATE)
    assert report() == 12


def test_the_chosen_ones_are_adopted_once(cast: Cast, client_of: Browser) -> None:
    url = reverse("duty_proposals", args=[cast.committee.pk])
    browser = client_of("coordinator")
    assert browser.get(url).status_code == 200
    assert browser.post(url).status_code == 400
    sent = {"proposal": ["objectives", "incidents", "nonsense"]}
    assert browser.post(url, sent).status_code == 302
    assert browser.post(url, {"proposal": ["objectives", "risk_level"]}).status_code == 302
    duties = {duty.default_key: duty for duty in Duty.objects.all()}
    assert set(duties) == {"objectives", "incidents", "risk_level"}
    assert duties["objectives"].measure == Measure.OBJECTIVES
    assert duties["objectives"].occurrences.get().due.month == 3
    assert {one.key for one in propose_duties(cast.committee) if one.is_adopted} == set(duties)
    end_duty(duties["incidents"], by=cast.coordinator, because="Skal gøres om")
    again = next(one for one in propose_duties(cast.committee) if one.key == "incidents")
    assert not again.is_adopted
    for who, status in (("dpo", 403), ("member", 403), ("auditor", 403), ("employee", 404)):
        assert client_of(who).post(url, sent).status_code == status
    with pytest.raises(PermissionDenied):
        adopt_duties(cast.committee, [again], by=cast.dpo)


def test_the_whole_default_year_goes_on_the_wheel_in_the_readers_language(cast: Cast) -> None:
    with translation.override("en"):
        adopt_duties(cast.committee, propose_duties(cast.committee), by=cast.coordinator)
    assert Duty.objects.count() == len(DEFAULTS)
    assert Duty.objects.filter(title="Set the year's security goals and plan").exists()
    year = timezone.localdate().year + 1
    found = Wheel(cast.committee).entries(date(year, 1, 1), date(year, 12, 31))
    assert {entry.due.month for entry in found} >= {1, 2, 3, 4, 5, 6, 8, 9, 10, 11}
    assert 7 not in {entry.due.month for entry in found}, "nobody is there"
    yearly = sum(one.rhythm == "interval" and one.interval_months == 12 for one in DEFAULTS)
    assert len(found) > yearly + 12


def test_without_a_mandate_nothing_is_proposed_and_the_page_says_where_to_begin(
    cast: Cast, client_of: Browser
) -> None:
    new = found_committee(name="Nyt udvalg", by=cast.coordinator)
    assert propose_duties(new) == []
    page = client_of("coordinator").get(reverse("duty_proposals", args=[new.pk]))
    assert reverse("mandates", args=[new.pk]) in page.content.decode()


def test_no_default_falls_in_the_holidays_weeks() -> None:
    for default in DEFAULTS:
        if default.rhythm == "interval":
            for year in (2026, 2027, 2028):
                week = date(year, default.month, default.day).isocalendar().week
                assert not 28 <= week <= 32, default.key


def test_each_default_names_a_measure_of_its_own(cast: Cast) -> None:
    served = {measure for default in DEFAULTS for measure in default.measures}
    agenda = {measure for measure in Measure if measure.startswith("agenda_")}
    assert served == set(Measure) - agenda - BY_ITSELF
    assert Occurrence.objects.count() == 0
    assert all(default.day <= 31 and timedelta(default.lead_days) for default in DEFAULTS)
