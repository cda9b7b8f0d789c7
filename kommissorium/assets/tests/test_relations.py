"""Relations between assets: added, found, refused and removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from kommissorium.assets.actions.assets import add_asset, end_asset, relate, unrelate
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.models import Asset, Kind, Relation
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused

Browser = Callable[[str], Client]


@pytest.fixture
def two(cast: Cast) -> tuple[Asset, Asset]:
    """A system of the employee's, and one of nobody's."""
    names = ("Borgerportalen", "Ærøs Server")
    mine, other = (
        add_asset(by=cast.coordinator, kind=Kind.SYSTEM, values={"name": name}) for name in names
    )
    appoint(mine, "system_owner", cast.employee, by=cast.coordinator)
    return mine, other


def search(browser: Client, asset: Asset, words: str) -> Any:
    return browser.get(reverse("relation_new", args=[asset.pk]), {"q": words})


def add(browser: Client, asset: Asset, other: Asset, kind: str, words: str) -> Any:
    address = f"{reverse('relation_new', args=[asset.pk])}?q={words}"
    return browser.post(address, {"other": other.pk, "kind": kind})


def test_one_searches_chooses_and_says(
    cast: Cast, client_of: Browser, two: tuple[Asset, Asset]
) -> None:
    (mine, other), browser = two, client_of("coordinator")
    assert search(browser, mine, "").context["found"] == []
    assert search(browser, mine, "server").context["found"] == [other]
    assert search(browser, mine, "ÆRØS server").context["found"] == [other]
    assert search(browser, mine, "findes ikke").context["found"] == []
    assert add(browser, mine, other, "runs_on", "server").status_code == 302
    relation = Relation.objects.get()
    assert (relation.from_asset, relation.kind, relation.to_asset) == (mine, "runs_on", other)
    assert add(browser, mine, other, "feeds-back", "server").status_code == 302
    assert Relation.objects.filter(from_asset=other, kind="feeds", to_asset=mine).exists()
    for subject in two:
        acts = Event.objects.about(subject).values_list("act", flat=True)
        assert list(acts).count("assets.relation_added") == 2


def test_what_was_not_found_or_makes_no_sense_is_refused(
    cast: Cast, client_of: Browser, two: tuple[Asset, Asset]
) -> None:
    (mine, other), browser = two, client_of("coordinator")
    assert add(browser, mine, other, "runs_on", "findes+ikke").status_code == 400
    assert add(browser, mine, other, "eats", "server").status_code == 400
    assert add(browser, mine, mine, "feeds", "borger").status_code == 400
    assert add(browser, mine, other, "feeds", "server").status_code == 302
    assert add(browser, mine, other, "feeds", "server").status_code == 400
    with pytest.raises(Refused):
        relate(mine, "feeds", mine, by=cast.coordinator)
    end_asset(other, by=cast.coordinator, because="Slukket")
    with pytest.raises(Refused):
        relate(mine, "runs_on", other, by=cast.coordinator)
    assert Relation.objects.count() == 1


def test_an_owner_relates_only_to_what_she_may_read(
    cast: Cast, client_of: Browser, two: tuple[Asset, Asset]
) -> None:
    mine, other = two
    assert search(client_of("employee"), mine, "server").context["found"] == []
    with pytest.raises(Refused):
        relate(mine, "feeds", other, by=cast.employee)
    with pytest.raises(PermissionDenied):
        relate(other, "feeds", mine, by=cast.employee)
    appoint(other, "manager", cast.employee, by=cast.coordinator)
    assert relate(mine, "feeds", other, by=cast.employee).pk


def test_a_relation_is_removed_by_who_may_change_one_of_the_two(
    cast: Cast, client_of: Browser, two: tuple[Asset, Asset]
) -> None:
    mine, other = two
    relation = relate(mine, "feeds", other, by=cast.coordinator)
    address = reverse("relation_end", args=[mine.pk, relation.pk])
    assert client_of("auditor").post(address).status_code == 403
    assert client_of("employee").post(address).status_code == 404, "she does not know the other"
    with pytest.raises(PermissionDenied):
        unrelate(relation, by=cast.auditor)
    assert client_of("coordinator").get(address).status_code == 200
    assert client_of("coordinator").post(address).status_code == 302
    assert not Relation.objects.exists()
    assert client_of("coordinator").post(address).status_code == 404
    with pytest.raises(Refused):
        unrelate(relation, by=cast.coordinator)


def test_many_found_are_cut_and_said_so(
    cast: Cast, client_of: Browser, two: tuple[Asset, Asset]
) -> None:
    for number in range(35):
        add_asset(by=cast.coordinator, kind=Kind.SYSTEM, values={"name": f"Server {number}"})
    add_asset(by=cast.coordinator, kind=Kind.SYSTEM, values={"name": "A", "purpose": "Server"})
    answer = search(client_of("coordinator"), two[0], "SERVER")
    assert {one.name[:6] for one in answer.context["found"]} == {"Server"}, "names come first"
    assert len(answer.context["found"]) == 30
    assert answer.context["there_are_more"]
