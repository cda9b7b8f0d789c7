"""The figures of a day, counted a second time by hand from the dates of all that is counted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommissorium.assets.figures import COMPLETENESS, figures_on
from kommissorium.assets.models import (
    Area,
    Asset,
    DocumentType,
    Kind,
    Ownership,
    Relation,
    Role,
)
from kommissorium.assets.past_figures import past_figures_on
from kommissorium.assets.tests.figure_cases import (
    SPAN,
    counted,
    days_ago,
    give_papers,
    key_of,
    own,
    put,
)
from kommissorium.conftest import Cast

BY_DATE = (*COMPLETENESS[:9], "owners")  # what figures_on knows of days gone by

NEEDLESS = (",none,", "business")  # a system like this needs no data owner

# A life: when it came, whether and when it went, and who owned it when.
ago = st.integers(0, SPAN)
life = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(Kind.values),
        "area": st.sampled_from(["", "Borgerservice", "Ældre"]),
        "since": ago,
        "ended": st.none() | ago,
        "spans": st.lists(
            st.tuples(st.sampled_from(["member", "chair", "deputy"]), st.integers(0, 12)),
            max_size=4,
        ),
        "gap": st.integers(0, 9),
        "is_open": st.booleans(),
        "manager": st.booleans(),
        "papers": st.lists(st.tuples(ago, st.none() | st.integers(-5, SPAN)), max_size=3),
        "waived": st.none() | ago,
        "personal": st.sampled_from(["", ",none,", ",ordinary,"]),
        "criticality": st.sampled_from(["", "business"]),
        "data_owner": st.none() | ago,
        "inside": st.none() | st.integers(0, 7),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(life, max_size=8), asked=ago)
def test_the_figures_of_a_day_are_those_counted_by_hand_from_the_dates(
    cast: Cast, lives: list[dict[str, Any]], asked: int
) -> None:
    with transaction.atomic():
        world = _build(cast, lives)
        day = days_ago(asked)
        by_hand = _count(world, day)
        live = {key_of(row): counted(row) for row in figures_on(day)}
        exact = COMPLETENESS if asked == 0 else BY_DATE
        for key, row in live.items():
            expected = by_hand.get(key, Counter())
            assert {name: row[name] for name in exact} == {name: expected[name] for name in exact}
        assert set(by_hand) <= set(live)
        if asked:
            past = {key_of(row): counted(row) for row in past_figures_on(day)}
            assert past.keys() == live.keys()
            for key, row in past.items():
                expected = by_hand.get(key, Counter())
                assert row == {name: expected[name] for name in COMPLETENESS}, key
        transaction.set_rollback(True)


def _build(cast: Cast, lives: list[dict[str, Any]]) -> list[dict[str, Any]]:
    areas = {name: Area.objects.create(name=name) for name in ("Borgerservice", "Ældre")}
    paper = DocumentType.objects.create(name="Prøvedokument")
    for number, one in enumerate(lives):
        ended = None if one["ended"] is None else min(one["ended"], one["since"])
        fields = {"area": areas.get(one["area"]), "since": one["since"]}
        fields |= {"personal_data": one["personal"], "criticality": one["criticality"]}
        gone = None if ended is None else days_ago(ended)
        asset = put(f"Nr. {number}", one["kind"], **fields, ended_on=gone)
        one["ended"], one["held"] = ended, _held(cast, asset, one, ended)
        give_papers(asset, paper, one)
        one["asset"] = asset
    _store(lives)
    return lives


def _store(lives: list[dict[str, Any]]) -> None:
    """Store data sets in the system of their relation, where it is one."""
    for one in lives:
        place = one["inside"]
        outer = lives[place] if place is not None and place < len(lives) else None
        one["outer"] = outer if outer and outer["kind"] == "system" else None
        if one["kind"] == "data_set" and one["outer"]:
            ends = {"from_asset": one["asset"], "to_asset": one["outer"]["asset"]}
            Relation.objects.create(kind="stored_in", **ends)


def _held(cast: Cast, asset: Asset, one: dict[str, Any], ended: int | None) -> list[Any]:
    """Make one owner after the other, with gaps; return (who, first, last day ago or None)."""
    held, start = [], one["since"]
    for who, length in one["spans"]:
        end = start - length
        if end < (ended or 0):
            break
        own(asset, cast, who, start, end)
        held.append((who, start, end, True))
        start = end - 1 - one["gap"]
        if start < (ended or 0):
            break
    else:
        if one["is_open"] and ended is None:
            own(asset, cast, "head_of_it", start)
            held.append(("head_of_it", start, None, True))
    if one["kind"] == "system" and one["data_owner"] is not None:
        since = min(one["data_owner"], one["since"])
        row = {"asset": asset, "person": cast.chair, "role": Role.DATA_OWNER}
        Ownership.objects.create(**row, from_date=days_ago(since))
        held.append(("data", since, None, False))
    if one["manager"]:
        row = {"asset": asset, "person": cast.dpo, "role": Role.MANAGER}
        Ownership.objects.create(**row, from_date=days_ago(one["since"]))
        held.append(("dpo", one["since"], None, False))
    return held


def _count(world: list[dict[str, Any]], day: date) -> dict[str, Counter[str]]:
    """Count slowly and plainly, as somebody would with a list and a pencil."""
    back = (timezone.localdate() - day).days
    found: dict[str, Counter[str]] = {"whole": Counter()}
    people: dict[str, set[str]] = {}
    alike: Counter[tuple[str, int]] = Counter()
    for one in world:
        if one["since"] < back or (one["ended"] is not None and back <= one["ended"]):
            continue
        alike.update((who, since) for who, since, *_rest in _owners_on(one, back))
        for key in ("whole", one["area"]):
            row = found.setdefault(key, Counter())
            name = {"system": "systems", "data_set": "data_sets", "archive": "archives"}[
                one["kind"]
            ]
            row[name] += 1
            there = [h for h in one["held"] if h[1] >= back and (h[2] is None or h[2] <= back)]
            row[f"{name}_owned"] += any(is_owner for _who, _from, _to, is_owner in there)
            people.setdefault(key, set()).update(who for who, *_rest in there)
            row["unclassified"] += "" in (one["personal"], one["criticality"])
            if one["kind"] == "system" and (one["personal"], one["criticality"]) != NEEDLESS:
                row["data_systems"] += 1
                row["data_systems_owned"] += _has_data_owner(one, world, back)
            row["required"] += 1
            row.update([state] if (state := _paper_state(one, back)) else [])
    for key, names in people.items():
        found[key]["owners"] = len(names)
    found["whole"]["alike"] = max(alike.values(), default=0)  # nobody was asked to confirm it
    return found


def _has_data_owner(one: dict[str, Any], world: list[dict[str, Any]], back: int) -> bool:
    if any(who == "data" and since >= back for who, since, _to, _is_owner in one["held"]):
        return True
    for other in world:
        if other["kind"] != "data_set" or other["outer"] is not one or other["since"] < back:
            continue
        is_there = other["ended"] is None or back > other["ended"]
        held = [
            h for h in other["held"] if h[3] and h[1] >= back and (h[2] is None or h[2] <= back)
        ]
        if is_there and held:
            return True
    return False


def _owners_on(one: dict[str, Any], back: int) -> list[Any]:
    """Return who owned it on the day, in the role that its kind asks for."""
    there = [h for h in one["held"] if h[1] >= back and (h[2] is None or h[2] <= back)]
    return [h for h in there if h[3]]


def _paper_state(one: dict[str, Any], back: int) -> str:
    if one["waived"] is not None and one["waived"] >= back:
        return "waived"
    there = sorted((p for p in one["papers"] if p[0] >= back), key=lambda given: -given[0])
    if not there:
        return ""
    return "current" if there[-1][1] is None or there[-1][1] <= back else "expired"
