"""An asset's page: its content by reader, its relations to others, its history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.assets import map as map_module
from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.actions.assets import add_asset, change_asset, end_asset, relate
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.facts import hours, shown_of
from kommissorium.assets.map import LARGE, LETTERS, SMALL, draw, neighbours
from kommissorium.assets.models import Agreement, Asset, Kind, Supplier
from kommissorium.conftest import MOST_OF_PARTS, Cast, queries_of

Browser = Callable[[str], Client]
MOST_QUERIES = 12


def put(cast: Cast, name: str = "Borgerportalen", kind: str = Kind.SYSTEM, **values: Any) -> Asset:
    """Put an asset into the register."""
    return add_asset(by=cast.coordinator, kind=kind, values={"name": name, **values})


def own(cast: Cast, asset: Asset) -> None:
    """Make the member, who is nobody else in the cast, own the asset."""
    role = {"system": "system_owner", "data_set": "data_owner", "archive": "archive_owner"}
    appoint(asset, role[asset.kind], cast.employee, by=cast.coordinator)


def page(browser: Client, name: str, *args: int) -> Any:
    return browser.get(reverse(name, args=args))


def test_it_says_what_is_known_and_asks_for_what_matters(cast: Cast) -> None:
    asset = put(cast, mtd=72, rto=8, criticality="business", personal_data=["cpr", "ordinary"])
    facts = {fact.name: fact for row in shown_of(asset) for fact in row.facts}
    assert facts["personal_data"].text.count(",") == 1
    assert facts["mtd"].text == hours(72) != hours(48)
    assert facts["purpose"].text == ""
    assert "rpo" not in facts, "what nobody needs to ask for is not shown"


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_has_a_page_of_its_own_fields(cast: Cast, client_of: Browser, kind: str) -> None:
    asset = put(cast, kind=kind)
    text = page(client_of("coordinator"), "asset", asset.pk).content.decode()
    assert ("edit/place/" in text) == (kind == Kind.ARCHIVE)
    assert ("edit/contract/" in text) == (kind != Kind.ARCHIVE)


def test_only_an_address_becomes_a_link(cast: Cast, client_of: Browser) -> None:
    asset = put(cast, contract="https://sager.example/12", processing_record="Sag 12/34")
    text = page(client_of("auditor"), "asset", asset.pk).content.decode()
    assert 'href="https://sager.example/12"' in text
    assert "Sag 12/34" in text
    assert 'href="Sag' not in text


def test_others_than_readers_and_owners_do_not_know_of_it(cast: Cast, client_of: Browser) -> None:
    asset = put(cast)
    names = ("asset", "asset_history", "asset_map", "asset_change", "asset_end", "relation_new")
    for name in names:
        assert page(client_of("employee"), name, asset.pk).status_code == 404, name
    own(cast, asset)
    for name, status in zip(names, (200, 200, 200, 200, 403, 200), strict=True):
        assert page(client_of("employee"), name, asset.pk).status_code == status, name
    assert page(client_of("auditor"), "asset", asset.pk).status_code == 200
    assert page(client_of("auditor"), "asset_change", asset.pk).status_code == 403


def test_the_head_of_an_area_reads_and_does_not_change(cast: Cast, client_of: Browser) -> None:
    area = add_area(by=cast.coordinator, name="Borgerservice", head=cast.employee)
    asset = put(cast, area=area)
    shown = page(client_of("employee"), "asset", asset.pk)
    assert shown.status_code == 200
    assert reverse("asset_change", args=[asset.pk]) not in shown.content.decode()
    assert page(client_of("employee"), "asset_change", asset.pk).status_code == 403


def test_an_ended_asset_can_still_be_read(cast: Cast, client_of: Browser) -> None:
    asset = put(cast)
    end_asset(asset, by=cast.coordinator, because="Aftalen er udløbet")
    shown = page(client_of("coordinator"), "asset", asset.pk)
    assert "Aftalen er udløbet" in shown.content.decode()
    assert not shown.context["may_change"]
    assert page(client_of("coordinator"), "asset_change", asset.pk).status_code == 400


def test_its_history_tells_what_was_changed_and_names_only_what_one_may_read(
    cast: Cast, client_of: Browser
) -> None:
    asset, other = put(cast), put(cast, "Lønsystemet")
    own(cast, asset)
    change_asset(asset, by=cast.employee, values={"purpose": "Selvbetjening"}, edit_version=1)
    relate(asset, "feeds", other, by=cast.coordinator)
    hers = page(client_of("employee"), "asset_history", asset.pk).content.decode()
    assert "Lønsystemet" not in hers
    assert cast.employee.name in hers
    everything = page(client_of("auditor"), "asset_history", asset.pk).content.decode()
    assert "Lønsystemet" in everything
    assert (
        "Borgerportalen" in page(client_of("auditor"), "asset_history", other.pk).content.decode()
    )


def test_the_map_reaches_two_steps_and_not_three(cast: Cast) -> None:
    chain = [put(cast, name) for name in ("Et", "To", "Tre", "Fire")]
    for first, second in pairwise(chain):
        relate(first, "feeds", second, by=cast.coordinator)
    picture = draw(chain[0], neighbours(chain[0], cast.coordinator), LARGE)
    assert [box.asset.name for box in picture.boxes] == ["Et", "To", "Tre"]
    assert len(picture.arrows) == 2
    middle = draw(chain[1], neighbours(chain[1], cast.coordinator), LARGE)
    assert {box.asset.name: box.column for box in middle.boxes} == {
        "To": 0,
        "Et": -1,
        "Tre": 1,
        "Fire": 2,
    }


def test_the_map_says_how_many_had_no_room(cast: Cast, client_of: Browser) -> None:
    server = put(cast, "Serveren")
    for number in range(SMALL.boxes + 3):
        relate(put(cast, f"System {number}"), "runs_on", server, by=cast.coordinator)
    near = neighbours(server, cast.coordinator)
    assert draw(server, near, SMALL).left_out == 3
    assert draw(server, near, LARGE).left_out == 0
    text = page(client_of("coordinator"), "asset_map", server.pk).content.decode()
    assert text.count("<rect") == SMALL.boxes + 4


def test_a_hub_of_very_many_is_counted_though_not_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_module, "MOST_READ", 2)
    server = put(cast, "Serveren")
    for number in range(5):
        relate(put(cast, f"System {number}"), "runs_on", server, by=cast.coordinator)
    near = neighbours(server, cast.coordinator)
    assert (len(near.related), near.count) == (2, 5)
    assert draw(server, near, LARGE).left_out == 3


def test_the_map_and_the_list_show_an_owner_nothing_of_others(
    cast: Cast, client_of: Browser
) -> None:
    mine, other, secret = put(cast), put(cast, "Min anden"), put(cast, "Hemmeligheden")
    own(cast, mine)
    own(cast, other)
    relate(mine, "stored_in", secret, by=cast.coordinator)
    relate(mine, "feeds", other, by=cast.coordinator)
    relate(other, "feeds", secret, by=cast.coordinator)
    for name in ("asset", "asset_map"):
        text = page(client_of("employee"), name, mine.pk).content.decode()
        assert "Min anden" in text
        assert "Hemmeligheden" not in text


def test_relations_both_ways_are_drawn_apart(cast: Cast) -> None:
    one, two = put(cast, "Et"), put(cast, "To")
    relate(one, "feeds", two, by=cast.coordinator)
    relate(two, "feeds", one, by=cast.coordinator)
    arrows = draw(one, neighbours(one, cast.coordinator), SMALL).arrows
    assert len({arrow.y for arrow in arrows}) == 2


def test_long_names_keep_within_their_boxes(cast: Cast) -> None:
    one = put(cast, "Å" * 200)
    (box,) = draw(one, neighbours(one, cast.coordinator), SMALL).boxes
    assert [len(line) <= LETTERS for line in box.lines] == [True, True]
    assert box.lines[0].endswith("-")
    assert box.lines[1].endswith("…")


@pytest.mark.parametrize("who", ["coordinator", "member", "employee"])
def test_the_page_asks_few_questions_however_much_there_is(
    cast: Cast, client_of: Browser, who: str
) -> None:
    area = add_area(by=cast.coordinator, name="Social", head=cast.chair)
    supplier = Supplier.objects.create(name="Fjordsoft")
    agreements = [Agreement.objects.create(supplier=supplier, title=title) for title in "AB"]
    values = {"supplier": supplier, "agreements": agreements, "personal_data": "sensitive"}
    browser, counted = client_of(who), []
    for many in (2, 8):
        asset = put(cast, f"Hovedsystem {many}", area=area, used_by=[area], **values)
        others = [put(cast, f"System {many}.{number}") for number in range(many)]
        for one in (asset, *others):
            own(cast, one)
        for one in others:
            relate(asset, "feeds", one, by=cast.coordinator)
            relate(one, "runs_on", others[0], by=cast.coordinator) if one != others[0] else None
        page(browser, "asset", asset.pk)
        names = ("asset", "asset_map", "asset_history")
        counted.append([queries_of(partial(page, browser, name, asset.pk)) for name in names])
    assert counted[0] == counted[1]
    assert counted[1][0] <= MOST_OF_PARTS
    assert max(counted[1][1:]) <= MOST_QUERIES


def test_a_contract_that_has_expired_says_so(cast: Cast) -> None:
    asset = put(cast, contract_ends=timezone.localdate() - timedelta(days=1))
    facts = {fact.name: fact for row in shown_of(asset) for fact in row.facts}
    assert facts["contract_ends"].warning
