"""The dossier and its pages: rights, files, addresses; typed values stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.demands import retire_document_type
from kommissorium.assets.actions.documents import remove_document, waive
from kommissorium.assets.models import Agreement, AssetDocument, Supplier
from kommissorium.assets.parts import documents_part
from kommissorium.assets.tests.document_cases import (
    PDF,
    add,
    day,
    required,
    system,
    type_of,
)
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.tests.files.test_file_types import office

Browser = Callable[[str], Client]


@pytest.fixture(autouse=True)
def english(cast: Cast) -> Iterator[None]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield


def values(**changes: Any) -> dict[str, Any]:
    return {
        "url": "https://esdh.example/1",
        "dated_on": day(0).isoformat(),
        "review_by": day(365).isoformat(),
        **changes,
    }


def test_the_dossier_has_what_is_to_be_done_first(cast: Cast) -> None:
    asset = system(cast, criticality="business")
    with time_is(in_days(-100, 9)):
        add(cast, asset, "operations", review_by=day(50), dated_on=day(0))
    add(cast, asset, "access", review_by=day(20))
    add(cast, asset, "backup")
    add(cast, asset, "keys")
    waive(required(asset, "risk"), by=cast.coordinator, because="Dækket af fællesvurderingen")
    shown = documents_part(asset, cast.coordinator)
    assert [(line.type.code, line.state) for line in shown["lines"]] == [
        ("logging", "missing"),
        ("contingency", "missing"),
        ("operations", "expired"),
        ("access", "soon"),
        ("backup", "current"),
        ("risk", "waived"),
    ]
    assert [line.type.code for line in shown["others"]] == ["keys"]
    assert shown["in_order"] == 3
    assert (shown["may_add"], shown["may_waive"]) == (True, True)
    auditor = documents_part(asset, cast.auditor)
    assert (auditor["may_add"], auditor["may_waive"]) == (False, False)
    assert documents_part(asset, cast.employee)["may_waive"] is False


def test_a_removed_document_is_shown_to_who_keeps_and_audits(cast: Cast) -> None:
    asset = system(cast)
    remove_document(add(cast, asset), by=cast.coordinator)
    assert len(documents_part(asset, cast.coordinator)["earlier"]) == 1
    assert len(documents_part(asset, cast.auditor)["earlier"]) == 1
    assert documents_part(asset, cast.employee)["earlier"] == []


def test_the_dossier_asks_three_questions(
    cast: Cast, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    asset = system(cast, criticality="society", personal_data=["sensitive"])
    for code in ("access", "backup", "risk", "dpia"):
        add(cast, asset, code)
    owner = Person.objects.get(pk=cast.employee.pk)
    assert owner.is_coordinator is False  # asked once per request, before the page
    with django_assert_max_num_queries(3):
        documents_part(asset, owner)


def test_the_page_of_the_asset_shows_the_dossier(cast: Cast, client_of: Browser) -> None:
    asset = system(cast)
    add(cast, asset)
    page = client_of("employee").get(asset.get_absolute_url()).content.decode()
    assert "1 of 3 documents demanded are in order." in page
    assert reverse("document_add", args=[asset.pk, type_of("backup").pk]) in page
    assert reverse("waive", args=[asset.pk, type_of("backup").pk]) not in page


def test_an_owner_uploads_a_file_and_gets_it_back(cast: Cast, client_of: Browser) -> None:
    asset = system(cast)
    browser, url = client_of("employee"), reverse("document_add", args=[asset.pk, 1])
    url = reverse("document_add", args=[asset.pk, type_of("access").pk])
    page = browser.get(url).content.decode()
    assert f'value="{day(0).isoformat()}"' in page
    file = SimpleUploadedFile("Adgang æøå.pdf", PDF)
    assert browser.post(url, values(url="", file=file)).status_code == 302
    found = AssetDocument.objects.get()
    assert found.added_by == cast.employee
    for who, status in [("employee", 200), ("auditor", 200), ("administrator", 404)]:
        answer = client_of(who).get(found.address)
        assert answer.status_code == status, who
    answer = browser.get(found.address)
    assert answer.getvalue() == PDF
    assert "attachment" in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_nobody_who_writes_waits_while_a_document_is_looked_into(
    cast: Cast, client_of: Browser, looks: list[int]
) -> None:
    url = reverse("document_add", args=[system(cast).pk, type_of("access").pk])
    file = SimpleUploadedFile("Adgang.docx", office("docx", x=b"adgang"))
    assert client_of("employee").post(url, values(url="", file=file)).status_code == 302
    assert looks == [0]


def test_a_refused_file_stands_beside_its_field_and_the_rest_stays(
    cast: Cast, client_of: Browser
) -> None:
    asset = system(cast)
    url = reverse("document_add", args=[asset.pk, type_of("access").pk])
    file = SimpleUploadedFile("virus.exe", b"MZ")
    answer = client_of("employee").post(url, values(file=file, review_by=day(77).isoformat()))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="id_file_error"' in page
    assert day(77).isoformat() in page
    assert "https://esdh.example/1" in page
    assert not AssetDocument.objects.exists()


def test_nothing_chosen_and_no_review_day_are_asked_for(cast: Cast, client_of: Browser) -> None:
    asset = system(cast)
    url = reverse("document_add", args=[asset.pk, type_of("access").pk])
    browser = client_of("employee")
    assert 'id="id_url_error"' in browser.post(url, values(url="")).content.decode()
    answer = browser.post(url, values(review_by=""))
    assert 'id="id_review_by_error"' in answer.content.decode()


def test_the_address_of_a_page_here_becomes_a_row_of_its_register(
    cast: Cast, client_of: Browser, settings: Any
) -> None:
    settings.SITE_URL = "https://kommissorium.example"
    asset = system(cast)
    url = reverse("document_add", args=[asset.pk, type_of("risk").pk])
    browser = client_of("coordinator")
    browser.post(url, values(url="https://kommissorium.example/tasks/7/?x=1"))
    found = AssetDocument.objects.get()
    assert (found.source, found.object_kind, found.object_id, found.url) == (
        "row",
        "tasks.task",
        "7",
        "/tasks/7/",
    )
    browser.post(url, values(url="https://kommissorium.example/nowhere/"))
    assert AssetDocument.objects.first().source == "link"  # type: ignore[union-attr]


def test_an_agreement_of_the_supplier_can_be_chosen(cast: Cast, client_of: Browser) -> None:
    supplier = Supplier.objects.create(name="Nordlys Data")
    agreement = Agreement.objects.create(supplier=supplier, title="Aftale om drift")
    asset = system(cast, supplier=supplier)
    browser = client_of("employee")
    url = reverse("document_add", args=[asset.pk, type_of("agreement").pk])
    page = browser.get(url).content.decode()
    assert "Aftale om drift" in page
    sent = values(url="", review_by="", agreement=str(agreement.pk))
    assert browser.post(url, sent).status_code == 302
    found = AssetDocument.objects.get()
    assert (found.label, found.object_kind, found.url) == (
        "Aftale om drift",
        "assets.agreement",
        agreement.get_absolute_url(),
    )
    other = reverse("document_add", args=[asset.pk, type_of("access").pk])
    assert "Aftale om drift" not in browser.get(other).content.decode()


def test_who_reads_cannot_do_and_who_cannot_read_finds_nothing(
    cast: Cast, client_of: Browser
) -> None:
    asset = system(cast)
    document = add(cast, asset)
    key = type_of("backup").pk
    owners = [
        reverse("document_choose", args=[asset.pk]),
        reverse("document_add", args=[asset.pk, key]),
        reverse("document_remove", args=[document.pk]),
    ]
    waiver = reverse("waive", args=[asset.pk, key])
    for url in (*owners, waiver):
        for who, status in [("administrator", 404), ("auditor", 403), ("coordinator", 200)]:
            assert client_of(who).get(url).status_code == status, (url, who)
    for url in owners:
        assert client_of("employee").get(url).status_code == 200
    assert client_of("employee").get(waiver).status_code == 403
    unwaiver = reverse("unwaive", args=[asset.pk, key])
    for who, status in [("administrator", 404), ("auditor", 403), ("employee", 403)]:
        assert client_of(who).post(unwaiver).status_code == status, who


def test_a_waiver_is_written_and_taken_back_on_the_pages(cast: Cast, client_of: Browser) -> None:
    asset = system(cast)
    browser, args = client_of("coordinator"), [asset.pk, type_of("backup").pk]
    assert browser.post(reverse("waive", args=args), {"because": ""}).status_code == 400
    browser.post(reverse("waive", args=args), {"because": "Kører hos leverandøren"})
    page = browser.get(asset.get_absolute_url()).content.decode()
    assert "Kører hos leverandøren" in page
    browser.post(reverse("unwaive", args=args))
    assert required(asset, "backup").waived_at is None
    history = browser.get(reverse("asset_history", args=[asset.pk])).content.decode()
    assert "A document was waived: Backup and restore." in history
    assert "A waived document is demanded again: Backup and restore." in history


def test_a_wrong_document_is_removed_after_a_question(cast: Cast, client_of: Browser) -> None:
    asset = system(cast)
    file = add(cast, asset, source="file", url="", file=("Adgang.pdf", PDF))
    browser, url = client_of("employee"), reverse("document_remove", args=[file.pk])
    assert "Adgang.pdf" in browser.get(url).content.decode()
    assert browser.post(url).status_code == 302
    assert required(asset).document is None
    assert browser.get(file.address).status_code == 404
    assert client_of("auditor").get(file.address).status_code == 200


def test_kinds_that_are_not_demanded_are_offered_to_choose_from(
    cast: Cast, client_of: Browser
) -> None:
    asset = system(cast)
    retire_document_type(type_of("keys"), by=cast.coordinator)
    page = client_of("employee").get(reverse("document_choose", args=[asset.pk])).content.decode()
    for code, is_there in [("risk", True), ("access", False), ("keys", False)]:
        url = reverse("document_add", args=[asset.pk, type_of(code).pk])
        assert (url in page) is is_there, code


def test_an_address_and_a_kind_out_of_use_hand_out_nothing(cast: Cast, client_of: Browser) -> None:
    asset = system(cast)
    link = add(cast, asset)
    browser = client_of("coordinator")
    assert browser.get(reverse("asset_document", args=[link.pk])).status_code == 404
    retire_document_type(type_of("keys"), by=cast.coordinator)
    url = reverse("document_add", args=[asset.pk, type_of("keys").pk])
    assert browser.get(url).status_code == 400


@pytest.mark.parametrize("others", [0, 20])
def test_the_pages_ask_few_questions_however_many_documents_there_are(
    cast: Cast, client_of: Browser, others: int, django_assert_max_num_queries: Callable
) -> None:
    asset = system(cast)
    document = add(cast, asset)
    for number in range(others):
        add(cast, asset, review_by=day(300 + number))
    browser, key = client_of("employee"), type_of("access").pk
    for url in (
        reverse("document_choose", args=[asset.pk]),
        reverse("document_add", args=[asset.pk, key]),
        reverse("document_remove", args=[document.pk]),
    ):
        with django_assert_max_num_queries(12):
            browser.get(url)
