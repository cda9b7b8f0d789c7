"""Visibility of assets and risks to a person, told twice: by the queries, and row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kommissorium.accounts.models import Person
from kommissorium.assets.models import (
    Agreement,
    Area,
    Asset,
    AssetDocument,
    DocumentType,
    Ownership,
    Role,
    Supplier,
    reads_whole_register,
)
from kommissorium.conftest import PEOPLE, Cast
from kommissorium.core.tests.deep import examples
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    PlanAction,
    Scale,
    Scenario,
)
from kommissorium.tasks.models import Task

LIMITED = ("system_owner", "employee", "administrator")  # who does not read all of the registers
SEVERAL = 3  # areas, assets, suppliers
WHO = st.sampled_from(LIMITED)
ONE = st.integers(0, SEVERAL - 1)


@dataclass(frozen=True)
class Plan:
    """Plan of who is connected with what: people by name, things by number."""

    heads: list[str | None]  # of each area
    places: list[tuple[int | None, int | None]]  # area and supplier of each asset
    owned: list[tuple[int, str, bool]]  # asset, by whom, and whether they are so no more
    overseen: list[tuple[int, str | None, bool]]  # supplier, by whom, and whether it has ended
    assessed: list[tuple[str, int | None, list[int], list[str | None]]]  # by, area, assets, owners


PLANS = st.builds(
    Plan,
    heads=st.lists(st.none() | WHO, min_size=SEVERAL, max_size=SEVERAL),
    places=st.lists(
        st.tuples(st.none() | ONE, st.none() | ONE), min_size=SEVERAL, max_size=SEVERAL
    ),
    owned=st.lists(st.tuples(ONE, WHO, st.booleans()), max_size=4),
    overseen=st.lists(st.tuples(ONE, st.none() | WHO, st.booleans()), max_size=4),
    assessed=st.lists(
        st.tuples(
            st.sampled_from([*LIMITED, "member"]),
            st.none() | ONE,
            st.lists(ONE, unique=True),
            st.lists(st.none() | WHO, max_size=3),
        ),
        max_size=4,
    ),
)


def put(cast: Cast, plan: Plan) -> None:
    """Write all that the plan says, and a document of each asset, one of them taken away."""
    now, today = timezone.now(), timezone.localdate()
    areas = [
        Area.objects.create(name=f"Område {number}", head=cast.who(head) if head else None)
        for number, head in enumerate(plan.heads)
    ]
    suppliers = [Supplier.objects.create(name=f"Firma {number}") for number in range(SEVERAL)]
    kind = DocumentType.objects.all()[0]
    assets = []
    for number, (area, supplier) in enumerate(plan.places):
        asset = Asset.objects.create(
            kind="system",
            name=f"System {number}",
            area=areas[area] if area is not None else None,
            supplier=suppliers[supplier] if supplier is not None else None,
            registered_on=today,
            created_at=now,
            changed_at=now,
        )
        AssetDocument.objects.create(
            asset=asset,
            type=kind,
            source="link",
            label="Plan",
            url="https://example.org/",
            dated_on=today,
            added_by=cast.coordinator,
            added_at=now,
        )
        assets.append(asset)
    for role, (place, who, is_over) in zip(Role, plan.owned, strict=False):
        Ownership.objects.create(
            asset=assets[place],
            person=cast.who(who),
            role=role,
            from_date=today,
            to_date=today if is_over else None,
        )
    for place, responsible, is_over in plan.overseen:
        Agreement.objects.create(
            supplier=suppliers[place],
            title="Aftale",
            responsible=cast.who(responsible) if responsible else None,
            ended_on=today if is_over else None,
        )
    _put_risks(cast, plan, areas, assets)


def _put_risks(cast: Cast, plan: Plan, areas: Sequence[Area], assets: Sequence[Asset]) -> None:
    now, today = timezone.now(), timezone.localdate()
    scale, risks = Scale.objects.all()[0], list[Scenario]()
    for maker, area, about, owners in plan.assessed:
        assessment = Assessment.objects.create(
            scope="assets",
            title="Vurdering",
            area=areas[area] if area is not None else None,
            scale=scale,
            assessed_on=today,
            assessor=cast.who(maker),
            created_by=cast.who(maker),
            created_at=now,
        )
        assessment.assets.set([assets[place] for place in about])
        for owner in owners:
            risk = Scenario.objects.create(
                assessment=assessment,
                group="physical",
                title="Brand",
                owner=cast.who(owner) if owner else None,
            )
            risks.append(risk)
            PlanAction.objects.create(scenario=risk, task=_task(cast), first_due=today)
    for some in (risks[:1], risks[1:], risks[::2]):
        _accept(cast, some)


def _task(cast: Cast) -> Task:
    now, today = timezone.now(), timezone.localdate()
    return Task.objects.create(title="Opgave", owner=cast.member, due=today, created_at=now)


def _accept(cast: Cast, risks: Sequence[Scenario]) -> None:
    accepted = Acceptance.objects.create(
        reason="Det koster mere at gøre noget.",
        amount=1,
        measure_cost=1,
        budget_year=timezone.localdate().year,
        expires_on=timezone.localdate(),
        proposed_by=cast.coordinator,
        proposed_at=timezone.now(),
    )
    for risk in risks:
        AcceptedRisk.objects.create(
            acceptance=accepted,
            scenario=risk,
            lineage=risk.lineage,
            likelihood=1,
            consequence=1,
            rank=1,
        )


def reads(person: Person, row: Any) -> bool:
    """Return whether the person may read the row: the rule as one would say it."""
    if isinstance(row, AssetDocument) and row.removed_at:
        return (person.is_coordinator or person.is_auditor) and reads(person, row.asset)
    return reads_whole_register(person) or RULES[type(row)](person, row)


def _heads(person: Person, row: Any) -> bool:
    return row.area is not None and row.area.head_id == person.pk


def _asset(person: Person, row: Asset) -> bool:
    return _heads(person, row) or row.ownerships.filter(person=person, to_date=None).exists()


def _supplier(person: Person, row: Supplier) -> bool:
    oversees = row.agreements.filter(responsible=person, ended_on=None).exists()
    return oversees or any(reads(person, one) for one in row.assets.all())


def _assessment(person: Person, row: Assessment) -> bool:
    owns = any(one.owner_id == person.pk for one in row.scenarios.all())
    about = any(reads(person, one) for one in row.assets.all())
    return owns or about or row.assessor_id == person.pk or _heads(person, row)


def _acceptance(person: Person, row: Acceptance) -> bool:
    of_it = [one.scenario for one in row.risks.all()]
    return bool(of_it) and all(reads(person, one) for one in of_it)


RULES: Mapping[type[models.Model], Callable[[Person, Any], bool]] = {
    Asset: _asset,
    Supplier: _supplier,
    Agreement: lambda person, row: reads(person, row.supplier),
    AssetDocument: lambda person, row: reads(person, row.asset),
    Assessment: _assessment,
    Scenario: lambda person, row: reads(person, row.assessment),
    PlanAction: lambda person, row: reads(person, row.scenario),
    Acceptance: _acceptance,
}


def compare(cast: Cast) -> dict[str, int]:
    """Hold the questions against the rule for everybody; return how many rows each may read."""
    numbers = dict.fromkeys(PEOPLE, 0)
    for name in PEOPLE:
        person = Person.objects.get(pk=cast.who(name).pk)
        for model in RULES:
            every = model._default_manager.all()
            found = [row.pk for row in every.visible_to(person)]  # type: ignore[attr-defined]
            assert sorted(found) == sorted(row.pk for row in every if reads(person, row)), model
            numbers[name] += len(found)
    return numbers


@settings(
    max_examples=examples(10, 25),
    phases=[Phase.generate],  # what fails is small already
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plan=PLANS)
def test_the_questions_find_what_the_rule_says_and_nothing_twice(cast: Cast, plan: Plan) -> None:
    with transaction.atomic():
        put(cast, plan)
        compare(cast)
        transaction.set_rollback(True)


@pytest.fixture
def everything(cast: Cast) -> None:
    """The system owner reads each thing for every reason at once, the employee for one."""
    owner = "system_owner"
    plan = Plan(
        heads=[owner, owner, None],
        places=[(0, 0), (1, 0), (2, 1)],
        owned=[(0, owner, False), (1, owner, False), (2, owner, True)],
        overseen=[(0, owner, False), (1, owner, True), (2, "employee", False)],
        assessed=[
            (owner, 0, [0, 1], [owner, owner]),
            ("member", None, [2], [None, "employee"]),
            ("member", 2, [2], [None]),
        ],
    )
    put(cast, plan)


def test_everybody_of_the_cast_reads_what_the_rule_says(cast: Cast, everything: None) -> None:
    numbers = compare(cast)
    assert numbers["administrator"] == 0
    assert 0 < numbers["employee"] < numbers["system_owner"] < numbers["member"]
    readers = {"coordinator", "auditor", "executive", "member", "chair", "dpo"}
    assert len({numbers[name] for name in readers}) == 1
