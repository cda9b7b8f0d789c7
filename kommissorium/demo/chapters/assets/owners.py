"""New owners of assets without one, and successors of those who left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

from kommissorium.assets.actions.owners import appoint_to_many, hand_over
from kommissorium.assets.models import Asset, Criticality, Kind, Ownership
from kommissorium.demo.chapters.assets.tables import rows_of_kind
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows

CRITICAL = (Criticality.SOCIETY, Criticality.BUSINESS)


def tell_owners(town: Town) -> None:
    """Tell the appointments over time, and what was forgotten when somebody left."""
    days = town.almanac
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for kind in Kind:
        for row in rows_of_kind(kind):
            for told in row["senere"].split():
                months, who = told.split(":")
                found[int(months), who].append(row["ID"])
    for (since, who), ids in found.items():
        town.tell(days.ago(since, "11.20"), partial(_appoint, town, who, ids))
    town.tell_after(6, 16, partial(_succeed, town, "poul.vesterlund", "chair"), "13.15")
    town.tell_after(4, -18, partial(_take_most, town), "10.15")
    town.tell_after(3, 13, partial(_succeed, town, "peter.riis", "michael.strandby"), "10.15")


def answering(town: Town) -> list[Mapping[str, str]]:
    """Return the tables' facts about each owner of this story: what they read and answered."""
    return [row for row in rows("registers/owners.csv") if town.who(row["person"]) == row["person"]]


def _appoint(town: Town, who: str, ids: Sequence[str]) -> None:
    assets = list(Asset.objects.in_register().filter(local_id__in=ids))
    appoint_to_many(assets, town.person(who), by=town.coordinator())


def _succeed(town: Town, old: str, new: str) -> None:
    _hand_over(town, list(_roles(town, old)), new)


def _take_most(town: Town) -> None:
    """Give the new head the critical assets, and the archives. The rest was forgotten."""
    held = _roles(town, "camilla.rostgaard")
    wanted = [
        one for one in held if one.asset.criticality in CRITICAL or one.asset.kind == Kind.ARCHIVE
    ]
    _hand_over(town, wanted, "anders.kvist")


def _hand_over(town: Town, held: Sequence[Ownership], new: str) -> None:
    hand_over(held, town.person(new), by=town.coordinator())


def _roles(town: Town, who: str) -> Sequence[Ownership]:
    current = Ownership.objects.current().filter(person=town.people[who], asset__ended_on=None)
    return list(current.select_related("asset", "person"))
