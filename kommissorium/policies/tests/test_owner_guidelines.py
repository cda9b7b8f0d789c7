"""The guidelines for owners: moved here as they were, and weighed on any day by what was known."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kommissorium.assets.actions.handing_in import GivenFile, kept_file
from kommissorium.assets.models import Guideline, GuidelineReading
from kommissorium.assets.tests.document_cases import system
from kommissorium.conftest import Cast
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.policies.actions.readings import choose_audience, confirm_reading
from kommissorium.policies.models import Document, Reading
from kommissorium.policies.readers import owners_who_read
from kommissorium.policies.register import REGISTER
from kommissorium.policies.tests.cases import PDF, approved, document
from kommissorium.registers.findings import Finding, State
from kommissorium.registers.tests.check_cases import found, past_of

pytestmark = pytest.mark.django_db
MOVE = import_module("kommissorium.policies.migrations.0006_owner_guidelines")


def day(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


@transaction.atomic
def issued(cast: Cast, version: int, begins: int, review: int, **more: Any) -> Guideline:
    """Write a version as the register of assets did when it kept the guidelines."""
    if given := more.pop("given", None):
        more["file"], more["file_name"] = kept_file(given)
    made = Guideline.objects.create(
        version=version,
        title="Retningslinjer for ejere",
        approved_by="Direktionen, sag 12",
        effective_from=day(begins),
        review_by=day(review),
        by=cast.coordinator,
        at=timezone.now() - timedelta(days=400),
        **more,
    )
    facts = {"version": version, "from": made.effective_from, "until": made.review_by}
    record("assets.guideline_issued", made, by=cast.coordinator, facts=facts)
    return made


@transaction.atomic
def read(guideline: Guideline, person: Any, at: Any) -> None:
    GuidelineReading.objects.create(guideline=guideline, person=person, at=at)
    record("assets.guideline_read", guideline, by=person, facts={"version": guideline.version})


def move() -> None:
    MOVE.move(apps, None)


def r5(on: date | None = None) -> Finding:
    return found(REGISTER, "owner_guidelines", on or day(0), past_of(REGISTER))


@pytest.fixture
def two(cast: Cast) -> list[Guideline]:
    """Two versions of before: a text, and a file with a link."""
    first = issued(cast, 1, -300, -10, text="<p>Ejeren har ansvaret.</p>", changes="")
    more = {"given": GivenFile("ejere.pdf", PDF), "url": "https://esdh.example/7", "changes": "Alt"}
    return [first, issued(cast, 2, -20, 345, **more)]


def test_they_move_as_they_are_and_the_chain_still_holds(cast: Cast, two, client_of) -> None:
    system(cast)
    moments = [timezone.now() - timedelta(days=number) for number in (9, 8)]
    for moment, who in zip(moments, ("system_owner", "member"), strict=True):
        read(two[1], cast.who(who), moment)
    before = r5()
    move()
    found = Document.objects.get()
    versions = list(found.versions.order_by("number").select_related("former"))
    assert [
        (one.number, one.title, one.text, one.file, one.file_name, one.change_because)
        for one in versions
    ] == [(o.version, o.title, o.text, o.file, o.file_name, o.changes) for o in two]
    assert [(one.in_force_from, one.in_force_to) for one in versions] == [
        (day(-300), day(-20)),
        (day(-20), None),
    ]
    assert [
        (o.former.key, o.former.approved_by, o.former.review_by, o.former.url) for o in versions
    ] == [(o.pk, o.approved_by, o.review_by, o.url) for o in two]
    assert list(Reading.objects.order_by("pk").values_list("person", "at")) == [
        (cast.system_owner.pk, moments[0]),
        (cast.member.pk, moments[1]),
    ]
    assert owners_who_read(day(0)) == {cast.system_owner.pk, cast.member.pk}
    assert (before.state, before.evidence[0].event) == (r5().state, r5().evidence[0].event)
    assert GuidelineReading.objects.count() == 2 and not check_database().faults
    browser = client_of("employee")
    assert browser.get(reverse("guidelines")).url == found.get_absolute_url()
    assert browser.get("/assets/guidelines/readings/").url == f"{found.get_absolute_url()}readers/"
    for old, new in zip(two, versions, strict=True):
        answer = browser.get(f"/assets/guidelines/{old.pk}/")
        assert (answer.status_code, answer.url) == (301, new.get_absolute_url())
        assert browser.get(answer.url).status_code == 200
    file = browser.get(f"/assets/guidelines/{two[1].pk}/file/")
    assert b"".join(browser.get(file.url).streaming_content) == PDF
    page = browser.get(versions[1].get_absolute_url()).content.decode()
    assert "Direktionen, sag 12" in page and "https://esdh.example/7" in page
    assert browser.get("/assets/guidelines/999/").status_code == 404


def test_without_any_nothing_moves(cast: Cast, client_of) -> None:
    move()
    assert not Document.objects.exists()
    assert client_of("employee").get("/assets/guidelines/").url == reverse("policies")


def test_a_new_version_goes_on_from_those_of_before(cast: Cast, two) -> None:
    move()
    found = Document.objects.get()
    made = approved(cast, found)
    assert made.number == 3 and found.version_on(day(0)) == made
    finding = r5()
    assert "3" in finding.sentence and finding.state == State.FULFILLED
    assert not check_database().faults


@pytest.mark.parametrize(
    ("review", "state"),
    [(-1, State.NOT_FULFILLED), (0, State.DUE_SOON), (400, State.FULFILLED)],
)
def test_they_hold_until_their_day_of_review(cast: Cast, review: int, state: State) -> None:
    issued(cast, 1, -300, review, text="x")
    assert r5().state == state


def test_what_is_for_others_is_no_guideline_for_owners(cast: Cast) -> None:
    made = approved(cast, document(cast))
    assert r5().state != State.FULFILLED
    choose_audience(made.document, groups=["owners"], areas=[], by=cast.coordinator)
    assert r5().state == State.FULFILLED
    choose_audience(made.document, groups=["heads"], areas=[], by=cast.coordinator)
    assert r5().state != State.FULFILLED


def test_they_are_weighed_by_how_many_have_read_them(cast: Cast) -> None:
    system(cast)
    made = approved(cast, document(cast))
    choose_audience(made.document, groups=["owners"], areas=[], by=cast.coordinator)
    assert "0 of 1" in r5().sentence or "0 af 1" in r5().sentence
    confirm_reading(made, by=cast.employee)
    assert "1 of 1" in r5().sentence or "1 af 1" in r5().sentence
