"""The guidelines for owners: versions, who reads and confirms, who is named, what waits."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.guidelines import (
    REVIEW,
    GuidelineValues,
    confirm_reading,
    issue_guideline,
)
from kommissorium.assets.actions.handing_in import GivenFile
from kommissorium.assets.models import Guideline, GuidelineReading
from kommissorium.assets.tests.document_cases import PDF, day, system
from kommissorium.assets.todo import todos_of
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.yearwheel.models import Evidence, Occurrence

Browser = Callable[[str], Client]


@pytest.fixture(autouse=True)
def english(cast: Cast) -> Iterator[None]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield


def issue(cast: Cast, **values: Any) -> Guideline:
    given: dict[str, Any] = {
        "title": "Retningslinjer for ejere",
        "text": "<p>Ejeren har ansvaret.</p>",
        "approved_by": "Direktionen",
        "effective_from": day(0),
        "review_by": day(365),
        **values,
    }
    return issue_guideline(GuidelineValues(**given), by=cast.coordinator)


def again(cast: Cast, **values: Any) -> Guideline:
    """Issue a second version."""
    return issue(cast, changes="Afsnit 2 er nyt.", **values)


def test_versions_follow_one_another_and_never_change(cast: Cast) -> None:
    first = issue(cast, effective_from=day(-10))
    second = again(cast)
    assert (first.version, second.version) == (1, 2)
    assert Guideline.on(day(-1)) == first
    assert Guideline.on(day(0)) == second
    with pytest.raises(DatabaseError), transaction.atomic():
        Guideline.objects.filter(pk=first.pk).update(title="Andet")


def test_a_version_to_come_rules_from_its_day(cast: Cast) -> None:
    first = issue(cast)
    later = again(cast, effective_from=day(5))
    assert Guideline.on(day(4)) == first
    assert Guideline.on(day(5)) == later


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": ""}, "text"),
        ({"title": " "}, "title"),
        ({"approved_by": ""}, "approved_by"),
        ({"url": "ftp://x.example/"}, "url"),
        ({"file": GivenFile("x.exe", b"MZ")}, "file"),
        ({"review_by": day(0)}, "review_by"),
    ],
)
def test_a_version_without_sense_is_refused(cast: Cast, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as caught:
        issue(cast, **values)
    assert set(caught.value.errors) == {field}
    assert not Guideline.objects.exists()


def test_a_later_version_says_what_is_new_and_never_takes_effect_before_the_last(
    cast: Cast,
) -> None:
    issue(cast)
    with pytest.raises(Refused) as caught:
        issue(cast)
    assert set(caught.value.errors) == {"changes"}
    with pytest.raises(Refused) as caught:
        again(cast, effective_from=day(-1))
    assert set(caught.value.errors) == {"effective_from"}


def test_only_the_coordinator_issues_and_only_owners_confirm(cast: Cast) -> None:
    system(cast)
    found = issue(cast)
    for who in (cast.chair, cast.auditor, cast.executive, cast.employee):
        with pytest.raises(PermissionDenied):
            issue_guideline(GuidelineValues("T", "D", day(0), day(9), "x"), by=who)
    for who in (cast.chair, cast.auditor, cast.coordinator):
        with pytest.raises(PermissionDenied):
            confirm_reading(found, by=who)
    confirm_reading(found, by=cast.employee)
    confirm_reading(found, by=cast.employee)
    assert GuidelineReading.objects.count() == 1
    assert Event.objects.filter(act="assets.guideline_read").count() == 1


def test_only_the_version_in_force_is_confirmed(cast: Cast) -> None:
    system(cast)
    first, second = issue(cast), again(cast)
    later = again(cast, effective_from=day(3))
    for one in (first, later):
        with pytest.raises(Refused):
            confirm_reading(one, by=cast.employee)
    confirm_reading(second, by=cast.employee)


def test_an_owner_is_reminded_until_the_version_in_force_is_confirmed(
    cast: Cast, django_assert_num_queries: Callable[[int], Any]
) -> None:
    assert todos_of(cast.employee, day(0)) == []
    system(cast)
    assert todos_of(cast.employee, day(0)) == []
    found = issue(cast)
    with django_assert_num_queries(1):
        [waits] = todos_of(cast.employee, day(0))
    assert waits.url == reverse("guidelines")
    assert todos_of(cast.chair, day(0)) == []
    confirm_reading(found, by=cast.employee)
    assert todos_of(cast.employee, day(0)) == []
    again(cast)
    assert len(todos_of(cast.employee, day(0))) == 1


def test_the_review_waits_on_the_wheel_and_a_new_version_is_what_it_came_to(cast: Cast) -> None:
    issue(cast, review_by=day(300))
    waiting = Occurrence.objects.open().filter(source=REVIEW)
    assert [(one.due, one.duty.measure) for one in waiting] == [(day(300), "owner_guidelines")]
    second = again(cast, review_by=day(600))
    assert [one.due for one in waiting.all()] == [day(600)]
    done = Occurrence.objects.get(source=REVIEW, state="done")
    assert Evidence.objects.get(occurrence=done).object_id == str(second.pk)


# The pages


def test_everybody_reads_and_an_empty_page_says_what_comes(cast: Cast, client_of: Browser) -> None:
    url = reverse("guidelines")
    for who in ("employee", "administrator", "auditor", "coordinator"):
        page = client_of(who).get(url)
        assert page.status_code == 200
        assert "There are no guidelines in force" in page.content.decode()
        assert (reverse("guideline_new") in page.content.decode()) is (who == "coordinator")
        assert client_of(who).get(reverse("guideline_new")).status_code == (
            200 if who == "coordinator" else 403
        )


def test_an_owner_confirms_with_one_button(cast: Cast, client_of: Browser) -> None:
    system(cast)
    found = issue(cast)
    browser, url = client_of("employee"), reverse("guideline_read", args=[found.pk])
    assert "I have read the guidelines" in browser.get(reverse("guidelines")).content.decode()
    page = browser.post(url, follow=True).content.decode()
    assert "You have read this version" in page
    assert "I have read the guidelines" not in page
    assert client_of("auditor").post(url).status_code == 403


def test_who_lacks_is_named_to_the_coordinator_and_auditors_and_counted_for_others(
    cast: Cast, client_of: Browser
) -> None:
    system(cast)
    issue(cast)
    for who, is_named in [("coordinator", True), ("auditor", True), ("chair", False)]:
        page = client_of(who).get(reverse("guidelines")).content.decode()
        assert ("Emma Skovlyst" in page) is is_named, who
        assert "0 of 1 owner has confirmed." in page
        status = 200 if is_named else 403
        assert client_of(who).get(reverse("guideline_readings")).status_code == status, who


def test_the_sheet_names_every_owner_and_when_they_confirmed(
    cast: Cast, client_of: Browser
) -> None:
    asset = system(cast)
    found = issue(cast)
    confirm_reading(found, by=cast.employee)
    from_sheet = client_of("coordinator").get(reverse("guideline_readings"))
    sheet = load_workbook(io.BytesIO(from_sheet.getvalue())).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [asset.ownerships.get().person.name]
    assert rows[0][3] is not None


def test_the_sheet_of_no_guidelines_is_not_found(cast: Cast, client_of: Browser) -> None:
    assert client_of("coordinator").get(reverse("guideline_readings")).status_code == 404


def test_a_version_is_issued_with_a_file_and_the_earlier_one_stays_readable(
    cast: Cast, client_of: Browser
) -> None:
    browser, url = client_of("coordinator"), reverse("guideline_new")
    values = {
        "title": "Retningslinjer",
        "approved_by": "Udvalget",
        "effective_from": day(0).isoformat(),
        "review_by": day(365).isoformat(),
    }
    assert browser.post(url, values).status_code == 400
    file = SimpleUploadedFile("Retningslinjer.pdf", PDF)
    assert browser.post(url, {**values, "file": file}).status_code == 302
    first = Guideline.objects.get()
    answer = client_of("employee").get(reverse("guideline_file", args=[first.pk]))
    assert answer.getvalue() == PDF
    assert browser.post(url, {**values, "text": "Nyt"}).status_code == 400
    assert browser.post(url, {**values, "text": "Nyt", "changes": "Alt"}).status_code == 302
    page = browser.get(reverse("guideline", args=[first.pk])).content.decode()
    assert "This version is not in force" in page
    second = Guideline.objects.get(version=2)
    assert second.text == "<p>Nyt</p>"
    assert browser.get(reverse("guideline_file", args=[second.pk])).status_code == 404


@pytest.mark.parametrize("versions", [1, 8])
def test_the_page_asks_few_questions_however_many_versions_there_are(
    cast: Cast, client_of: Browser, versions: int, django_assert_max_num_queries: Callable
) -> None:
    system(cast)
    issue(cast)
    for _number in range(versions - 1):
        again(cast)
    for who in ("employee", "coordinator", "chair"):
        browser = client_of(who)
        with django_assert_max_num_queries(12):
            browser.get(reverse("guidelines"))
