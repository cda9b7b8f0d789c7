"""The matrix: its first demands, the effect of a change, kinds of documents, and rights."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.demands import (
    MOST_TYPES,
    add_document_type,
    change_document_type,
    restore_document_type,
    retire_document_type,
    set_demands,
    type_values,
)
from kommissorium.assets.forms.documents import cell_name
from kommissorium.assets.models import Demand, DocumentType, Required
from kommissorium.assets.models.kinds import BUILT_IN
from kommissorium.assets.requirement_matrix import (
    Effect,
    cells_now,
    effect_of,
    matrix_version,
    shown_row,
)
from kommissorium.assets.tests.document_cases import add, system, type_of, waiting
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused

Browser = Callable[[str], Client]


@pytest.fixture(autouse=True)
def english(cast: Cast) -> Iterator[None]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield


def demanded(asset_key: int) -> set[str]:
    return set(Required.objects.filter(asset=asset_key).values_list("type__code", flat=True))


def posted(**changes: str) -> dict[str, str]:
    """Return the values the form of the matrix sends, with some cells changed."""
    cells = {cell_name(cell): data for cell, data in cells_now().items()}
    return {**cells, "edit_version": str(matrix_version()), **changes}


def test_every_built_in_kind_comes_along_and_some_are_demanded_from_the_start(cast: Cast) -> None:
    assert set(DocumentType.objects.values_list("code", flat=True)) == set(BUILT_IN)
    months = dict(DocumentType.objects.values_list("code", "review_months"))
    assert months == {code: one.months for code, one in BUILT_IN.items()}
    asset = system(cast, criticality="society", personal_data=["sensitive"])
    assert demanded(asset.pk) == set(BUILT_IN) - {"keys", "protection"}
    assert demanded(system(cast, "Kantinen").pk) == {"access", "operations", "backup"}


def test_a_change_tells_what_is_missing_there_and_dropped_before_and_after(cast: Cast) -> None:
    system(cast, "Den ene")
    add(cast, system(cast, "Den anden"), "logging")
    system(cast, "Planlagt", lifecycle="planned")
    cells = cells_now()
    cells[type_of("logging").pk, "system", ""] = "any"
    del cells[type_of("backup").pk, "system", ""]
    before = effect_of(cells)
    assert before == Effect(missing=1, there=1, dropped=2)
    assert set_demands(cells, by=cast.coordinator, edit_version=0) == before
    kept = Required.objects.filter(type=type_of("logging"))
    assert {one.asset.name: one.document_id is not None for one in kept} == {
        "Den ene": False,
        "Den anden": True,
    }
    assert not Required.objects.filter(type=type_of("backup")).exists()
    assert Event.objects.filter(act="assets.demands_changed").count() == 1


def test_the_same_matrix_again_changes_and_tells_nothing(cast: Cast) -> None:
    assert set_demands(cells_now(), by=cast.coordinator, edit_version=0).is_nothing
    assert not Event.objects.filter(act="assets.demands_changed").exists()


def test_who_read_the_matrix_before_a_change_is_told(cast: Cast) -> None:
    cells = cells_now()
    cells[type_of("dpia").pk, "system", ""] = "any"
    set_demands(cells, by=cast.coordinator, edit_version=0)
    cells[type_of("dpia").pk, "system", ""] = "personal"
    with pytest.raises(Conflict) as caught:
        set_demands(cells, by=cast.coordinator, edit_version=0)
    assert caught.value.edit_version == matrix_version() > 0


def test_a_cell_there_is_not_is_the_callers_fault(cast: Cast) -> None:
    key = type_of("access").pk
    for cells in ({(key, "ship", ""): "any"}, {(key, "system", ""): "perhaps"}):
        with pytest.raises(ValueError, match="no such cell"):
            set_demands(cells, by=cast.coordinator, edit_version=0)


def test_the_line_of_a_kind_says_what_each_column_comes_to() -> None:
    cells = {(1, "system", ""): "personal", (1, "system", "society"): "any"}
    row = shown_row(cells, 1, "system")
    assert [(one.data, one.is_inherited) for one in row] == [
        ("personal", False),
        ("personal", True),
        ("personal", True),
        ("any", False),
    ]


def test_only_the_coordinator_changes_the_matrix_and_the_kinds(cast: Cast) -> None:
    found = type_of("access")
    acts: list[Callable[[Person], object]] = [
        lambda who: set_demands({}, by=who, edit_version=0),
        lambda who: add_document_type(by=who, name="Nøgleliste"),
        lambda who: change_document_type(found, by=who, **type_values(found)),
        lambda who: retire_document_type(found, by=who),
        lambda who: restore_document_type(found, by=who),
    ]
    for who in (cast.chair, cast.auditor, cast.executive, cast.employee, cast.administrator):
        for act in acts:
            with pytest.raises(PermissionDenied):
                act(who)


def test_a_kind_of_ones_own_is_added_and_demanded(cast: Cast) -> None:
    made = add_document_type(by=cast.coordinator, name=" Nøgleliste ", review_months=6)
    assert made.label == "Nøgleliste"
    assert made.position > type_of("protection").position
    asset = system(cast)
    cells = {**cells_now(), (made.pk, "system", ""): "any"}
    set_demands(cells, by=cast.coordinator, edit_version=0)
    assert Required.objects.filter(asset=asset, type=made).exists()


@pytest.mark.parametrize(
    ("name", "months", "field"),
    [("", 12, "name"), ("Backup and Restore", 12, "name"), ("Ny", 121, "review_months")],
)
def test_a_kind_without_sense_is_refused(cast: Cast, name: str, months: int, field: str) -> None:
    with pytest.raises(Refused) as caught:
        add_document_type(by=cast.coordinator, name=name, review_months=months)
    assert set(caught.value.errors) == {field}


def test_a_built_in_kind_keeps_following_the_language_until_its_words_are_changed(
    cast: Cast,
) -> None:
    found = type_of("backup")
    values = {**type_values(found), "review_months": 6}
    change_document_type(found, by=cast.coordinator, **values)
    assert (found.name, found.guidance, found.review_months) == ("", "", 6)
    values = {**type_values(found), "name": "Kopier"}
    change_document_type(found, by=cast.coordinator, **values)
    assert (found.name, found.guidance, found.label) == ("Kopier", "", "Kopier")
    with pytest.raises(Conflict):
        change_document_type(found, by=cast.coordinator, **values)


def test_a_kind_out_of_use_is_not_demanded_and_comes_back_as_it_was(cast: Cast) -> None:
    asset = system(cast)
    add(cast, asset)
    assert waiting(asset)
    found = type_of("access")
    retire_document_type(found, by=cast.coordinator)
    assert "access" not in demanded(asset.pk)
    assert not waiting(asset)
    with pytest.raises(Refused):
        retire_document_type(found, by=cast.coordinator)
    restore_document_type(found, by=cast.coordinator)
    row = Required.objects.get(asset=asset, type=found)
    assert row.document is not None
    assert waiting(asset)


def test_the_matrix_stays_small_enough_for_one_form(cast: Cast) -> None:
    for number in range(MOST_TYPES - len(BUILT_IN)):
        add_document_type(by=cast.coordinator, name=f"Dokument {number}")
    with pytest.raises(Refused):
        add_document_type(by=cast.coordinator, name="Et til")


# The pages


def test_the_page_is_for_who_reads_the_registers(cast: Cast, client_of: Browser) -> None:
    for name in ("demands", "demands_file", "demands_history"):
        for who in ("coordinator", "auditor", "executive", "chair", "dpo"):
            assert client_of(who).get(reverse(name)).status_code == 200, (name, who)
        for who in ("employee", "administrator"):
            assert client_of(who).get(reverse(name)).status_code == 404, (name, who)


def test_the_page_shows_kinds_and_only_the_coordinator_gets_buttons(
    cast: Cast, client_of: Browser
) -> None:
    url = reverse("demands_change")
    page = client_of("coordinator").get(reverse("demands")).content.decode()
    assert "Backup and restore" in page
    assert url in page
    assert url not in client_of("auditor").get(reverse("demands")).content.decode()


def test_seeing_what_a_change_means_saves_nothing(cast: Cast, client_of: Browser) -> None:
    asset = system(cast)
    cell = cell_name((type_of("dpia").pk, "system", ""))
    browser, url = client_of("coordinator"), reverse("demands_change")
    answer = browser.post(url, {**posted(**{cell: "any"}), "preview": "1"})
    assert answer.status_code == 200
    assert "1 document more is missing." in answer.content.decode()
    assert "dpia" not in demanded(asset.pk)
    answer = browser.post(url, posted(**{cell: "any"}), follow=True)
    assert "1 document more is missing." in answer.content.decode()
    assert "dpia" in demanded(asset.pk)


def test_an_overtaken_form_shows_both_and_loses_nothing(cast: Cast, client_of: Browser) -> None:
    cell = cell_name((type_of("dpia").pk, "system", ""))
    stale = posted(**{cell: "personal"})
    browser, url = client_of("coordinator"), reverse("demands_change")
    browser.post(url, posted(**{cell: "any"}))
    answer = browser.post(url, stale)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Whatever data it holds" in page
    assert f'name="edit_version" value="{matrix_version()}"' in page
    assert Demand.objects.get(type__code="dpia", kind="system", criticality="").data == "any"


def test_a_choice_there_is_not_is_refused_with_the_form(cast: Cast, client_of: Browser) -> None:
    cell = cell_name((type_of("dpia").pk, "system", ""))
    answer = client_of("coordinator").post(reverse("demands_change"), posted(**{cell: "perhaps"}))
    assert answer.status_code == 400


def test_kinds_are_added_changed_and_retired_on_the_pages(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    values = {"name": "Nøgleliste", "guidance": "Hvem har nøgler.", "review_months": "6"}
    assert browser.post(reverse("document_type_new"), values).status_code == 302
    made = DocumentType.objects.get(name="Nøgleliste")
    url = reverse("document_type_change", args=[made.pk])
    assert browser.post(url, {**values, "name": ""}).status_code == 400
    changed = {**values, "name": "Nøgler", "edit_version": "1"}
    assert browser.post(url, changed).status_code == 302
    assert browser.post(url, changed).status_code == 409
    retire = reverse("document_type_retire", args=[made.pk])
    assert browser.get(retire).status_code == 200
    assert browser.post(retire).status_code == 302
    assert browser.post(reverse("document_type_restore", args=[made.pk])).status_code == 302
    history = browser.get(reverse("demands_history")).content.decode()
    for words in ("was added", "was changed", "was taken out of use", "was taken into use again"):
        assert words in history
    assert client_of("auditor").post(retire).status_code == 403
    assert client_of("employee").post(retire).status_code == 404


def test_the_sheet_has_one_page_for_each_kind_of_asset(cast: Cast, client_of: Browser) -> None:
    answer = client_of("auditor").get(reverse("demands_file"))
    book = load_workbook(io.BytesIO(answer.getvalue()))
    assert book.sheetnames == ["IT system", "Data set", "Physical archive"]
    rows = {row[0]: row[1:] for row in book["IT system"].iter_rows(values_only=True)}
    assert rows["Backup and restore"] == (*["Whatever data it holds"] * 4, 12)


@pytest.mark.parametrize("assets", [1, 6])
def test_the_pages_ask_few_questions_whatever_there_is(
    cast: Cast, client_of: Browser, assets: int, django_assert_max_num_queries: Callable
) -> None:
    for number in range(assets):
        system(cast, f"System {number}", owned=False)
    browser = client_of("coordinator")
    for name in ("demands", "demands_change", "demands_history"):
        with django_assert_max_num_queries(12):
            browser.get(reverse(name))
    with django_assert_max_num_queries(12):
        browser.post(reverse("demands_change"), {**posted(), "preview": "1"})
