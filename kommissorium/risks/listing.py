"""Which risks the list shows, and in which order: on its page, as a workbook, as a count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone

from kommissorium.accounts.models import LAST_LETTERS, Person, danish_order
from kommissorium.assets.models import Area, Asset
from kommissorium.assets.models.searching import says as asset_says
from kommissorium.core.ui.listing import PER_PAGE
from kommissorium.risks.columns import along
from kommissorium.risks.counting import Counted, Figures, figures_now, is_accepted, levels_by_day
from kommissorium.risks.drawn import Scales
from kommissorium.risks.forms.listing import AFTER as AFTER_WISH
from kommissorium.risks.forms.listing import NO_AREA, NONE, YES, RiskFilter
from kommissorium.risks.levels import AFTER, BEFORE, Picture, above_level
from kommissorium.risks.models import Assessment, Group, RiskLevel, Scenario, Treatment
from kommissorium.risks.models.assessments import ScenarioQuerySet
from kommissorium.risks.models.searching import says
from kommissorium.risks.moving import moved
from kommissorium.risks.overview import GREATEST

BY_RISK: Final = "-risk"
DANISH: Final = str.maketrans(LAST_LETTERS)
KEY_DIGITS: Final = 9  # a longer number is no key
# What the kept counts can answer; for anything else the rows are counted.
OF_THE_CELL: Final = frozenset({"group", "rank", "of", "likelihood", "consequence", "above"})


@dataclass(frozen=True)
class Listed:
    """What the address asks for: the risks in order, and how many there are."""

    person: Person  # who asks
    narrowed: RiskFilter
    scales: Scales
    levels: Mapping[str, RiskLevel]
    risks: ScenarioQuerySet
    number: int
    total: int  # of all the person may read

    def page(self, wish: str | None, codes: Iterable[str]) -> Page[Scenario]:
        """Return the page wished for: the first for nonsense, the last for too high (one query,
        two more where assets or areas are shown)."""
        # The order is found among keys: only the few rows of the page are read whole and joined.
        paginator: Paginator[Any] = Paginator(self.risks.values("pk"), PER_PAGE)
        paginator.count = self.number  # known already: nothing is counted twice
        shown = paginator.get_page(wish)
        rows = Scenario.objects.filter(pk__in=shown.object_list)
        shown.object_list = along(rows.order_by(*self.risks.query.order_by), codes)
        return shown


def listed(request: HttpRequest, person: Person) -> Listed:
    """Return what the address asks for (four queries, one or two more for some wishes)."""
    scales = Scales.known()
    areas = sorted(
        Area.objects.order_by(), key=lambda row: (row.name.lower().translate(DANISH), row.pk)
    )
    narrowed = RiskFilter(request.GET, areas=areas, scale=scales.drawn)
    _name_keys(narrowed, person)
    (levels,) = levels_by_day([timezone.localdate()], scales.all)
    found = narrow(Scenario.objects.visible_to(person).in_force(), narrowed, scales, levels)
    figures = figures_now(person)
    is_kept = narrowed.asked <= OF_THE_CELL
    number = _number(figures, narrowed, scales, levels) if is_kept else found.order_by().count()
    ordered = _ordered(found, request.GET.get("sort", ""), is_one_cell=_is_one_cell(narrowed))
    return Listed(person, narrowed, scales, levels, ordered, number, figures.total)


def narrow(
    risks: ScenarioQuerySet, narrowed: RiskFilter, scales: Scales, levels: Mapping[str, RiskLevel]
) -> ScenarioQuerySet:
    """Return those of the risks that fit what was wished for."""
    of = _picture(narrowed)
    found = _in_cells(risks, narrowed, scales, of)
    if group := narrowed.wish("group"):
        found = found.filter(group=group)
    if narrowed.wish("above"):
        found = found.filter(above_level(levels, of))
    for word in narrowed.wish("q").split():
        found = found.filter(says(word) | Q(assessment__in=_about(word)))
    found = _treated(found, narrowed)
    found = _answered_for(found, narrowed)
    if key := narrowed.number("assessment"):
        # By key: walking all in order, SQLite would else read each row for its assessment.
        own = Scenario.objects.filter(assessment=key).order_by()
        found = found.filter(pk__in=own.values("pk"))
    if (day := narrowed.since_day) is not None:
        found = moved(found, day, narrowed.wish("moved"), scales.comparable)
    return found


def _picture(narrowed: RiskFilter) -> Picture:
    return AFTER if narrowed.wish("of") == AFTER_WISH else BEFORE


def _in_cells(
    found: ScenarioQuerySet, narrowed: RiskFilter, scales: Scales, of: Picture
) -> ScenarioQuerySet:
    """Narrow by the cell, a row or a column of the matrix, or the band."""
    wishes = {
        f"{of}{name}": step
        for name in ("rank", "likelihood", "consequence")
        if (step := narrowed.number(name))
    }
    if wishes and scales.is_mixed():
        wishes["assessment__scale__in"] = scales.alike  # type: ignore[assignment]
    return found.filter(**wishes)


def _treated(found: ScenarioQuerySet, narrowed: RiskFilter) -> ScenarioQuerySet:
    """Narrow by what is done about them."""
    if wish := narrowed.wish("treatment"):
        found = found.filter(treatment=Treatment.NONE if wish == NONE else wish)
    if wish := narrowed.wish("accepted"):
        found = found.filter(is_accepted() if wish == YES else ~is_accepted())
    if narrowed.wish("unsaid"):
        found = found.filter(residual_rank=None)
    return found


def _answered_for(found: ScenarioQuerySet, narrowed: RiskFilter) -> ScenarioQuerySet:
    """Narrow by whose they are and what they are about."""
    if narrowed.wish("without_owner"):
        found = found.filter(owner=None)
    if owner := narrowed.wish("owner"):
        key = by_key(owner)
        people = Person.objects.filter(key) if key else Person.objects.found_by(owner)
        found = found.filter(owner__in=people.order_by().values("pk"))
    if asset := narrowed.wish("asset"):
        assets = Asset.objects.filter(by_key(asset) or _named(asset)).order_by()
        about = Assessment.objects.filter(assets__in=assets.values("pk"))
        found = found.filter(assessment__in=about.order_by().values("pk"))
    if area := narrowed.wish("area"):
        found = found.filter(assessment__in=_of_area(area).order_by().values("pk"))
    return found


def _of_area(area: str) -> QuerySet[Assessment]:
    """Return the assessments of an area or of something in it; of no area for NO_AREA."""
    if area != NO_AREA:
        return Assessment.objects.filter(Q(area=int(area)) | Q(assets__area=int(area)))
    has_area = Assessment.objects.filter(Q(area__isnull=False) | Q(assets__area__isnull=False))
    return Assessment.objects.exclude(pk__in=has_area.order_by().values("pk"))


def _about(word: str) -> QuerySet[Assessment]:
    """Return the assessments of something that is called by a word."""
    # SQLite folds the case of a to z alone.
    titled = Q()
    for spelling in sorted({word, word.lower(), word.upper(), word.capitalize()}):
        titled |= Q(title__icontains=spelling) | Q(process__icontains=spelling)
    assets = Asset.objects.filter(asset_says(word)).order_by().values("pk")
    return Assessment.objects.filter(titled | Q(assets__in=assets)).order_by()


def _named(words: str) -> Q:
    found = Q()
    for word in words.split():
        found &= asset_says(word)
    return found


def by_key(wish: str) -> Q | None:
    """Return the condition that a row has this key; None where the wish is words."""
    is_key = wish.isascii() and wish.isdigit() and len(wish) <= KEY_DIGITS
    return Q(pk=int(wish)) if is_key else None


def _name_keys(narrowed: RiskFilter, person: Person) -> None:
    """Let keys in the address stand in their fields as names `person` may learn."""
    seen = Scenario.objects.visible_to(person).in_force().order_by()
    names: dict[str, QuerySet[Any]] = {
        "owner": Person.objects.filter(Exists(seen.filter(owner=OuterRef("pk")))),
        "asset": Asset.objects.visible_to(person),
    }
    for name, rows in names.items():
        if key := by_key(narrowed.wish(name)):
            for text in rows.filter(key).order_by().values_list("name", flat=True):
                narrowed.show(name, text)


def _number(
    figures: Figures, narrowed: RiskFilter, scales: Scales, levels: Mapping[str, RiskLevel]
) -> int:
    """Return how many fit, by the counts of their cells."""
    rows = figures.cells[_picture(narrowed)]
    return sum(one.number for one in rows if _fits(one, narrowed, scales, levels))


def _fits(
    one: Counted, narrowed: RiskFilter, scales: Scales, levels: Mapping[str, RiskLevel]
) -> bool:
    if narrowed.wish("group") not in ("", one.group):
        return False
    if narrowed.wish("above") and not one.is_above(levels):
        return False
    steps = {"likelihood": one.likelihood, "consequence": one.consequence}
    wishes = {name: step for name in ("rank", *steps) if (step := narrowed.number(name))}
    if not wishes:
        return True
    if one.scale not in scales.alike or not one.is_scored:
        return False
    steps["rank"] = scales.by_key[one.scale].rank_of(one.consequence, one.likelihood)
    return all(steps[name] == wish for name, wish in wishes.items())


def _is_one_cell(narrowed: RiskFilter) -> bool:
    """Return whether one cell of today is asked for, in which all are as great."""
    return {"likelihood", "consequence"} <= narrowed.asked and _picture(narrowed) == BEFORE


def _ordered(found: ScenarioQuerySet, wish: str, *, is_one_cell: bool) -> ScenarioQuerySet:
    """Return them in the order wished for, those alike by title; the greatest first else."""
    column = wish.removeprefix("-")
    if wish == BY_RISK or column not in SORTS:
        return found.order_by("title_order", "pk") if is_one_cell else found.order_by(*GREATEST)
    key = SORTS[column]
    order = key.desc(nulls_last=True) if wish != column else key.asc(nulls_last=True)
    return found.order_by(order, "title_order", "pk")


def _place(field: str, values: list[str]) -> Case:
    """Return the place of a value among those listed, which is not that of its letters."""
    places = [When(**{field: one}, then=Value(place)) for place, one in enumerate(values)]
    return Case(*places, default=Value(None), output_field=IntegerField())


# What a column is sorted by; empty ones come last either way.
SORTS: Final[Mapping[str, Any]] = {
    "risk": F("rank"),
    "title": F("title_order"),
    "assessment": danish_order("assessment__title"),
    "group": _place("group", Group.values),
    "likelihood": F("likelihood"),
    "consequence": F("consequence"),
    "treatment": _place("treatment", [one for one in Treatment.values if one]),
    "left": F("residual_rank"),
    "owner": danish_order("owner__name"),
    "assessed_on": F("assessment__assessed_on"),
}
