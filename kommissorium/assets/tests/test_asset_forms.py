"""Put assets into the register, change them, take them out: the forms and the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.actions.assets import add_asset, change_asset, end_asset
from kommissorium.assets.actions.checking import fields_of
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.facts import groups_of
from kommissorium.assets.models import Agreement, Area, Asset, Kind, Supplier
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused

pytestmark = pytest.mark.both("numbers too large for a column")

Browser = Callable[[str], Client]


def put(cast: Cast, name: str = "Borgerportalen", kind: str = Kind.SYSTEM, **values: Any) -> Asset:
    return add_asset(by=cast.coordinator, kind=kind, values={"name": name, **values})


def post(browser: Client, address: str, /, *args: Any, **values: Any) -> Any:
    return browser.post(reverse(address, args=args), values)


@pytest.mark.parametrize("kind", Kind.values)
def test_a_name_is_enough_for_a_new_one(cast: Cast, client_of: Browser, kind: str) -> None:
    browser = client_of("coordinator")
    assert browser.get(reverse("asset_new", args=[kind])).status_code == 200
    refused = post(browser, "asset_new", kind, name=" ", purpose="Bliver stående")
    assert refused.status_code == 400
    assert "Bliver stående" in refused.content.decode()
    assert post(browser, "asset_new", kind, name="Ny").status_code == 302
    asset = Asset.objects.get()
    assert (asset.kind, asset.name, asset.registered_on) == (kind, "Ny", timezone.localdate())
    assert Event.objects.about(asset).get().act == "assets.asset_added"


def test_only_the_coordinator_puts_in_and_takes_out(cast: Cast, client_of: Browser) -> None:
    asset = put(cast)
    readers = ("auditor", "member", "executive")
    for who in (*readers, "employee", "administrator"):
        status = 403 if who in readers else 404
        assert post(client_of(who), "asset_new", "system", name="x").status_code == status, who
        with pytest.raises(PermissionDenied):
            end_asset(asset, by=cast.who(who), because="Fordi")
    assert post(client_of("coordinator"), "asset_new", "car", name="x").status_code == 404
    assert Asset.objects.count() == 1


@pytest.mark.parametrize("kind", Kind.values)
def test_the_groups_hold_every_field_of_a_kind_once(kind: str) -> None:
    fields = [name for group in groups_of(kind) for name in group.fields]
    assert sorted(fields) == sorted(fields_of(kind))


def test_everything_can_be_filled_in_at_once(cast: Cast, client_of: Browser) -> None:
    area = add_area(by=cast.coordinator, name="Social")
    supplier = Supplier.objects.create(name="Fjordsoft")
    values = {
        "name": "Fagsystemet",
        "purpose": "Sager\nom børn",
        "area": area.pk,
        "used_by": [area.pk],
        "criticality": "society",
        "confidentiality": "4",
        "mtd": "1.000",
        "rto": "4",
        "personal_data": ["cpr", "sensitive"],
        "supplier": supplier.pk,
        "hosting": "cloud",
        "contract_ends": "2030-01-31",
        "lifecycle": "in_use",
        "kle": "27.18.00",
        "uuid": str(uuid4()),
        "uses_ai": "no",
    }
    assert post(client_of("coordinator"), "asset_new", "system", **values).status_code == 302
    asset = Asset.objects.get()
    assert (asset.mtd, asset.confidentiality, asset.area) == (1000, 4, area)
    assert asset.personal_data == ",cpr,sensitive,"
    assert list(asset.used_by.all()) == [area]
    assert str(asset.uuid) == values["uuid"]


BAD = {
    "kle": "27.1",
    "uuid": "ikke et uuid",
    "mtd": "8761",
    "rto": "fire",
    "rpo": "-1",
    "contract": "javascript:alert(1)",
    "contract_ends": "1066-10-14",
    "area": "999999",
    "supplier": "99999999999999999999999",
    "criticality": "enorm",
    "confidentiality": "9",
    "personal_data": ["none", "cpr"],
    "alias": "x" * 201,
}


@pytest.mark.parametrize("field", BAD)
def test_what_makes_no_sense_stands_beside_its_field(
    cast: Cast, client_of: Browser, field: str
) -> None:
    answer = post(client_of("coordinator"), "asset_new", "system", name="Ny", **{field: BAD[field]})
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {field}
    assert not Asset.objects.exists()


def test_a_number_another_has_is_refused(cast: Cast, client_of: Browser) -> None:
    key = uuid4()
    put(cast, "Den gamle", uuid=key, local_id="S-1")
    browser = client_of("coordinator")
    for field, value in (("uuid", str(key)), ("local_id", "S-1")):
        answer = post(browser, "asset_new", "system", name="Ny", **{field: value})
        assert answer.status_code == 400
        assert "Den gamle" in str(answer.context["form"].errors[field])
    assert post(browser, "asset_new", "data_set", name="Ny", local_id="S-1").status_code == 302


def test_an_owner_changes_a_group_of_her_own_and_nothing_else(
    cast: Cast, client_of: Browser
) -> None:
    asset = put(cast, purpose="Som før", mtd=5)
    browser = client_of("employee")
    address = ("asset_change_group", asset.pk, "criticality")
    assert post(browser, *address, edit_version=1).status_code == 404
    appoint(asset, "system_owner", cast.employee, by=cast.coordinator)
    assert browser.get(reverse(address[0], args=address[1:])).status_code == 200
    sent = {"criticality": "business", "mtd": "72", "edit_version": 1}
    assert post(browser, *address, **sent, name="Kapret").status_code == 302
    asset.refresh_from_db()
    assert (asset.criticality, asset.mtd, asset.name, asset.purpose) == (
        "business",
        72,
        "Borgerportalen",
        "Som før",
    )
    told = Event.objects.about(asset).first()
    assert told is not None
    assert '"fields":["criticality","mtd"]' in told.facts
    assert post(browser, "asset_change_group", asset.pk, "place", edit_version=2).status_code == 404


def test_the_whole_form_keeps_what_is_there(cast: Cast, client_of: Browser) -> None:
    area = add_area(by=cast.coordinator, name="Social")
    asset = put(cast, area=area, used_by=[area], personal_data=["cpr"], integrity=3, mtd=5)
    browser = client_of("coordinator")
    form = browser.get(reverse("asset_change", args=[asset.pk])).context["form"]
    sent = {bound.name: bound.value() for bound in form if bound.value() not in (None, "", [])}
    sent["area"] = area.pk
    count = Event.objects.count()
    assert post(browser, "asset_change", asset.pk, **sent).status_code == 302
    assert Event.objects.count() == count, "nothing was changed, so nothing is told"
    asset.refresh_from_db()
    assert (asset.integrity, asset.mtd, asset.personal_data) == (3, 5, ",cpr,")


def test_the_second_of_two_sees_both_texts_and_can_save(cast: Cast, client_of: Browser) -> None:
    area = add_area(by=cast.coordinator, name="Social")
    asset = put(cast)
    values = {"purpose": "Hendes", "used_by": [area]}
    change_asset(asset, by=cast.coordinator, values=values, edit_version=1)
    browser = client_of("coordinator")
    address = ("asset_change_group", asset.pk, "what")
    sent = {"name": "Mit navn", "purpose": "Min", "edit_version": 1}
    answer = post(browser, *address, **sent)
    assert answer.status_code == 409
    found = {one.label: (one.mine, one.theirs) for one in answer.context["differences"]}
    assert ("Min", "Hendes") in found.values()
    assert ("Mit navn", "Borgerportalen") in found.values()
    assert any(theirs == "Social" for _mine, theirs in found.values())
    again = {**sent, "edit_version": answer.context["form"]["edit_version"].value()}
    assert post(browser, *address, **again).status_code == 302
    asset.refresh_from_db()
    assert asset.purpose == "Min"
    with pytest.raises(Conflict):
        change_asset(asset, by=cast.coordinator, values={"name": "Et"}, edit_version=1)


def test_agreements_are_those_of_the_supplier(cast: Cast, client_of: Browser) -> None:
    suppliers = [Supplier.objects.create(name=name) for name in ("Fjordsoft", "Bakkedata")]
    first, second = (
        Agreement.objects.create(supplier=one, title=f"Aftale med {one}") for one in suppliers
    )
    asset = put(cast)
    browser = client_of("coordinator")
    address = ("asset_change_group", asset.pk, "contract")
    answer = post(browser, *address, supplier=suppliers[0].pk, edit_version=1)
    assert answer["Location"] == reverse(address[0], args=address[1:]), "to tick the agreements"
    sent = {"supplier": suppliers[0].pk, "agreements": [first.pk, second.pk]}
    assert post(browser, *address, **sent, edit_version=2).status_code == 302
    assert list(asset.agreements.all()) == [first]
    with pytest.raises(Refused):
        values = {"agreements": [second]}
        change_asset(asset, by=cast.coordinator, values=values, edit_version=3)
    other = {"supplier": suppliers[1]}
    changed = change_asset(asset, by=cast.coordinator, values=other, edit_version=3)
    assert changed == ["supplier", "agreements"]
    assert not asset.agreements.exists()


def test_an_owner_is_offered_only_suppliers_she_may_read(cast: Cast, client_of: Browser) -> None:
    mine, _other = (Supplier.objects.create(name=name) for name in ("Fjordsoft", "Bakkedata"))
    asset = put(cast, supplier=mine)
    appoint(asset, "system_owner", cast.employee, by=cast.coordinator)
    address = reverse("asset_change_group", args=[asset.pk, "contract"])
    offered = client_of("employee").get(address).context["form"].fields["supplier"].queryset
    assert list(offered) == [mine]


def test_a_closed_area_stays_on_what_has_it(cast: Cast, client_of: Browser) -> None:
    area = add_area(by=cast.coordinator, name="Social")
    asset = put(cast, used_by=[area])
    Area.objects.filter(pk=area.pk).update(closed_on=timezone.localdate())
    browser = client_of("coordinator")
    form = browser.get(reverse("asset_change_group", args=[asset.pk, "what"])).context["form"]
    assert [label for _key, label in form.fields["used_by"].choices] == ["Social"]
    fresh = browser.get(reverse("asset_new", args=["system"])).context["form"]
    assert not list(fresh.fields["used_by"].choices)


def test_it_leaves_with_a_reason_and_a_day(cast: Cast, client_of: Browser) -> None:
    asset, browser = put(cast), client_of("coordinator")
    appoint(asset, "system_owner", cast.employee, by=cast.coordinator)
    today = timezone.localdate()
    refusals = (
        {"because": "", "on": today},
        {"because": "Fordi", "on": today + timedelta(days=1)},
        {"because": "Fordi", "on": today - timedelta(days=1)},
    )
    for sent in refusals:
        assert post(browser, "asset_end", asset.pk, **sent).status_code == 400, sent
    assert post(browser, "asset_end", asset.pk, because="Slukket", on=today).status_code == 302
    asset.refresh_from_db()
    assert (asset.ended_on, asset.ended_because) == (today, "Slukket")
    assert not asset.has_owner(cast.employee)
    assert post(browser, "asset_end", asset.pk, because="Igen", on=today).status_code == 400
    with pytest.raises(Refused):
        change_asset(asset, by=cast.coordinator, values={"name": "Ny"}, edit_version=2)
