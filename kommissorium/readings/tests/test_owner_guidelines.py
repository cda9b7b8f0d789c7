"""The guidelines for owners: weighed on any day by what was known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kommissorium.accounts.actions import add_person
from kommissorium.accounts.models import Person
from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.tests.document_cases import system
from kommissorium.conftest import Cast
from kommissorium.measures.findings import Finding, State
from kommissorium.policies.actions.documents import restore_document, retire_document
from kommissorium.policies.models import Version
from kommissorium.policies.tests.cases import approved, approved_by_owner, document
from kommissorium.readings.actions.readings import choose_audience, confirm_reading
from kommissorium.readings.register import REGISTER
from kommissorium.registers.tests.check_cases import found, past_of

pytestmark = pytest.mark.django_db


def day(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def r5(on: date | None = None) -> Finding:
    return found(REGISTER, "owner_guidelines", on or day(0), past_of(REGISTER))


def guidelines(cast: Cast) -> Version:
    """Put guidelines for owners in force."""
    made = approved(cast, document(cast))
    choose_audience(made.document, groups=["owners"], areas=[], by=cast.coordinator)
    return made


def test_an_address_leads_to_them(cast: Cast, client_of) -> None:
    browser = client_of("employee")
    assert browser.get(reverse("guidelines")).url == reverse("policies")
    found = guidelines(cast).document
    assert browser.get(reverse("guidelines")).url == found.get_absolute_url()
    readers = reverse("policy_readers", args=[found.pk])
    assert browser.get(reverse("guideline_readings")).url == readers


def test_they_hold_until_their_day_of_review(cast: Cast) -> None:
    until = guidelines(cast).review_by
    assert r5().state == r5(until - timedelta(days=40)).state == State.FULFILLED
    assert r5(until).state == State.DUE_SOON
    assert r5(until + timedelta(days=1)).state == State.NOT_FULFILLED


def test_what_is_for_others_is_no_guideline_for_owners(cast: Cast) -> None:
    made = approved(cast, document(cast))
    assert r5().state != State.FULFILLED
    choose_audience(made.document, groups=["owners"], areas=[], by=cast.coordinator)
    assert r5().state == State.FULFILLED
    choose_audience(made.document, groups=["heads"], areas=[], by=cast.coordinator)
    assert r5().state != State.FULFILLED


def test_retired_they_hold_no_more(cast: Cast) -> None:
    made = guidelines(cast)
    retire_document(made.document, by=cast.coordinator, because="Samlet ét sted.")
    assert r5().state != State.FULFILLED
    restore_document(made.document, by=cast.coordinator)
    assert r5().state != State.FULFILLED  # it must be decided on anew


def test_they_are_weighed_by_how_many_have_read_them(cast: Cast) -> None:
    system(cast)
    made = guidelines(cast)
    with override("en"):
        assert "One owner is to read it. No owner has confirmed" in r5().sentence
        confirm_reading(made, by=cast.employee)
        assert "One owner is to read it. One owner has confirmed" in r5().sentence


def test_guidelines_that_nobody_reads_are_not_green(cast: Cast) -> None:
    for number in range(5):
        who = add_person(by=cast.administrator, name=f"Ejer {number}", email=f"ejer{number}@x.dk")
        owned = add_asset(by=cast.coordinator, kind="system", values={"name": f"System {number}"})
        appoint(owned, "system_owner", who, by=cast.coordinator)
    made = guidelines(cast)
    owners = list(Person.objects.filter(name__startswith="Ejer ").order_by("pk"))
    assert r5().state == State.DUE_SOON
    for one in owners[:3]:
        confirm_reading(made, by=one)
    with override("en"):
        assert r5().state == State.DUE_SOON
        assert "3 owners have confirmed having read it. At least 4 are to" in r5().sentence
        confirm_reading(made, by=owners[3])
        assert r5().state == State.FULFILLED
        assert "At least" not in r5().sentence


def test_r5_asks_for_a_decision(cast: Cast) -> None:
    made = approved_by_owner(cast)
    choose_audience(made.document, groups=["owners"], areas=[], by=cast.coordinator)
    with override("en"):
        answer = r5()
    assert answer.state == State.NOT_FULFILLED and "no committee decided" in answer.sentence
    approved(cast, made.document)
    assert r5().state == State.FULFILLED
