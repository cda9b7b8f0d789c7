"""The greatest risks of a day: what is done about each, who does it, by when and for how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from kommissorium.core.ui.localised import day as day_in_words
from kommissorium.core.ui.localised import kroner
from kommissorium.risks.matrix import ScaleCache
from kommissorium.risks.models import Acceptance, AcceptedRisk, PlanAction, Scenario
from kommissorium.risks.models.plans import end_of

MOST: Final = 5  # risks that are named
NOT_SAID: Final = "–"

type Way = tuple[str, str, str, str]  # what, who, when, kroner


def columns() -> tuple[str, ...]:
    return (
        _("The greatest risks"),
        _("Risk level"),
        _("What is done about it"),
        _("Who"),
        _("When"),
        _("Kroner"),
    )


def greatest_on(day: date, scales: ScaleCache) -> Iterator[tuple[str, ...]]:
    """Yield the greatest risks of the day with their bands and how they are treated (three queries)."""
    shown = _shown(day)
    lineages = [one.lineage for one in shown]
    planned, accepted = _planned(lineages, day), _accepted(lineages, day)
    bands = {band.rank: band.name for band in (scales.drawn.band_list if scales.drawn else ())}
    for one in shown:
        way = _way(one, planned.get(one.lineage), accepted.get(one.lineage))
        yield one.title, bands.get(one.rank or 0, NOT_SAID), *way


def requests_on(day: date) -> Iterator[dict[str, Any]]:
    """Yield what could be asked of the executive board: money for the plans of the greatest risks."""
    shown = _shown(day)
    planned = _planned([one.lineage for one in shown], day)
    for one in shown:
        plan = planned.get(one.lineage)
        if plan is None or plan.done_on or not plan.cost:
            continue
        text = _("to grant %(kroner)s for: %(task)s.")
        otherwise = _("Otherwise the risk “%(risk)s” stays as it is.") % {"risk": one.title}
        values = {"kroner": kroner(plan.cost), "task": plan.task.title}
        yield {"text": text % values, "kroner": plan.cost, "otherwise": otherwise}


def _shown(day: date) -> list[Scenario]:
    rows: Any = Scenario.objects.in_force_on(day).filter(rank__isnull=False)
    order = ("-rank", "-consequence", "-likelihood", "title_order")
    return list(rows.select_related("owner").order_by(*order)[:MOST])


def _way(risk: Scenario, plan: Any | None, given: Acceptance | None) -> Way:
    """Return how a risk is treated: by the next action of its plan, else by its acceptance."""
    said = [*([_("planned")] if plan else []), *([_("accepted by a decision")] if given else [])]
    treated = ", ".join(said) or _("neither planned nor accepted")
    treated = treated[:1].upper() + treated[1:]
    if plan is not None:
        cost = NOT_SAID if plan.cost is None else kroner(plan.cost)
        when = day_in_words(plan.done_on or plan.due_then)
        when = _("done on %(day)s") % {"day": when} if plan.done_on else when
        return f"{treated}: {plan.task.title}", plan.task.owner.name, when, cost
    who = risk.owner.name if risk.owner else NOT_SAID
    if given is not None:
        until = _("until %(day)s") % {"day": day_in_words(given.expires_on)}
        return treated, who, until, given.loss_in_words
    return treated, who, NOT_SAID, NOT_SAID


def _planned(lineages: Iterable[UUID], day: date) -> dict[UUID, Any]:
    """Return of each risk with a plan that stands on the day what is due first, or what was done."""
    rows = PlanAction.objects.standing(day).filter(scenario__lineage__in=list(lineages))
    found: list[Any] = list(rows.select_related("task__owner", "scenario"))
    found.sort(key=lambda one: (one.done_on is None, -one.due_then.toordinal(), -one.pk))
    return {one.scenario.lineage: one for one in found}


def _accepted(lineages: Iterable[UUID], day: date) -> dict[UUID, Acceptance]:
    """Return the newest acceptance in force of each risk."""
    given = Acceptance.objects.in_force_at(end_of(day), day).order_by()
    rows = AcceptedRisk.objects.filter(acceptance__in=given, lineage__in=list(lineages))
    found = rows.select_related("acceptance").order_by("acceptance__accepted_at", "pk")
    return {one.lineage: one.acceptance for one in found}
