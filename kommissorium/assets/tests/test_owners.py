"""Owners over time: appointed, released, handed over; and the rights to do so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from kommissorium.accounts.actions import close_login
from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person
from kommissorium.assets.actions.assets import add_asset, end_asset
from kommissorium.assets.actions.owners import appoint, appoint_to_many, hand_over, release
from kommissorium.assets.models import Asset, Ownership, Role, owned
from kommissorium.assets.parts import owners_part
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.tasks.tests.conftest import together


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Make everybody read English: refusals are read here as they are written in the code."""
    with translation.override("en"):
        yield


def add(cast: Cast, name: str = "Sagssystemet", kind: str = "system") -> Asset:
    since = timezone.localdate() - timedelta(days=200)
    return add_asset(by=cast.coordinator, kind=kind, values={"name": name}, registered_on=since)


def days_ago(number: int) -> date:
    return timezone.localdate() - timedelta(days=number)


def give(cast: Cast, asset: Asset, person: Person, ago: int = 100) -> Ownership:
    role = asset.wanted_roles[0]
    made = appoint(asset, role, person, by=cast.coordinator, from_date=days_ago(ago))
    assert made is not None
    return made


def is_owned(asset: Asset, ago: int = 0) -> bool:
    return Asset.objects.filter(owned(days_ago(ago)), pk=asset.pk).exists()


def test_a_role_goes_from_one_to_the_next_and_both_stay_known(cast: Cast) -> None:
    asset = add(cast)
    first = give(cast, asset, cast.member)
    second = give(cast, asset, cast.system_owner, ago=10)
    first.refresh_from_db()
    assert (first.to_date, second.to_date) == (days_ago(11), None)
    assert [is_owned(asset, ago) for ago in (101, 100, 11, 10, 0)] == [False] + 4 * [True]
    assert appoint(asset, Role.SYSTEM_OWNER, cast.system_owner, by=cast.coordinator) is None


def test_who_is_appointed_and_let_go_on_one_day_had_it_that_day(cast: Cast) -> None:
    asset = add(cast)
    first = give(cast, asset, cast.member, ago=0)
    give(cast, asset, cast.system_owner, ago=0)
    first.refresh_from_db()
    assert first.to_date == days_ago(0)


def test_a_role_that_ends_leaves_nobody_from_the_day_after(cast: Cast) -> None:
    asset = add(cast)
    row = give(cast, asset, cast.member)
    release(row, by=cast.coordinator, to_date=days_ago(3))
    assert [is_owned(asset, ago) for ago in (3, 2)] == [True, False]
    with pytest.raises(Refused, match="done already"):
        release(row, by=cast.coordinator)


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    asset, by = add(cast), cast.coordinator
    row = give(cast, asset, cast.member, ago=50)
    leaver = cast.deputy
    close_login(leaver, by=cast.administrator)
    tomorrow = days_ago(-1)
    for wrong in (
        lambda: appoint(asset, Role.ARCHIVE_OWNER, cast.chair, by=by),
        lambda: appoint(asset, Role.SYSTEM_OWNER, leaver, by=by),
        lambda: appoint(asset, Role.SYSTEM_OWNER, cast.chair, by=by, from_date=tomorrow),
        lambda: appoint(asset, Role.SYSTEM_OWNER, cast.chair, by=by, from_date=days_ago(60)),
        lambda: release(row, by=by, to_date=tomorrow),
        lambda: release(row, by=by, to_date=days_ago(51)),
    ):
        with pytest.raises(Refused):
            wrong()
    release(row, by=by, to_date=days_ago(20))
    with pytest.raises(Refused, match="until a later day"):
        appoint(asset, Role.SYSTEM_OWNER, cast.chair, by=by, from_date=days_ago(30))
    end_asset(asset, by=by, because="Lukket")
    with pytest.raises(Refused, match="taken out"):
        appoint(asset, Role.SYSTEM_OWNER, cast.chair, by=by)
    assert Ownership.objects.count() == 1


