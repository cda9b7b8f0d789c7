"""Agreements, their oversight, and both on the year wheel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommissorium.accounts.actions import close_login
from kommissorium.assets.actions.agreements import (
    AgreementValues,
    OversightValues,
    add_agreement,
    change_agreement,
    end_agreement,
    write_oversight,
)
from kommissorium.assets.actions.documents import GivenFile
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.actions.suppliers import (
    SupplierValues,
    change_supplier,
    close_supplier,
    source_of,
)
from kommissorium.assets.models import Agreement, Asset, Oversight, Supplier
from kommissorium.assets.parts import suppliers_part
from kommissorium.assets.tests.test_suppliers import (
    Browser,
    in_days,
    make_agreement,
    make_supplier,
    make_system,
    refused,
)
from kommissorium.assets.todo import todos_of
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict
from kommissorium.yearwheel.cadence import nominal
from kommissorium.yearwheel.models import Occurrence

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _in_english(cast: Cast) -> None:
    type(cast.chair).objects.update(language="en")


@pytest.fixture
def supplier(cast: Cast) -> Supplier:
    return make_supplier(cast)


@pytest.fixture
def system(cast: Cast, supplier: Supplier) -> Asset:
    return make_system(cast, supplier, personal_data=["cpr"])


@pytest.fixture
def agreement(cast: Cast, supplier: Supplier, system: Asset) -> Agreement:
    return make_agreement(
        cast,
        supplier,
        assets=[system],
        oversight_model="isae_3000",
        next_oversight=in_days(20),
        responsible=cast.head_of_it,
    )


def on_wheel(agreement: Agreement) -> Occurrence | None:
    rows = Occurrence.objects.open().filter(source=source_of(agreement))
    return rows.select_related("delegate", "duty").first()


def values(agreement: Agreement, **others: object) -> AgreementValues:
    """Return an agreement's own values with some others in their place."""
    given: dict[str, object] = {
        "title": agreement.title,
        "oversight_months": agreement.oversight_months,
        "next_oversight": agreement.next_oversight,
        "responsible": agreement.responsible,
        "assets": list(agreement.assets.all()),
        **others,
    }
    return AgreementValues(**given)  # type: ignore[arg-type]


def overseen(agreement: Agreement, cast: Cast, **others: object) -> Oversight:
    given: dict[str, object] = {
        "model": "isae_3000",
        "done_on": in_days(0),
        "result": "no_fault",
        "conclusion": "Erklæringen er uden forbehold.",
        **others,
    }
    by = given.pop("by", cast.coordinator)
    return write_oversight(agreement, by=by, values=OversightValues(**given))  # type: ignore[arg-type]


def test_its_oversight_stands_on_the_wheel_with_whoever_is_responsible(
    cast: Cast, agreement: Agreement
) -> None:
    row = on_wheel(agreement)
    assert row is not None
    assert (row.due, row.delegate) == (in_days(20), cast.head_of_it)
    assert row.source_link == agreement.get_absolute_url()
    assert "Sagshotellet A/S, Databehandleraftale" in row.title
    assert row.duty.committee == cast.committee


def test_the_wheel_follows_what_is_changed(
    cast: Cast, agreement: Agreement, supplier: Supplier
) -> None:
    first = on_wheel(agreement)
    new = values(agreement, next_oversight=in_days(50), responsible=None)
    change_agreement(agreement, by=cast.coordinator, values=new, edit_version=1)
    moved = on_wheel(agreement)
    assert first and moved
    assert (moved.pk, moved.due, moved.delegate) == (first.pk, in_days(50), None)
    change_supplier(supplier, by=cast.coordinator, values=SupplierValues("Ny"), edit_version=1)
    renamed = on_wheel(agreement)
    assert renamed and renamed.occasion == "Ny, Databehandleraftale"
    none = values(agreement, oversight_months=0, next_oversight=None)
    change_agreement(agreement, by=cast.coordinator, values=none, edit_version=2)
    assert on_wheel(agreement) is None


