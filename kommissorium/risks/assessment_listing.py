"""Which assessments the list shows, and which assets nobody has assessed lately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from kommissorium.accounts.models import Person, danish_order
from kommissorium.assets.models import Area, Asset, Lifecycle
from kommissorium.risks.forms.assessments import AssessmentFilter
from kommissorium.risks.models import Assessment, Band, Scenario

A_YEAR: Final = timedelta(days=365)
SORTS: Final[Mapping[str, Any]] = {
    "title": danish_order("title"),
    "scope": "scope",
    "assessed_on": "assessed_on",
    "assessor": danish_order("assessor__name"),
    "state": "state",
}


class Row(NamedTuple):
    """A line of the list: how many risks, and the greatest of them before and after treatment."""

    assessment: Assessment
    number: int
    worst: Band | None
    left: Band | None


def narrow(
    found: QuerySet[Assessment], narrowed: AssessmentFilter, person: Person, today: date
) -> QuerySet[Assessment]:
    """Return those that fit what was wished for; without a wish all that are not given up."""
    found = _of_state(found, narrowed.wish("state"))
    for word in narrowed.wish("q").split():
        named = Q(title__icontains=word) | Q(process__icontains=word)
        found = found.filter(named | Q(title__icontains=word.capitalize()))
    if scope := narrowed.wish("scope"):
        found = found.filter(scope=scope)
    if area := narrowed.wish("area"):
        of_area = Asset.objects.filter(area=int(area)).order_by().values("pk")
        links = Assessment.assets.through.objects.filter(asset__in=of_area)
        found = found.filter(Q(area=int(area)) | Q(pk__in=links.values("assessment")))
    if asset := narrowed.wish("asset"):
        links = Assessment.assets.through.objects.filter(asset=int(asset))
        found = found.filter(pk__in=links.values("assessment"))
    if narrowed.wish("old"):
        found = found.filter(assessed_on__lt=today - A_YEAR)
    return found.filter(assessor=person) if narrowed.wish("mine") else found


def ordered(found: QuerySet[Assessment], wish: str) -> QuerySet[Assessment]:
    """Return them in the order wished for; the newest first for nonsense."""
    name = wish.removeprefix("-")
    key = SORTS.get(name)
    if key is None:
        return found.order_by("-assessed_on", "-pk")
    if isinstance(key, str):
        return found.order_by(f"-{key}" if wish != name else key, "pk")
    return found.order_by(key.desc() if wish != name else key.asc(), "pk")


def rows_of(assessments: Iterable[Assessment]) -> list[Row]:
    """Return the lines of a page (one query beside the assessments with their scales)."""
    shown = list(assessments)
    counted = Scenario.objects.filter(assessment__in=[one.pk for one in shown]).order_by()
    figures = {
        row["assessment"]: row
        for row in counted.values("assessment").annotate(
            number=Count("pk"), worst=Max("rank"), left=Max("residual_rank")
        )
    }
    return [_row(one, figures.get(one.pk, {})) for one in shown]


def lacking(person: Person, today: date) -> QuerySet[Asset]:
    """Return the assets in use that `person` reads and that no assessment of the last year holds
    of, those never assessed first; each knows `assessed_on`."""
    holding = Assessment.objects.in_force().filter(assets=OuterRef("pk")).order_by("-assessed_on")
    fresh = holding.filter(assessed_on__gte=today - A_YEAR)
    seen = Asset.objects.visible_to(person).in_register().exclude(lifecycle=Lifecycle.OUT_OF_USE)
    last: Any = Subquery(holding.values("assessed_on")[:1])
    found = seen.filter(~Exists(fresh)).annotate(assessed_on=last)
    never_first = F("assessed_on").asc(nulls_first=True)
    return found.order_by(never_first, "name_order", "pk").select_related("area")


def areas_offered() -> Sequence[Area]:
    """Return the areas to narrow by, by name (one query)."""
    return list(Area.objects.in_use().order_by(danish_order("name"), "pk"))


def _of_state(found: QuerySet[Assessment], state: str) -> QuerySet[Assessment]:
    if state == "holds":
        return found.filter(in_force_from__isnull=False, in_force_to=None)
    return found.filter(state=state) if state else found.exclude(state="dropped")


def _row(one: Assessment, figures: Mapping[str, Any]) -> Row:
    worst, left = figures.get("worst"), figures.get("left")
    return Row(
        one,
        figures.get("number", 0),
        None if worst is None else one.scale.band(worst),
        None if left is None else one.scale.band(left),
    )
