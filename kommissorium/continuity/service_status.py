"""The status of services on a day, and the agenda lines of plans that are missing or old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.models import Asset
from kommissorium.continuity.kind import KIND, for_what, hours
from kommissorium.continuity.models import (
    CRITICAL,
    ContinuityEvaluation,
    ContinuityPlan,
    ContinuityTest,
    PlanPart,
    Service,
)
from kommissorium.measures.rules import continuity as rules
from kommissorium.registers.activity_told import ActivityAgenda
from kommissorium.registers.agenda import AgendaContext, Draft, Sentence, Source, Weight
from kommissorium.registers.signals import OfRow, RowSignals, Signal


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


def critical_systems() -> models.QuerySet[Asset]:
    """Return the critical systems: data sets and archives stand by no plan of their own."""
    found: models.QuerySet[Asset] = Asset.objects.in_register().filter(criticality__in=CRITICAL)
    return found.filter(kind="system").order_by("name", "pk")


def critical_without_service() -> models.QuerySet[Asset]:
    """Return the critical systems that no critical service names: no plan is asked of others."""
    services = Service.objects.in_use().filter(criticality__in=CRITICAL)
    named = Service.systems.through.objects.filter(service__in=services.values("pk"))
    return critical_systems().exclude(pk__in=named.values("asset"))


def not_assessed() -> models.QuerySet[Asset]:
    """Return the systems whose criticality is not filled in."""
    found: models.QuerySet[Asset] = Asset.objects.in_register().filter(criticality="")
    return found.filter(kind="system").order_by("name", "pk")


LACKING: Final[Signal[OfRow[ServiceStatus]]] = Signal.of(
    rules.LACKING,
    label=Standing.LACKING.label,
    holds=lambda one: one.standing == Standing.LACKING,
    weight=Weight.WORSE,
)
UNASSESSED: Final[Signal[OfRow[ServiceStatus]]] = Signal.of(
    rules.UNASSESSED,
    label=Standing.UNASSESSED.label,
    holds=lambda one: one.standing == Standing.UNASSESSED,
)
SERVICES: Final = RowSignals(
    page="continuity",
    signals=(LACKING, UNASSESSED),
    rows=lambda day: statuses_of(Service.objects.in_use(), day),
    key=lambda one: one.service.pk,
)


def count_services(day: date) -> dict[str, int]:
    """Count services by their state, and the systems without a criticality (six queries)."""
    rows = statuses_of(Service.objects.in_use(), day)
    critical = [one for one in rows if one.service.is_critical]
    covered = (Standing.COVERED, Standing.OVERDUE)
    return {
        "services": len(rows),
        "critical": len(critical),
        "covered": sum(one.standing in covered for one in critical),
        **SERVICES.counted(rows),
        "overdue": sum(one.standing == Standing.OVERDUE for one in rows),
        "too_slow": sum(bool(one.warnings) for one in critical),
        "critical_systems": critical_systems().count(),
        "critical_systems_alone": critical_without_service().count(),
        "systems_not_assessed": not_assessed().count(),
    }


SHOWN = 3  # tests to evaluate


class ContinuityAgenda(ActivityAgenda):
    """Late and near tests; services without plans, and tests held but not evaluated."""

    about = gettext_lazy("tests")
    wanted = gettext_lazy("asks those responsible to hold the late tests before the next meeting")

    def ongoing_draft(self, context: AgendaContext) -> Draft | None:
        lacking = list(_lacking(context))
        sentences = (*lacking, *self.of_held(context), *self._to_evaluate(context))
        points = (
            (_("asks the owners to write the missing plans before the next meeting"),)
            if lacking
            else ()
        )
        source = Source(_("Continuity"), reverse("continuity"))
        return Draft(sentences, points, (source,), _("continuity")) if sentences else None

    def _to_evaluate(self, context: AgendaContext) -> Iterator[Sentence]:
        for one in unevaluated(self.ours(context), "proposed", "approved")[:SHOWN]:
            text = _("“%(title)s” is to be evaluated.") % {"title": one.title}
            yield Sentence(text, Weight.DECIDE)


AGENDA = ContinuityAgenda(KIND, for_what)


def unevaluated(rows: QuerySet[ContinuityTest], *states: str) -> QuerySet[ContinuityTest]:
    """Return those of the tests held without a valid evaluation, the oldest first."""
    begun = ContinuityEvaluation.objects.filter(state__in=states)
    waiting = rows.exclude(held_on=None).exclude(pk__in=begun.values("test"))
    return waiting.order_by("held_on", "pk")


def _lacking(context: AgendaContext) -> Iterator[Sentence]:
    """Name the critical services without plans."""
    rows = statuses_of(Service.objects.in_use(), context.today)
    return LACKING.drafted([one.service.title for one in rows if LACKING.holds(one)])