def test_ended_it_covers_nothing_and_is_overseen_no_more(
    cast: Cast, agreement: Agreement, system: Asset
) -> None:
    assert refused(lambda: end_agreement(agreement, by=cast.coordinator, because=" ")) == {
        "because"
    }
    end_agreement(agreement, by=cast.coordinator, because="Opsagt")
    assert agreement.is_over
    assert on_wheel(agreement) is None
    assert suppliers_part(system, cast.coordinator)["is_uncovered"]
    with_wish = values(agreement)
    for act in (
        lambda: end_agreement(agreement, by=cast.coordinator, because="Igen"),
        lambda: change_agreement(agreement, by=cast.coordinator, values=with_wish, edit_version=2),
        lambda: overseen(agreement, cast),
    ):
        assert refused(act) == {""}


@pytest.mark.parametrize(
    ("others", "field"),
    [
        ({"title": " "}, "title"),
        ({"signed_on": in_days(1)}, "signed_on"),
        ({"signed_on": in_days(-5), "expires_on": in_days(-6)}, "expires_on"),
        ({"oversight_months": 61}, "oversight_months"),
        ({"next_oversight": None}, "next_oversight"),
        ({"oversight_model": "telepathy"}, "oversight_model"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "sagen ligger i skabet"}, "url"),
        ({"file": GivenFile("virus.exe", b"MZ\x90\x00")}, "file"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    cast: Cast, supplier: Supplier, others: dict[str, object], field: str
) -> None:
    assert refused(lambda: make_agreement(cast, supplier, **others)) == {field}
    assert not Agreement.objects.exists()


def test_who_has_left_cannot_be_made_responsible_but_may_stay_so(
    cast: Cast, supplier: Supplier, agreement: Agreement
) -> None:
    close_login(cast.head_of_it, by=cast.administrator)
    cast.head_of_it.refresh_from_db()
    made = {"responsible": cast.head_of_it}
    assert refused(lambda: make_agreement(cast, supplier, **made)) == {"responsible"}
    new = values(agreement, title="Nyt navn", responsible=cast.head_of_it)
    change_agreement(agreement, by=cast.coordinator, values=new, edit_version=1)
    row = on_wheel(agreement)
    assert row and row.delegate is None


def test_it_covers_only_what_is_the_suppliers(cast: Cast, agreement: Agreement) -> None:
    other = make_system(cast, make_supplier(cast, "En anden"), "Fremmed")
    new = values(agreement, assets=[other])
    assert refused(
        lambda: change_agreement(agreement, by=cast.coordinator, values=new, edit_version=1)
    ) == {"assets"}


def test_what_it_covers_is_shown_on_both(
    cast: Cast, agreement: Agreement, system: Asset, client_of: Browser
) -> None:
    shown = suppliers_part(system, cast.coordinator)
    assert [row for row, _state in shown["agreements"]] == [agreement]
    assert not shown["is_uncovered"]
    page = client_of("auditor").get(agreement.get_absolute_url())
    assert page.context["covered"] == [system]
    change_agreement(
        agreement, by=cast.coordinator, values=values(agreement, assets=[]), edit_version=1
    )
    assert suppliers_part(system, cast.coordinator)["is_uncovered"]


def test_a_closed_supplier_gets_no_agreement(cast: Cast, supplier: Supplier) -> None:
    close_supplier(supplier, by=cast.coordinator)
    assert refused(lambda: make_agreement(cast, supplier)) == {""}


def test_two_who_change_it_at_once_do_not_overwrite_each_other(
    cast: Cast, agreement: Agreement
) -> None:
    new = values(agreement, title="Første")
    change_agreement(agreement, by=cast.coordinator, values=new, edit_version=1)
    with pytest.raises(Conflict) as caught:
        change_agreement(agreement, by=cast.coordinator, values=new, edit_version=1)
    assert caught.value.current["title"] == "Første"


def test_oversight_is_frozen_plans_the_next_and_finishes_the_wheels(
    cast: Cast, agreement: Agreement
) -> None:
    before = on_wheel(agreement)
    made = overseen(
        agreement, cast, by=cast.head_of_it, result="minor", url="https://example.dk/erklæring"
    )
    assert before is not None
    before.refresh_from_db()
    assert (before.state, before.result, before.ended_by) == ("done", "minor", cast.head_of_it)
    assert before.conclusion == made.conclusion
    shown = list(before.evidence.values_list("kind", "url"))
    assert shown == [
        ("row", agreement.get_absolute_url()),
        ("link", "https://example.dk/erklæring"),
    ]
    assert made.due == in_days(20)
    expected = nominal(in_days(0), 12, 1)
    after = on_wheel(agreement)
    assert (agreement.next_oversight, after and after.due) == (expected, expected)
    with pytest.raises(DatabaseError), transaction.atomic():
        Oversight.objects.filter(pk=made.pk).update(conclusion="Noget andet")


def test_without_months_nothing_follows(cast: Cast, supplier: Supplier) -> None:
    once = make_agreement(cast, supplier, oversight_months=0, next_oversight=in_days(5))
    overseen(once, cast)
    assert once.next_oversight is None
    assert on_wheel(once) is None


def test_where_no_date_stood_oversight_can_be_written_all_the_same(
    cast: Cast, supplier: Supplier
) -> None:
    none = make_agreement(cast, supplier, oversight_months=0, next_oversight=None)
    assert overseen(none, cast).due is None


@pytest.mark.parametrize(
    ("others", "field"),
    [
        ({"conclusion": "  "}, "conclusion"),
        ({"model": ""}, "model"),
        ({"result": ""}, "result"),
        ({"done_on": in_days(1)}, "done_on"),
        ({"url": "ftp://x"}, "url"),
        ({"file": GivenFile("a.exe", b"MZ\x90\x00")}, "file"),
    ],
)
def test_oversight_needs_a_model_a_day_a_result_and_a_conclusion(
    cast: Cast, agreement: Agreement, others: dict[str, object], field: str
) -> None:
    assert refused(lambda: overseen(agreement, cast, **others)) == {field}
    assert not agreement.oversights.exists()
    row = on_wheel(agreement)
    assert row and row.is_open


def test_the_same_oversight_is_not_written_twice(cast: Cast, agreement: Agreement) -> None:
    overseen(agreement, cast)
    assert refused(lambda: overseen(agreement, cast)) == {"done_on"}
    assert refused(lambda: overseen(agreement, cast, done_on=date(2020, 1, 1))) == {"done_on"}


def test_only_the_coordinator_and_the_responsible_write_it(
    cast: Cast, agreement: Agreement
) -> None:
    for who in (cast.auditor, cast.chair, cast.employee):
        with pytest.raises(PermissionDenied):
            overseen(agreement, cast, by=who)
        with pytest.raises(PermissionDenied):
            add_agreement(agreement.supplier, by=who, values=values(agreement))
        with pytest.raises(PermissionDenied):
            end_agreement(agreement, by=who, because="Fordi")
    with pytest.raises(PermissionDenied):
        change_agreement(agreement, by=cast.head_of_it, values=values(agreement), edit_version=1)


def test_conclusions_and_titles_stay_out_of_the_chain(cast: Cast, agreement: Agreement) -> None:
    overseen(agreement, cast, conclusion="Hemmeligt fund")
    events = Event.objects.filter(act__startswith="assets.")
    assert not [one for one in events if "Hemmeligt" in one.facts or "Sagshotellet" in one.facts]
    done = events.get(act="assets.oversight_done")
    assert '"result":"no_fault"' in done.facts.replace(" ", "")


def test_whoever_is_responsible_reads_it_without_reading_the_registers(
    cast: Cast, supplier: Supplier, client_of: Browser
) -> None:
    theirs = make_agreement(cast, supplier, responsible=cast.employee)
    browser = client_of("employee")
    assert browser.get(theirs.get_absolute_url()).status_code == 200
    assert browser.get(reverse("oversight_new", args=[theirs.pk])).status_code == 200
    assert browser.get(reverse("agreement_change", args=[theirs.pk])).status_code == 403
    assert client_of("administrator").get(theirs.get_absolute_url()).status_code == 404
    assert client_of("auditor").get(reverse("oversight_new", args=[theirs.pk])).status_code == 403


def test_an_owner_reads_the_agreement_that_covers_their_system(
    cast: Cast, agreement: Agreement, system: Asset, client_of: Browser
) -> None:
    assert client_of("employee").get(agreement.get_absolute_url()).status_code == 404
    appoint(system, "system_owner", cast.employee, by=cast.coordinator)
    assert client_of("employee").get(agreement.get_absolute_url()).status_code == 200


def test_it_is_made_changed_overseen_and_ended_on_the_pages(
    cast: Cast, supplier: Supplier, system: Asset, client_of: Callable[[str], Client]
) -> None:
    browser = client_of("coordinator")
    new = reverse("agreement_new", args=[supplier.pk])
    assert browser.get(new).status_code == 200
    given = {
        "title": "Aftale om løn",
        "oversight_months": "12",
        "next_oversight": in_days(-3).isoformat(),
        "assets": [str(system.pk)],
        "responsible": str(cast.coordinator.pk),
        "file": SimpleUploadedFile("aftale.pdf", PDF),
    }
    assert browser.post(new, {**given, "title": ""}).status_code == 400
    given["file"] = SimpleUploadedFile("aftale.pdf", PDF)
    assert browser.post(new, given).status_code == 302
    made = Agreement.objects.get()
    assert list(made.assets.all()) == [system]
    page = browser.get(made.get_absolute_url()).content.decode()
    assert "Oversight was due on" in page
    assert browser.get(reverse("agreement_file", args=[made.pk])).getvalue() == PDF
    edit = reverse("agreement_change", args=[made.pk])
    assert "aftale.pdf" in browser.get(edit).content.decode()
    kept = {name: value for name, value in given.items() if name != "file"}
    assert browser.post(edit, {**kept, "title": "Ny", "edit_version": "1"}).status_code == 302
    assert browser.post(edit, {**kept, "title": "Nyere", "edit_version": "1"}).status_code == 409
    made.refresh_from_db()
    assert (made.title, made.file_name) == ("Ny", "aftale.pdf")
    oversee = reverse("oversight_new", args=[made.pk])
    assert browser.get(oversee).status_code == 200
    written = {
        "model": "visit",
        "done_on": in_days(0).isoformat(),
        "result": "critical",
        "conclusion": "Backup er aldrig prøvet.",
        "file": SimpleUploadedFile("rapport.pdf", PDF),
    }
    assert browser.post(oversee, {**written, "conclusion": ""}).status_code == 400
    written["file"] = SimpleUploadedFile("rapport.pdf", PDF)
    assert browser.post(oversee, written).status_code == 302
    done = made.oversights.get()
    assert browser.get(reverse("oversight_file", args=[done.pk])).getvalue() == PDF
    for url in (made.get_absolute_url(), supplier.get_absolute_url()):
        assert "Backup er aldrig prøvet." in browser.get(url).content.decode()
    end = reverse("agreement_end", args=[made.pk])
    assert browser.get(end).status_code == 200
    assert browser.post(end, {"because": ""}).status_code == 400
    assert browser.post(end, {"because": "Udløbet"}).status_code == 302
    assert "1 agreement that has ended" in browser.get(supplier.get_absolute_url()).content.decode()


def test_the_overview_tells_who_is_to_oversee_and_the_coordinator_what_is_late(
    cast: Cast, supplier: Supplier, agreement: Agreement
) -> None:
    [own] = todos_of(cast.head_of_it, in_days(0))
    assert (own.url, own.urgent) == (agreement.get_absolute_url(), False)
    assert todos_of(cast.coordinator, in_days(0)) == []
    change_agreement(
        agreement,
        by=cast.coordinator,
        values=values(agreement, next_oversight=in_days(-1)),
        edit_version=1,
    )
    assert todos_of(cast.head_of_it, in_days(0))[0].urgent
    [late] = todos_of(cast.coordinator, in_days(0))
    assert late.url == reverse("suppliers") + "?show=overdue"
    assert "1" in late.text
    for number in range(5):
        make_agreement(
            cast,
            supplier,
            title=f"Aftale {number}",
            next_oversight=in_days(9),
            responsible=cast.head_of_it,
        )
    [together] = todos_of(cast.head_of_it, in_days(0))
    assert "6" in together.text
    assert todos_of(cast.employee, in_days(0)) == []


def test_the_page_asks_few_queries_however_often_it_was_overseen(
    cast: Cast, agreement: Agreement, client_of: Browser
) -> None:
    for days in range(30, 0, -1):
        overseen(agreement, cast, done_on=in_days(-days))
    browser = client_of("coordinator")
    browser.get(reverse("tasks"))
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(agreement.get_absolute_url()).status_code == 200
    assert len(queries) <= MOST_QUERIES
