"""How the registers stand today, in one question: for the mandate's answer and for agendas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from kommissorium.accounts.models import Municipality, Person
from kommissorium.assets.models import (
    Agreement,
    Asked,
    Asset,
    Guideline,
    GuidelineReading,
    Kind,
    Ownership,
    RegisterSettings,
    Required,
    owned,
)
from kommissorium.committees.models import Committee


@dataclass(frozen=True, slots=True)
class Standing:
    """The registers of the municipality as they are on `day`."""

    day: date
    systems: int = 0
    data_sets: int = 0
    archives: int = 0
    systems_owned: int = 0
    data_sets_owned: int = 0
    archives_owned: int = 0
    required: int = 0
    current: int = 0
    expired: int = 0
    owners: int = 0
    owners_read: int = 0
    asked: int = 0
    answered: int = 0
    oversight_overdue: int = 0
    committee: int | None = None  # in whose wheel the registers' dates stand

    @property
    def assets(self) -> int:
        return self.systems + self.data_sets + self.archives

    @property
    def without_owner(self) -> int:
        return self.assets - self.systems_owned - self.data_sets_owned - self.archives_owned

    @property
    def missing(self) -> int:
        """Return the required documents that are not there at all."""
        return self.required - self.current - self.expired


def standing_now() -> Standing:
    """Return how the registers stand today (one query)."""
    today = timezone.localdate()
    row = Municipality.objects.annotate(**counts_on(today)).values(*counts_on(today)).first()
    return Standing(today, **(row or {}))


def counts_on(today: date) -> dict[str, Any]:
    there = Asset.objects.in_register()
    with_owner = there.filter(owned(today))
    required = Required.objects.filter(asset__ended_on=None)
    owners = owners_of_today(today)
    in_force = Guideline.objects.filter(effective_from__lte=today)
    newest = in_force.order_by("-effective_from", "-version").values("pk")[:1]
    read = GuidelineReading.objects.filter(guideline=Subquery(newest), person=OuterRef("pk"))
    asked = Asked.objects.filter(round__closed_at=None)
    late = Agreement.objects.in_force().filter(next_oversight__lt=today)
    return {
        "systems": number_of(there.filter(kind=Kind.SYSTEM)),
        "data_sets": number_of(there.filter(kind=Kind.DATA_SET)),
        "archives": number_of(there.filter(kind=Kind.ARCHIVE)),
        "systems_owned": number_of(with_owner.filter(kind=Kind.SYSTEM)),
        "data_sets_owned": number_of(with_owner.filter(kind=Kind.DATA_SET)),
        "archives_owned": number_of(with_owner.filter(kind=Kind.ARCHIVE)),
        "required": number_of(required),
        "current": number_of(required.current(today)),
        "expired": number_of(required.expired(today)),
        "owners": number_of(owners),
        "owners_read": number_of(owners.filter(Exists(read))),
        "asked": number_of(asked),
        "answered": number_of(asked.filter(answered_at__isnull=False)),
        "oversight_overdue": number_of(late),
        "committee": Coalesce(
            Subquery(RegisterSettings.objects.values("committee")[:1]),
            Subquery(Committee.objects.order_by("pk").values("pk")[:1]),
            output_field=IntegerField(),
        ),
    }


def owners_of_today(day: date) -> QuerySet[Person]:
    """Return those who have a role in an asset of the register on the day."""
    roles = Ownership.objects.on(day).filter(asset__ended_on=None, person=OuterRef("pk"))
    people: QuerySet[Person] = Person.objects.active().filter(Exists(roles))
    return people


def number_of(rows: QuerySet[Any]) -> Coalesce:
    """Return the number of rows as a column of its own."""
    # As a plain function and no aggregate: it is to count them all, in no groups.
    counted = rows.order_by().annotate(_all=Func(F("pk"), function="COUNT")).values("_all")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
