"""The status of services on a day: their plans, what is missing, and systems back too late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.models import Asset
from kommissorium.continuity.hours import hours
from kommissorium.continuity.models import CRITICAL, ContinuityPlan, PlanPart, Service


class Standing(models.TextChoices):
    """A service's state: the worst that applies."""

    UNASSESSED = "unassessed", gettext_lazy("Not assessed")
    LACKING = "lacking", gettext_lazy("Lacks plans")
    OVERDUE = "overdue", gettext_lazy("Plans to be reviewed")
    COVERED = "covered", gettext_lazy("Plans in force")
    ORDINARY = "ordinary", gettext_lazy("Not critical")
    RETIRED = "retired", gettext_lazy("Taken out")


TONES = {
    Standing.UNASSESSED: "warning",
    Standing.LACKING: "error",
    Standing.OVERDUE: "warning",
    Standing.COVERED: "success",
    Standing.ORDINARY: "neutral",
    Standing.RETIRED: "neutral",
}


@dataclass(frozen=True)
class ServiceStatus:
    """A service with its plans in force, what they lack, and its warnings."""

    service: Service
    plan: ContinuityPlan | None
    standing: Standing
    warnings: Sequence[str]

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def missing(self) -> list[str]:
        """Return which of the three plans it lacks, in words."""
        return self.plan.missing if self.plan else [str(one.label) for one in PlanPart]

    @property
    def review_by(self) -> date | None:
        return self.plan.review_by if self.plan else None


def statuses_of(services: Iterable[Service], day: date, *related: str) -> list[ServiceStatus]:
    """Return the status of each (two queries), its plans with what is `related` to them."""
    rows = list(services)
    plans = ContinuityPlan.objects.in_force_on(day).filter(service__in=[one.pk for one in rows])
    in_force = {one.service_id: one for one in plans.select_related("service", *related)}
    models.prefetch_related_objects(rows, "systems")
    found = ((one, in_force.get(one.pk)) for one in rows)
    return [
        ServiceStatus(one, plan, _standing(one, plan, day), warnings_of(one)) for one, plan in found
    ]


def _standing(service: Service, plan: ContinuityPlan | None, day: date) -> Standing:
    if service.is_retired:
        return Standing.RETIRED
    if not service.is_assessed:
        return Standing.UNASSESSED
    if plan is None:
        return Standing.LACKING if service.is_critical else Standing.ORDINARY
    if service.is_critical and plan.missing:
        return Standing.LACKING
    return Standing.OVERDUE if plan.review_by and plan.review_by < day else Standing.COVERED


def warnings_of(service: Service) -> list[str]:
    """Return the mismatches of its systems with its allowed downtime, a sentence each."""
    found = []
    for one in sorted(service.systems.all(), key=lambda one: one.name):
        values = {"system": one.name, "rto": hours(one.rto), "mtd": hours(service.mtd)}
        if one.rto is None:
            found.append(_("Nobody has said how soon %(system)s must run again.") % values)
        elif service.mtd is not None and one.rto > service.mtd:
            text = _(
                "%(system)s is to run again within %(rto)s; the service stands %(mtd)s at most."
            )
            found.append(text % values)
    return found


def critical_without_service() -> models.QuerySet[Asset]:
    """Return the critical assets that no service names."""
    named = Service.systems.through.objects.filter(service__is_retired=False).values("asset")
    found: models.QuerySet[Asset] = Asset.objects.in_register().filter(criticality__in=CRITICAL)
    return found.exclude(pk__in=named).order_by("name", "pk")


def not_assessed() -> models.QuerySet[Asset]:
    """Return the systems whose criticality is not filled in."""
    found: models.QuerySet[Asset] = Asset.objects.in_register().filter(criticality="")
    return found.filter(kind="system").order_by("name", "pk")


def count_services(day: date) -> dict[str, int]:
    """Count services by their state, and the systems without a criticality (five queries)."""
    rows = statuses_of(Service.objects.in_use(), day)
    critical = [one for one in rows if one.service.is_critical]
    covered = (Standing.COVERED, Standing.OVERDUE)
    return {
        "services": len(rows),
        "critical": len(critical),
        "covered": sum(one.standing in covered for one in critical),
        "unassessed": sum(one.standing == Standing.UNASSESSED for one in rows),
        "overdue": sum(one.standing == Standing.OVERDUE for one in rows),
        "too_slow": sum(bool(one.warnings) for one in critical),
        "critical_systems_alone": critical_without_service().count(),
        "systems_not_assessed": not_assessed().count(),
    }
