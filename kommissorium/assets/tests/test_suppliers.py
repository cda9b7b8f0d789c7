"""Suppliers: adding, changing, closing; their readers; the list and its workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.agreements import AgreementValues, add_agreement, end_agreement
from kommissorium.assets.actions.assets import add_asset, end_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.actions.suppliers import (
    SupplierValues,
    add_supplier,
    change_supplier,
    close_supplier,
    reopen_supplier,
)
from kommissorium.assets.models import Agreement, Asset, Supplier
from kommissorium.assets.oversight import with_figures
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused

pytestmark = pytest.mark.both("sorts and searches")

Browser = Callable[[str], Client]
MOST_QUERIES = 12


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def make_supplier(cast: Cast, name: str = "Sagshotellet A/S", **values: Any) -> Supplier:
    return add_supplier(by=cast.coordinator, values=SupplierValues(name, **values))


def make_system(cast: Cast, supplier: Supplier, name: str = "Sagssystem", **values: Any) -> Asset:
    given = {"name": name, "supplier": supplier, **values}
    return add_asset(by=cast.coordinator, kind="system", values=given)


def make_agreement(cast: Cast, supplier: Supplier, **values: Any) -> Agreement:
    given = {"title": "Databehandleraftale", "next_oversight": in_days(300), **values}
    return add_agreement(supplier, by=cast.coordinator, values=AgreementValues(**given))


@pytest.fixture(autouse=True)
def _in_english(cast: Cast) -> None:
    Person.objects.update(language="en")


@pytest.fixture
def supplier(cast: Cast) -> Supplier:
    return make_supplier(cast)


def refused(act: Callable[[], object]) -> set[str]:
    """Return the fields an act is refused for."""
    with pytest.raises(Refused) as caught:
        act()
    return set(caught.value.errors)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("12345678", "12345678"),
        ("DK 12 34 56 78", "12345678"),
        ("dk12345678", "12345678"),
        ("", ""),
    ],
)
def test_a_cvr_number_is_eight_digits_however_it_is_written(
    cast: Cast, given: str, kept: str
) -> None:
    assert make_supplier(cast, cvr=given).cvr == kept


@pytest.mark.parametrize("given", ["1234567", "123456789", "1234567a", "١٢٣٤٥٦٧٨"])
def test_anything_else_is_no_cvr_number(cast: Cast, given: str) -> None:
    assert refused(lambda: make_supplier(cast, cvr=given)) == {"cvr"}


def test_name_and_number_are_one_suppliers_and_an_address_is_an_address(cast: Cast) -> None:
    make_supplier(cast, "Alfa", cvr="12345678")
    assert refused(lambda: make_supplier(cast, "alfa")) == {"name"}
    assert refused(lambda: make_supplier(cast, " ")) == {"name"}
    assert refused(lambda: make_supplier(cast, "Beta", cvr="12345678")) == {"cvr"}
    assert refused(lambda: make_supplier(cast, "Beta", email="nobody")) == {"email"}
    assert make_supplier(cast, "Beta", email="post@beta.example").email == "post@beta.example"


def test_only_the_coordinator_keeps_suppliers(cast: Cast, supplier: Supplier) -> None:
    for who in (cast.auditor, cast.chair, cast.administrator, cast.employee):
        with pytest.raises(PermissionDenied):
            add_supplier(by=who, values=SupplierValues("Gamma"))
        with pytest.raises(PermissionDenied):
            change_supplier(supplier, by=who, values=SupplierValues("Gamma"), edit_version=1)
        with pytest.raises(PermissionDenied):
            close_supplier(supplier, by=who)
        with pytest.raises(PermissionDenied):
            reopen_supplier(supplier, by=who)


def test_two_who_change_it_at_once_do_not_overwrite_each_other(
    cast: Cast, supplier: Supplier
) -> None:
    change_supplier(supplier, by=cast.coordinator, values=SupplierValues("Nyt"), edit_version=1)
    with pytest.raises(Conflict) as caught:
        change_supplier(
            supplier, by=cast.coordinator, values=SupplierValues("Andet"), edit_version=1
        )
    assert caught.value.current["name"] == "Nyt"
    assert caught.value.edit_version == 2


def test_it_is_closed_only_when_nothing_is_with_it(cast: Cast, supplier: Supplier) -> None:
    system = make_system(cast, supplier)
    agreement = make_agreement(cast, supplier, assets=[system])
    assert refused(lambda: close_supplier(supplier, by=cast.coordinator)) == {""}
    end_asset(system, by=cast.coordinator, because="Lukket")
    assert refused(lambda: close_supplier(supplier, by=cast.coordinator)) == {""}
    end_agreement(agreement, by=cast.coordinator, because="Opsagt")
    close_supplier(supplier, by=cast.coordinator)
    assert supplier.closed_on is not None
    assert refused(lambda: close_supplier(supplier, by=cast.coordinator)) == {""}
    assert refused(lambda: make_supplier(cast, supplier.name)) == {"name"}
    reopen_supplier(supplier, by=cast.coordinator)
    assert Supplier.objects.in_use().filter(pk=supplier.pk).exists()
    acts = Event.objects.filter(object_kind="assets.supplier").values_list("act", flat=True)
    assert [act.partition(".")[2] for act in acts.order_by("seq")] == [
        "supplier_added",
        "supplier_closed",
        "supplier_reopened",
    ]


def test_names_and_contacts_stay_out_of_the_chain(cast: Cast) -> None:
    made = make_supplier(cast, "Hemmelig ApS", contact="Ib Holm", email="ib@hemmelig.example")
    change_supplier(
        made,
        by=cast.coordinator,
        values=SupplierValues("Hemmelig A/S", contact="Bo"),
        edit_version=1,
    )
    for event in Event.objects.filter(object_kind="assets.supplier"):
        assert "Hemmelig" not in event.facts
        assert "Ib" not in event.facts


def test_who_may_read_it(cast: Cast, supplier: Supplier) -> None:
    system = make_system(cast, supplier)
    make_supplier(cast, "En anden")
    appoint(system, "system_owner", cast.system_owner, by=cast.coordinator)
    visible = {
        name: set(Supplier.objects.visible_to(cast.who(name)).values_list("name", flat=True))
        for name in ("coordinator", "auditor", "member", "executive", "system_owner", "employee")
    }
    both = {"En anden", supplier.name}
    for name in ("coordinator", "auditor", "member", "executive"):
        assert visible[name] == both, name
    assert visible["system_owner"] == {supplier.name}
    assert visible["employee"] == set()
    make_agreement(cast, supplier, responsible=cast.employee)
    assert Supplier.objects.visible_to(cast.employee).get() == supplier


def test_the_figures_are_what_one_counts_by_hand(cast: Cast, supplier: Supplier) -> None:
    first = make_system(cast, supplier, "A", personal_data=["cpr"])
    make_system(cast, supplier, "B", personal_data=["none"])
    out = make_system(cast, supplier, "C", personal_data=["ordinary"])
    end_asset(out, by=cast.coordinator, because="Lukket")
    bare = with_figures(Supplier.objects.all()).get(pk=supplier.pk)
    assert (bare.systems, bare.agreement_count, bare.is_uncovered) == (2, 0, True)
    assert bare.next_oversight is None
    make_agreement(cast, supplier, assets=[first], next_oversight=in_days(90))
    second = make_agreement(cast, supplier, title="To", next_oversight=in_days(20))
    full = with_figures(Supplier.objects.all()).get(pk=supplier.pk)
    assert (full.systems, full.agreement_count, full.is_uncovered) == (2, 2, False)
    assert full.next_oversight == in_days(20)
    end_agreement(second, by=cast.coordinator, because="Opsagt")
    ended = with_figures(Supplier.objects.all()).get(pk=supplier.pk)
    assert (ended.agreement_count, ended.next_oversight) == (1, in_days(90))


def names(browser: Browser, who: str = "coordinator", **asked: str) -> list[str]:
    """Return the names on the list as somebody sees it."""
    page = browser(who).get(reverse("suppliers"), asked)
    assert page.status_code == 200
    return [row.name for row, _state in page.context["rows"]]


def test_the_list_is_narrowed_sorted_and_searched(cast: Cast, client_of: Browser) -> None:
    late, soon, bare, far = (make_supplier(cast, name) for name in ("Åby", "Ærø", "Beta", "alfa"))
    closed = make_supplier(cast, "Lukket")
    close_supplier(closed, by=cast.coordinator)
    make_agreement(cast, late, next_oversight=in_days(-1))
    make_agreement(cast, soon, next_oversight=in_days(60))
    make_agreement(cast, far, next_oversight=in_days(61))
    make_system(cast, bare, personal_data=["sensitive"])
    assert names(client_of) == ["alfa", "Beta", "Ærø", "Åby"]
    assert names(client_of, sort="-name") == ["Åby", "Ærø", "Beta", "alfa"]
    assert names(client_of, sort="next") == ["Åby", "Ærø", "alfa", "Beta"]
    assert names(client_of, sort="-next") == ["alfa", "Ærø", "Åby", "Beta"]
    assert names(client_of, sort="-systems")[0] == "Beta"
    assert names(client_of, show="overdue") == ["Åby"]
    assert names(client_of, show="soon") == ["Ærø"]
    assert names(client_of, show="uncovered") == ["Beta"]
    assert names(client_of, show="closed") == ["Lukket"]
    assert names(client_of, q="æRØ") == ["Ærø"]
    assert names(client_of, show="nonsense", sort="nonsense", q="") == names(client_of)


def test_the_workbook_holds_what_the_list_shows(cast: Cast, client_of: Browser) -> None:
    one, two = make_supplier(cast, "=1+1"), make_supplier(cast, "Beta")
    make_agreement(cast, one, responsible=cast.head_of_it)
    make_agreement(cast, two, next_oversight=in_days(-1))
    answer = client_of("auditor").get(reverse("suppliers_file"), {"show": "overdue"})
    suppliers, agreements = load_workbook(BytesIO(answer.getvalue())).worksheets
    assert [row[0].value for row in suppliers.iter_rows(min_row=2)] == ["Beta"]
    assert [row[0].value for row in agreements.iter_rows(min_row=2)] == ["Beta"]
    everything = client_of("auditor").get(reverse("suppliers_file"))
    first = load_workbook(BytesIO(everything.getvalue())).worksheets[0]["A2"]
    assert (first.value, first.data_type) == ("=1+1", "s")


def test_nobody_is_told_of_suppliers_that_do_not_concern_them(
    cast: Cast, supplier: Supplier, client_of: Browser
) -> None:
    page = client_of("employee").get(reverse("suppliers"))
    assert supplier.name not in page.content.decode()
    assert "Nothing concerns you" in page.content.decode()
    assert client_of("employee").get(supplier.get_absolute_url()).status_code == 404
    assert client_of("auditor").get(supplier.get_absolute_url()).status_code == 200
    assert client_of("auditor").get(reverse("supplier_new")).status_code == 404
    for name in ("supplier_change", "supplier_close", "agreement_new"):
        url = reverse(name, args=[supplier.pk])
        assert client_of("auditor").get(url).status_code == 403, name
        assert client_of("employee").get(url).status_code == 404, name


def test_the_empty_list_says_what_belongs_there(client_of: Browser) -> None:
    assert "Nothing yet" in client_of("coordinator").get(reverse("suppliers")).content.decode()


def test_a_supplier_is_added_changed_closed_and_opened_on_the_pages(
    cast: Cast, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    new = reverse("supplier_new")
    assert browser.get(new).status_code == 200
    bad = browser.post(new, {"name": "Alfa", "cvr": "123"})
    assert bad.status_code == 400
    assert "eight digits" in bad.content.decode()
    assert browser.post(new, {"name": "Alfa", "cvr": "12345678"}).status_code == 302
    made = Supplier.objects.get()
    url = reverse("supplier_change", args=[made.pk])
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"name": "Beta", "edit_version": "1"}).status_code == 302
    late = browser.post(url, {"name": "Gamma", "edit_version": "1"})
    assert late.status_code == 409
    assert "Beta" in late.content.decode()
    closing = reverse("supplier_close", args=[made.pk])
    assert browser.get(closing).status_code == 200
    assert browser.post(closing).status_code == 302
    assert "Open it again" in browser.get(made.get_absolute_url()).content.decode()
    assert browser.post(reverse("supplier_reopen", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.closed_on) == ("Beta", None)


def test_an_owner_sees_their_own_systems_there_and_no_others(
    cast: Cast, supplier: Supplier, client_of: Browser
) -> None:
    mine = make_system(cast, supplier, "Mit system")
    make_system(cast, supplier, "En andens system")
    appoint(mine, "system_owner", cast.employee, by=cast.coordinator)
    words = client_of("employee").get(supplier.get_absolute_url()).content.decode()
    assert "Mit system" in words
    assert "En andens system" not in words


def test_the_pages_ask_few_queries_however_much_there_is(
    cast: Cast, supplier: Supplier, client_of: Browser
) -> None:
    for number in range(30):
        other = make_supplier(cast, f"Leverandør {number}")
        make_agreement(cast, other, next_oversight=in_days(number - 5))
        make_system(cast, supplier, f"System {number}", personal_data=["cpr"])
        title = f"Aftale {number}"
        make_agreement(cast, supplier, title=title, responsible=cast.head_of_it)
    for who in ("coordinator", "auditor"):
        browser = client_of(who)
        browser.get(reverse("tasks"))
        for url in (reverse("suppliers"), supplier.get_absolute_url()):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(url).status_code == 200
            assert len(queries) <= MOST_QUERIES, (url, [one["sql"][:150] for one in queries])