@pytest.mark.parametrize("who", ["administrator", "member", "auditor", "executive", "employee"])
def test_only_the_coordinator_appoints(cast: Cast, who: str) -> None:
    asset, by = add(cast), cast.who(who)
    row = give(cast, asset, by)
    for act in (
        lambda: appoint(asset, Role.MANAGER, cast.chair, by=by),
        lambda: release(row, by=by),
        lambda: hand_over([row], cast.chair, by=by),
        lambda: appoint_to_many([asset], cast.chair, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_many_roles_are_handed_over_or_none(cast: Cast) -> None:
    assets = [add(cast, f"System {number}") for number in range(4)]
    rows = [give(cast, asset, cast.member, ago=40) for asset in assets[:3]]
    rows.append(give(cast, assets[3], cast.member, ago=5))
    with pytest.raises(Refused, match="System 3: Somebody else has had it since"):
        hand_over(rows, cast.chair, by=cast.coordinator, from_date=days_ago(20))
    assert not Ownership.objects.filter(person=cast.chair).exists()
    assert hand_over(rows, cast.chair, by=cast.coordinator) == 4
    assert Ownership.objects.current().filter(person=cast.chair).count() == 4
    assert Ownership.objects.filter(person=cast.member, to_date=days_ago(1)).count() == 4


def test_a_role_somebody_else_got_meanwhile_is_not_handed_over(cast: Cast) -> None:
    asset = add(cast)
    stale = give(cast, asset, cast.member)
    give(cast, asset, cast.deputy, ago=2)
    with pytest.raises(Refused, match="changed meanwhile"):
        hand_over([stale], cast.chair, by=cast.coordinator)
    with pytest.raises(Refused, match="changed meanwhile"):
        appoint_to_many([asset], cast.chair, by=cast.coordinator)
    close_login(cast.deputy, by=cast.administrator)
    assert appoint_to_many([asset], cast.chair, by=cast.coordinator) == 1


def test_each_kind_gets_the_owner_it_wants(cast: Cast) -> None:
    assets = [add(cast, kind, kind) for kind in ("system", "data_set", "archive")]
    assert appoint_to_many(assets, cast.member, by=cast.coordinator) == 3
    assert set(Ownership.objects.values_list("asset__kind", "role")) == {
        ("system", "system_owner"),
        ("data_set", "data_owner"),
        ("archive", "archive_owner"),
    }


def test_who_has_left_owns_nothing_today_and_did_before(cast: Cast) -> None:
    asset = add(cast)
    give(cast, asset, cast.member)
    close_login(cast.member, by=cast.administrator)
    assert not is_owned(asset)
    assert is_owned(asset, ago=1)


def test_the_history_names_people_without_writing_their_names(cast: Cast) -> None:
    asset = add(cast)
    row = give(cast, asset, cast.member)
    release(row, by=cast.coordinator)
    events = list(Event.objects.about(asset))
    texts = [entry.text for entry in entries(events)]
    assert sum(cast.member.name in text for text in texts) == 2
    assert not any(cast.member.name in event.facts for event in events)


def test_the_part_of_the_page_shows_who_has_and_had_each_role(cast: Cast) -> None:
    asset = add(cast)
    first = give(cast, asset, cast.member)
    second = give(cast, asset, cast.chair, ago=3)
    found = owners_part(asset, cast.coordinator)
    place = found["places"][0]
    assert (place.role, place.now, place.earlier) == (Role.SYSTEM_OWNER, second, [first])
    assert [one.is_wanted for one in found["places"]] == [True, True, False]
    assert found["may_appoint"]
    assert not owners_part(asset, cast.member)["may_appoint"]


def test_of_two_who_appoint_at_once_one_follows_the_other(committing: Cast) -> None:
    cast, asset = committing, add(committing)

    def to(person: Person) -> object:
        return appoint(asset, Role.SYSTEM_OWNER, person, by=cast.coordinator)

    results = together(lambda: to(cast.member), lambda: to(cast.chair))
    assert all(isinstance(one, Ownership) for one in results)
    assert Ownership.objects.current().filter(asset=asset).count() == 1
    assert Ownership.objects.filter(asset=asset).count() == 2
