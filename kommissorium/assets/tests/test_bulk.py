"""Many assets changed at once: whose they are, who owns them, what their kind does not have."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.assets import add_asset, change_asset, end_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.asset_list import AssetList
from kommissorium.assets.models import Asset, Kind, Ownership, Required, Role
from kommissorium.assets.tests.bulk_cases import change_at_once
from kommissorium.assets.tests.figure_cases import days_ago
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.lists import undo_many
from kommissorium.registers.models import BulkChange

type Browser = Callable[[Any], Client]
MARK = re.compile(r'name="mark" value="(\w+)"')


def put(cast: Cast, name: str, kind: str = Kind.SYSTEM, owner: str = "", **values: Any) -> Asset:
    asset = add_asset(
        by=cast.coordinator,
        kind=kind,
        values={"name": name, **values},
        registered_on=days_ago(30),
    )
    if owner:
        person, role = cast.who(owner), asset.wanted_roles[0]
        appoint(asset, role, person, by=cast.coordinator, from_date=days_ago(20))
    return asset


def url_of(assets: Sequence[Asset]) -> str:
    chosen = "&".join(f"one={asset.pk}" for asset in assets)
    return f"{reverse('bulk_new', args=['assets'])}?{chosen}"


def looked(browser: Client, assets: Sequence[Asset], **form: Any) -> str:
    answer = browser.post(url_of(assets), form)
    assert answer.status_code == 200
    return str(answer.content.decode())


def press(browser: Client, assets: Sequence[Asset], **form: Any) -> BulkChange:
    mark = MARK.search(looked(browser, assets, **form))
    assert mark
    assert browser.post(url_of(assets), {**form, "mark": mark[1]}).status_code == 302
    return BulkChange.objects.latest("pk")


def undo(cast: Cast, change: BulkChange, who: str = "coordinator") -> tuple[int, int]:
    by = cast.who(who)
    rows = Asset.objects.visible_to(by)
    return undo_many(AssetList.bulk, change, rows, by=by)


def holders(asset: Asset) -> list[tuple[str, str, bool]]:
    rows = asset.ownerships.select_related("person").order_by("from_date", "pk")
    return [(row.role, row.person.name, row.to_date is None) for row in rows]


def test_criticality_of_thirty_systems_takes_few_presses_without_scripts(
    cast: Cast, client_of: Browser
) -> None:
    assets = [put(cast, f"System {number:02}") for number in range(30)]
    browser = client_of("coordinator")
    # The filter is shown, all that it finds are changed, what it does is shown, and done.
    listed = browser.get(reverse("assets"), {"criticality": "unset", "kind": "system"})
    assert 'name="all" value="1"' in listed.content.decode()
    url = f"{reverse('bulk_new', args=['assets'])}?criticality=unset&kind=system&all=1"
    assert browser.get(url).status_code == 200
    mark = MARK.search(browser.post(url, {"criticality": "business"}).content.decode())
    assert mark
    done = browser.post(url, {"criticality": "business", "mark": mark[1]}, follow=True)
    assert done.redirect_chain
    assert set(Asset.objects.values_list("criticality", flat=True)) == {"business"}
    assert Asset.objects.count() == len(assets)
    # What more it is to have is demanded at once.
    assert Required.objects.filter(type__code="contingency").count() == len(assets)
    told = browser.get(reverse("asset_history", args=[assets[0].pk])).content.decode()
    assert "sammen med andre" in told


def test_owner_area_state_and_criticality_change_together_and_come_back(
    cast: Cast, client_of: Browser
) -> None:
    assets = [
        put(cast, "Et", owner="system_owner"),
        put(cast, "To"),
        put(cast, "Tre", Kind.ARCHIVE),
    ]
    before = [holders(asset) for asset in assets]
    form = {
        "criticality": "society",
        "lifecycle": "in_use",
        "owner": cast.deputy.pk,
        "since": days_ago(2).isoformat(),
    }
    page = looked(client_of("coordinator"), assets, **form)
    assert cast.system_owner.name in page and cast.deputy.name in page
    change = press(client_of("coordinator"), assets, **form)
    role = Role.SYSTEM_OWNER
    assert holders(assets[0]) == [
        (role, cast.system_owner.name, False),
        (role, cast.deputy.name, True),
    ]
    assert holders(assets[2]) == [(Role.ARCHIVE_OWNER, cast.deputy.name, True)]
    made = Ownership.objects.current().get(asset=assets[0])
    assert made.from_date == days_ago(2)
    acts = list(Event.objects.about(assets[0]).order_by("-seq").values_list("act", flat=True)[:2])
    assert acts == ["assets.owner_appointed", "assets.asset_changed"]
    assert undo(cast, change) == (3, 0)
    assert [[one[1:] for one in holders(asset) if one[2]] for asset in assets] == [
        [one[1:] for one in then if one[2]] for then in before
    ]
    assets[0].refresh_from_db()
    assert (assets[0].criticality, assets[0].lifecycle) == ("", "")
    told = client_of("coordinator").get(reverse("asset_history", args=[assets[0].pk]))
    assert "Sat tilbage som før" in told.content.decode()


def test_an_owner_changes_their_own_and_not_what_they_may_only_read(
    cast: Cast, client_of: Browser
) -> None:
    own, other = put(cast, "Mit", owner="system_owner"), put(cast, "Andres")
    browser = client_of("system_owner")
    assert 'name="owner"' not in browser.get(url_of([own])).content.decode()
    # What is out of sight is not among those chosen.
    assert browser.get(url_of([other])).status_code == 400
    press(browser, [own, other], criticality="business", owner=cast.system_owner.pk)
    other.refresh_from_db()
    own.refresh_from_db()
    assert (own.criticality, other.criticality) == ("business", "")
    assert Event.objects.about(own).latest("seq").actor == str(cast.system_owner.pseudonym)
    assert holders(other) == []
    # Who reads all and owns one is told which they may not change.
    appoint(own, Role.MANAGER, cast.member, by=cast.coordinator)
    reader = client_of("member")
    page = looked(reader, [own, other], criticality="society")
    assert "Du er ikke ejer af det." in page
    change = press(reader, [own, other], criticality="society")
    other.refresh_from_db()
    assert (change.rows.count(), other.criticality) == (1, "")
    with pytest.raises(PermissionDenied):
        undo(cast, change, "system_owner")
    assert client_of("system_owner").get(change.get_absolute_url()).status_code == 404


def test_what_a_kind_does_not_have_and_what_is_over_is_refused_in_words(
    cast: Cast, client_of: Browser
) -> None:
    archive, system = put(cast, "Arkivet", Kind.ARCHIVE), put(cast, "Systemet")
    gone = put(cast, "Nedlagt")
    end_asset(gone, by=cast.coordinator, because="Brugt op")
    chosen, browser = [archive, system, gone], client_of("coordinator")
    page = looked(browser, chosen, hosting="cloud")
    assert "Den slags har ikke det felt." in page
    assert "taget ud af registeret" in page
    assert press(browser, chosen, hosting="cloud").rows.get().thing_id == system.pk
    page = looked(browser, chosen, owner=cast.deputy.pk, role=Role.ARCHIVE_OWNER)
    assert "Den slags har ikke den rolle." in page
    assert client_of("coordinator").post(url_of(chosen), {"role": "manager"}).status_code == 400
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    wish = {"owner": cast.deputy.pk, "since": tomorrow}
    assert browser.post(url_of(chosen), wish).status_code == 400


def test_an_owner_is_not_put_in_before_another_who_had_it(cast: Cast, client_of: Browser) -> None:
    asset = put(cast, "Ejet", owner="system_owner")
    wish = {"owner": cast.deputy.pk, "since": days_ago(25).isoformat()}
    page = looked(client_of("coordinator"), [asset], **wish)
    assert 'name="mark"' in page and 'class="button button-primary"' not in page
    same = looked(client_of("coordinator"), [asset], owner=cast.system_owner.pk)
    assert 'class="button button-primary"' not in same


def test_undoing_leaves_an_owner_that_is_another_since_and_one_of_more_than_a_day(
    cast: Cast, client_of: Browser
) -> None:
    first, second = put(cast, "Et", owner="system_owner"), put(cast, "To")
    wish = ["", cast.deputy.pk, timezone.localdate().isoformat()]
    change = change_at_once(cast.coordinator, [first, second], {"owner": wish})
    appoint(second, Role.SYSTEM_OWNER, cast.member, by=cast.coordinator)
    with time_is(in_days(1, 12)), pytest.raises(Refused):
        undo(cast, change)
    assert undo(cast, change) == (1, 1)
    assert [one[1] for one in holders(first) if one[2]] == [cast.system_owner.name]
    assert [one[1] for one in holders(second) if one[2]] == [cast.member.name]


def test_fields_are_put_back_also_later_and_by_a_coordinator_only_or_who_did_it(
    cast: Cast, client_of: Browser
) -> None:
    own = put(cast, "Mit", owner="system_owner")
    change = change_at_once(cast.system_owner, [own], {"criticality": "society"})
    assert client_of("auditor").get(change.get_absolute_url()).status_code == 200
    undo_url = reverse("bulk_undo", args=[change.pk])
    assert client_of("auditor").post(undo_url).status_code == 403
    assert client_of("member").post(undo_url).status_code == 404
    with time_is(in_days(40, 12)):
        assert undo(cast, change, "system_owner") == (1, 0)
    own.refresh_from_db()
    assert own.criticality == ""
    # Who owns it no more cannot put it back.
    change = change_at_once(cast.system_owner, [own], {"criticality": "society"})
    appoint(own, Role.SYSTEM_OWNER, cast.deputy, by=cast.coordinator)
    with pytest.raises(Refused):
        undo(cast, change, "system_owner")


def test_who_no_longer_appoints_owners_takes_no_appointment_back(
    cast: Cast, client_of: Browser
) -> None:
    asset = put(cast, "Et", owner="system_owner")
    asset.refresh_from_db()
    wish = ["", cast.deputy.pk, timezone.localdate().isoformat()]
    change = change_at_once(cast.coordinator, [asset], {"owner": wish})
    appoint(asset, Role.MANAGER, cast.coordinator, by=cast.coordinator)
    cast.coordinator.roles.all().delete()
    by = Person.objects.get(pk=cast.coordinator.pk)
    assert asset.can_be_changed_by(by) and not Asset.can_be_added_by(by)
    with pytest.raises(Refused):
        undo_many(AssetList.bulk, change, Asset.objects.visible_to(by), by=by)


def test_nobody_who_has_left_becomes_an_owner_again(cast: Cast, client_of: Browser) -> None:
    asset = put(cast, "Et", owner="system_owner")
    wish = ["", cast.deputy.pk, timezone.localdate().isoformat()]
    change = change_at_once(cast.coordinator, [asset], {"owner": wish})
    Person.objects.filter(pk=cast.system_owner.pk).update(is_active=False)
    with pytest.raises(Refused):
        undo(cast, change)
    assert [one[1] for one in holders(asset) if one[2]] == [cast.deputy.name]


def test_the_second_of_two_editors_is_told(cast: Cast, client_of: Browser) -> None:
    asset, form = put(cast, "Et"), {"criticality": "society"}
    mark = MARK.search(looked(client_of("coordinator"), [asset], **form))
    assert mark
    values = {"criticality": "business"}
    change_asset(asset, by=cast.coordinator, values=values, edit_version=asset.edit_version)
    answer = client_of("coordinator").post(url_of([asset]), {**form, "mark": mark[1]})
    assert answer.status_code == 409
    asset.refresh_from_db()
    assert asset.criticality == "business"


def test_a_new_asset_gets_its_first_owners_with_it(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    address = reverse("asset_new", args=["system"])
    form = {"name": "Ny", "system_owner": cast.system_owner.pk, "data_owner": cast.deputy.pk}
    assert browser.post(address, {**form, "data_owner": "9999999"}).status_code == 400
    assert not Asset.objects.exists()
    assert browser.post(address, form).status_code == 302
    asset = Asset.objects.get()
    assert {one[:2] for one in holders(asset)} == {
        (Role.SYSTEM_OWNER, cast.system_owner.name),
        (Role.DATA_OWNER, cast.deputy.name),
    }
    acts = list(Event.objects.about(asset).order_by("seq").values_list("act", flat=True))
    assert acts == ["assets.asset_added", *["assets.owner_appointed"] * 2]
    archive = reverse("asset_new", args=["archive"])
    assert browser.post(archive, {"name": "A", "system_owner": cast.deputy.pk}).status_code == 302
    assert not Asset.objects.get(name="A").ownerships.exists()


def test_one_field_is_changed_alone_and_leads_back(cast: Cast, client_of: Browser) -> None:
    asset = put(cast, "Et", owner="system_owner", alias="Gammelt", purpose="Bliver stående")
    browser = client_of("system_owner")
    page = browser.get(asset.get_absolute_url()).content.decode()
    address = reverse("asset_change_field", args=[asset.pk, "criticality"])
    assert f'href="{address}"' in page
    form = browser.get(address).content.decode()
    assert 'name="criticality"' in form and 'name="alias"' not in form
    version = asset.edit_version
    done = browser.post(address, {"criticality": "society", "edit_version": version})
    assert (done.status_code, done["Location"]) == (302, asset.get_absolute_url())
    asset.refresh_from_db()
    assert (asset.criticality, asset.alias, asset.purpose) == (
        "society",
        "Gammelt",
        "Bliver stående",
    )
    stale = browser.post(address, {"criticality": "business", "edit_version": version})
    assert stale.status_code == 409
    for name in ("agreements", "place", "kind", "ended_on", "nothing"):
        assert browser.get(reverse("asset_change_field", args=[asset.pk, name])).status_code == 404
    back = {"criticality": "business", "edit_version": asset.edit_version}
    listed = "/assets/?q=x#one-7"
    for where, leads in ((listed, listed), ("https://example.net/", None)):
        answer = browser.post(f"{address}?{urlencode({'back': where})}", back)
        assert answer["Location"] == (leads or asset.get_absolute_url())
        asset.refresh_from_db()
        back["edit_version"] = asset.edit_version


def test_cells_of_the_list_lead_to_what_changes_them(cast: Cast, client_of: Browser) -> None:
    own, other = put(cast, "Mit", owner="member"), put(cast, "Andres", owner="deputy")
    page = client_of("member").get(reverse("assets"), {"change": "1", "q": "e"}).content.decode()
    assert reverse("asset_change_field", args=[own.pk, "criticality"]) not in page
    page = client_of("member").get(reverse("assets"), {"change": "1"}).content.decode()
    assert reverse("asset_change_field", args=[own.pk, "criticality"]) in page
    assert reverse("asset_change_field", args=[other.pk, "criticality"]) not in page
    assert reverse("owner_appoint", args=[own.pk, "system_owner"]) not in page
    page = client_of("coordinator").get(reverse("assets"), {"change": "1"}).content.decode()
    address = reverse("owner_appoint", args=[other.pk, "system_owner"])
    assert f"{address}?back=" in page
    assert f"%23one-{other.pk}" in page, "the keyboard goes on at the row"
    quiet = client_of("coordinator").get(reverse("assets")).content.decode()
    assert "cell-change" not in quiet
