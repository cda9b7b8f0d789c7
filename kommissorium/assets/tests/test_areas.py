"""Areas and the settings of the registers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommissorium.assets.actions.areas import (
    add_area,
    change_area,
    change_register_settings,
    close_area,
)
from kommissorium.assets.actions.assets import add_asset, end_asset
from kommissorium.assets.models import Area, Kind, RegisterSettings
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused

Browser = Callable[[str], Client]
MOST_QUERIES = 12
ADDRESSES = ("areas", "area_new", "register_settings")


def post(browser: Client, address: str, /, *args: int, **values: Any) -> Any:
    return browser.post(reverse(address, args=args), values)


def test_only_the_coordinator_knows_of_them(cast: Cast, client_of: Browser) -> None:
    area = add_area(by=cast.coordinator, name="Social")
    for who in ("auditor", "member", "employee", "administrator", "executive"):
        for name in ADDRESSES:
            assert client_of(who).get(reverse(name)).status_code == 404, (who, name)
        assert post(client_of(who), "area_close", area.pk).status_code == 404
        with pytest.raises(PermissionDenied):
            add_area(by=cast.who(who), name="Ny")
        with pytest.raises(PermissionDenied):
            change_area(area, by=cast.who(who), name="Ny", head=None, edit_version=1)
        with pytest.raises(PermissionDenied):
            close_area(area, by=cast.who(who))


def test_the_list_counts_what_is_in_each_and_invites_when_empty(
    cast: Cast, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    assert reverse("area_new") in browser.get(reverse("areas")).content.decode()
    for number in range(20):
        area = add_area(by=cast.coordinator, name=f"Område {number}", head=cast.chair)
        values = {"name": f"System {number}", "area": area}
        add_asset(by=cast.coordinator, kind=Kind.SYSTEM, values=values)
    gone = add_asset(by=cast.coordinator, kind=Kind.ARCHIVE, values={"name": "Væk", "area": area})
    end_asset(gone, by=cast.coordinator, because="Tømt")
    with CaptureQueriesContext(connection) as asked:
        shown = browser.get(reverse("areas"))
    assert len(asked) <= MOST_QUERIES
    assert {count for _area, count in shown.context["areas"]} == {1}


def test_an_area_is_added_renamed_and_given_a_head(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    assert post(browser, "area_new", name=" ").status_code == 400
    assert post(browser, "area_new", name="Børn og skole").status_code == 302
    area = Area.objects.get(name="Børn og skole")
    sent = {"name": "Børn og unge", "head": cast.chair.pk, "edit_version": 1}
    assert post(browser, "area_change", area.pk, **sent).status_code == 302
    area.refresh_from_db()
    assert (area.name, area.head) == ("Børn og unge", cast.chair)
    assert cast.chair.name not in Event.objects.about(area).first().facts  # type: ignore[union-attr]
    answer = post(browser, "area_change", area.pk, **{**sent, "name": "Andet"})
    assert answer.status_code == 409
    with pytest.raises(Conflict):
        change_area(area, by=cast.coordinator, name="Tredje", head=None, edit_version=1)


def test_a_name_is_had_by_one(cast: Cast) -> None:
    add_area(by=cast.coordinator, name="Teknik")
    other = add_area(by=cast.coordinator, name="Social")
    add_area(by=cast.coordinator, name="Ældre og Økonomi")
    for name in ("teknik", " Teknik ", "ældre og økonomi", "ÆLDRE OG ØKONOMI"):
        with pytest.raises(Refused):
            add_area(by=cast.coordinator, name=name)
    with pytest.raises(Refused):
        change_area(other, by=cast.coordinator, name="TEKNIK", head=None, edit_version=1)


def test_an_area_is_closed_when_nothing_is_in_it(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    area = add_area(by=cast.coordinator, name="Social")
    values = {"name": "Fagsystemet", "area": area}
    asset = add_asset(by=cast.coordinator, kind=Kind.SYSTEM, values=values)
    refused = post(browser, "area_close", area.pk)
    assert refused.status_code == 400
    assert "1" in str(refused.context["sentences"])
    end_asset(asset, by=cast.coordinator, because="Slukket")
    assert browser.get(reverse("area_close", args=[area.pk])).status_code == 200
    assert post(browser, "area_close", area.pk).status_code == 302
    area.refresh_from_db()
    assert area.closed_on is not None
    assert post(browser, "area_change", area.pk, name="Ny", edit_version=1).status_code == 404
    with pytest.raises(Refused):
        close_area(area, by=cast.coordinator)
    with pytest.raises(Refused):
        change_area(area, by=cast.coordinator, name="Ny", head=None, edit_version=1)


def test_settings_are_saved_once_and_never_over_anothers(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    assert browser.get(reverse("register_settings")).status_code == 200
    assert not RegisterSettings.objects.exists(), "looking writes nothing"
    assert post(browser, "register_settings", many_assets=1, edit_version=1).status_code == 400
    sent = {"many_assets": 40, "committee": cast.committee.pk, "edit_version": 1}
    assert post(browser, "register_settings", **sent).status_code == 302
    kept = RegisterSettings.current()
    assert (kept.many_assets, kept.wheel_committee) == (40, cast.committee)
    assert post(browser, "register_settings", **{**sent, "many_assets": 50}).status_code == 409
    values: Any = {"committee": None, "many_assets": 10}
    with pytest.raises(PermissionDenied):
        change_register_settings(by=cast.auditor, **values, edit_version=2)
    change_register_settings(by=cast.coordinator, **values, edit_version=2)
    assert RegisterSettings.current().many_assets == 10
