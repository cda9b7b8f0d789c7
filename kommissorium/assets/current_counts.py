"""Counts of the registers of assets: kept for today, and counted for any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.figures import COMPLETENESS, completeness_on
from kommissorium.assets.models import Agreement, Asked, Ownership
from kommissorium.registers.counts import counts_of
from kommissorium.registers.indicators import Indicator, count, percentage


@dataclass(frozen=True, slots=True)
class AssetCounts:
    """The registers of the municipality as they are on `day`.

    `data_systems` hold personal data, or are not classified: they need a data owner too.
    """

    day: date
    systems: int = 0
    data_sets: int = 0
    archives: int = 0
    systems_owned: int = 0
    data_sets_owned: int = 0
    archives_owned: int = 0
    data_systems: int = 0
    data_systems_owned: int = 0
    unclassified: int = 0
    required: int = 0
    current: int = 0
    expired: int = 0
    owners: int = 0
    owners_read: int = 0
    asked: int = 0
    answered: int = 0
    oversight_overdue: int = 0

    @property
    def assets(self) -> int:
        return self.systems + self.data_sets + self.archives

    @property
    def without_owner(self) -> int:
        return self.assets - self.systems_owned - self.data_sets_owned - self.archives_owned

    @property
    def without_data_owner(self) -> int:
        """Return the systems that need a data owner besides their own and have none."""
        return self.data_systems - self.data_systems_owned

    @property
    def missing(self) -> int:
        """Return the required documents that are not there at all."""
        return self.required - self.current - self.expired


INDICATORS: Final = {
    "without_owner": Indicator(
        _("Systems, data and archives without an owner"),
        lambda numbers: AssetCounts(date.min, **numbers).without_owner,
        _("without an owner"),
        _("Systems, data sets and archives in use of which nobody is the owner."),
    ),
    "without_data_owner": Indicator(
        _("Systems with personal data without a data owner"),
        lambda numbers: AssetCounts(date.min, **numbers).without_data_owner,
        _("systems"),
        _("Systems that hold personal data, or are not classified, and have no data owner."),
    ),
    "systems_owned": percentage(
        _("Systems that have an owner"),
        "systems_owned",
        "systems",
        _("Of the systems in use: how many have an owner."),
    ),
    "unclassified": count(
        _("Systems, data and archives that are not classified"),
        "unclassified",
        _("not classified"),
        _("Systems, data sets and archives of which nobody has said how critical they are."),
    ),
    "documents": percentage(
        _("Documents demanded that are there and current"),
        "current",
        "required",
        _("Of the documents that are demanded: how many are there and not out of date."),
    ),
    "guidelines": percentage(
        _("Owners who have read the guidelines"),
        "owners_read",
        "owners",
        _("Of the owners: how many have read the guidelines in force."),
    ),
    "oversight_overdue": count(
        _("Oversight of suppliers overdue"),
        "oversight_overdue",
        _("agreements"),
        _("Agreements with suppliers whose next oversight should have been made by now."),
    ),
}


def asset_counts() -> AssetCounts:
    """Return the counts of the registers today, as kept."""
    return AssetCounts(timezone.localdate(), **counts_of("assets"))


def count_assets(day: date) -> dict[str, int]:
    """Count the registers on the day: how complete they are, and what is awaited now."""
    whole = completeness_on(day)[0]
    answers = Asked.objects.filter(round__closed_at=None).aggregate(
        asked=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False))
    )
    late = Agreement.objects.overdue(day)
    numbers = {name: getattr(whole, name) for name in COMPLETENESS}
    return {**numbers, **answers, "oversight_overdue": late.count()}


def owners_of_today(day: date) -> QuerySet[Person]:
    """Return those who have a role in an asset of the register on the day."""
    roles = Ownership.objects.on(day).filter(asset__ended_on=None, person=OuterRef("pk"))
    people: QuerySet[Person] = Person.objects.active().filter(Exists(roles))
    return people
