"""Documents waived for many assets at once: by coordinators, with a reason, and demanded again as one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommissorium.assets.actions.assets import end_asset
from kommissorium.assets.actions.documents import unwaive, waive
from kommissorium.assets.models import Asset, Kind, Required
from kommissorium.assets.tests.bulk_cases import change_at_once
from kommissorium.assets.tests.test_bulk import looked, press, put, undo, url_of
from kommissorium.conftest import Cast, queries_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused

type Browser = Callable[[Any], Client]
WHY = "Kører hos leverandøren"


def demanded(asset: Asset) -> Required:
    found = asset.required.select_related("asset", "type").first()
    assert found is not None
    return found


def waived(assets: list[Asset], type_: int) -> list[str]:
    rows = Required.objects.filter(asset__in=assets, type=type_).order_by("asset_id")
    return [row.waived_because for row in rows]


def test_many_are_waived_with_a_reason_and_demanded_again_as_one(
    cast: Cast, client_of: Browser
) -> None:
    assets = [put(cast, name) for name in ("Et", "To", "Tre")]
    one = demanded(assets[0])
    waive(demanded(assets[2]), by=cast.coordinator, because="Noget helt andet")
    form = {"waived": one.type_id, "waived_because": WHY}
    page = looked(client_of("coordinator"), assets, **form)
    assert f"{one.type.label}: {WHY}" in page and f"{one.type.label}: kræves" in page
    change = press(client_of("coordinator"), assets, **form)
    assert waived(assets, one.type_id) == [WHY, WHY, "Noget helt andet"]
    row = demanded(assets[1])
    assert row.waived_by == cast.coordinator and row.waived_at
    events = Event.objects.filter(act="assets.document_waived")
    assert events.count() == 3
    told = client_of("coordinator").get(reverse("asset_history", args=[assets[0].pk]))
    assert "fritaget" in told.content.decode().lower() or one.type.label in told.content.decode()
    assert undo(cast, change) == (2, 0)
    assert waived(assets, one.type_id) == ["", "", "Noget helt andet"]
    assert Event.objects.filter(act="assets.document_demanded_again").count() == 2
    assert not Event.objects.filter(act="assets.asset_put_back").exists()


def test_it_goes_with_other_changes_and_what_is_not_demanded_is_refused(
    cast: Cast, client_of: Browser
) -> None:
    system, archive = put(cast, "Et"), put(cast, "Papir", Kind.ARCHIVE)
    kinds = set(archive.required.values_list("type", flat=True))
    one = system.required.exclude(type__in=kinds).first()
    assert one is not None
    form = {"waived": one.type_id, "waived_because": WHY, "lifecycle": "in_use"}
    page = looked(client_of("coordinator"), [system, archive], **form)
    assert "Det kræves ikke her." in page
    change = press(client_of("coordinator"), [system, archive], **form)
    system.refresh_from_db()
    assert system.lifecycle == "in_use" and waived([system], one.type_id) == [WHY]
    undo(cast, change)
    system.refresh_from_db()
    assert system.lifecycle == "" and waived([system], one.type_id) == [""]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"waived_because": WHY}, "Vælg et dokument."),
        ({"waived": "type", "waived_because": ""}, "Skriv hvorfor"),
        ({"waived": "type", "waived_because": "x"}, "begrundelse"),
        ({"waived": "999999", "waived_because": WHY}, ""),
    ],
)
def test_what_is_not_told_whole_is_refused_beside_its_field(
    form: dict[str, str], said: str, cast: Cast, client_of: Browser
) -> None:
    asset = put(cast, "Et")
    key = str(demanded(asset).type_id)
    asked = {name: key if value == "type" else value for name, value in form.items()}
    answer = client_of("coordinator").post(url_of([asset]), asked)
    page = answer.content.decode()
    assert answer.status_code == 400 and 'aria-invalid="true"' in page and said in page
    assert asked["waived_because"] in page
    assert not Required.objects.waived().exists()


def test_only_coordinators_are_asked_and_no_other_waives(cast: Cast, client_of: Browser) -> None:
    asset = put(cast, "Et", owner="system_owner")
    one = demanded(asset)
    page = client_of("system_owner").get(url_of([asset])).content.decode()
    assert 'name="criticality"' in page and 'name="waived"' not in page
    client_of("system_owner").post(
        url_of([asset]), {"waived": one.type_id, "waived_because": WHY, "lifecycle": "in_use"}
    )
    with pytest.raises(Refused):
        change_at_once(cast.system_owner, [asset], {"waived": [one.type_id, WHY]})
    assert not Required.objects.waived().exists()
    assert client_of("employee").get(url_of([asset])).status_code in (403, 404)


def test_what_somebody_has_done_since_is_left_as_it_is(cast: Cast) -> None:
    assets = [put(cast, name) for name in ("Et", "To", "Tre", "Fire")]
    one = demanded(assets[0])
    change = change_at_once(cast.coordinator, assets, {"waived": [one.type_id, WHY]})
    rows = [demanded(asset) for asset in assets]
    unwaive(rows[0], by=cast.coordinator)
    unwaive(rows[1], by=cast.coordinator)
    waive(demanded(assets[1]), by=cast.coordinator, because="En ny begrundelse")
    end_asset(assets[2], by=cast.coordinator, because="Slukket")
    assert undo(cast, change) == (1, 3)
    assert waived(assets, one.type_id)[-1] == ""
    assert "En ny begrundelse" in waived(assets, one.type_id)


def test_many_ask_as_little_as_few(cast: Cast, client_of: Browser) -> None:
    assets = [put(cast, f"System {number:02}") for number in range(12)]
    form = {"waived": demanded(assets[0]).type_id, "waived_because": WHY}
    browser = client_of("coordinator")
    looked(browser, assets, **form)
    few = queries_of(lambda: looked(browser, assets[:2], **form))
    assert queries_of(lambda: looked(browser, assets, **form)) <= few


@given(st.lists(st.booleans(), min_size=4, max_size=4), st.permutations(range(4)))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undone_it_is_as_it_was_whichever_were_chosen(cast, before, order) -> None:
    assets = [put(cast, f"System {Asset.objects.count()}") for _ in range(4)]
    for asset, is_waived in zip(assets, before, strict=True):
        if is_waived:
            waive(demanded(asset), by=cast.coordinator, because="Det var den i forvejen")
    type_ = demanded(assets[0]).type_id
    was = waived(assets, type_)
    chosen = [assets[number] for number in order[:3]]
    if all(demanded(asset).waived_at for asset in chosen):
        return
    change = change_at_once(cast.coordinator, chosen, {"waived": [type_, WHY]})
    now = waived(assets, type_)
    assert all(now[assets.index(asset)] for asset in chosen)
    assert undo(cast, change) == (was_free(was, assets, chosen), 0)
    assert waived(assets, type_) == was


def was_free(was: list[str], assets: list[Asset], chosen: list[Asset]) -> int:
    """Return how many of the chosen had no waiver before."""
    return sum(not was[assets.index(asset)] for asset in chosen)


def test_a_part_that_is_not_for_them_cannot_be_undone_by_others(cast: Cast) -> None:
    asset = put(cast, "Et", owner="system_owner")
    type_ = demanded(asset).type_id
    change = change_at_once(cast.coordinator, [asset], {"waived": [type_, WHY]})
    with suppress(PermissionDenied, Refused):
        undo(cast, change, "system_owner")
    assert waived([asset], type_) == [WHY]
