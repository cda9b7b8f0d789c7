"""The overview of the risks: what it comes to in words, and the matrices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.ui.localised import kroner
from kommissorium.risks.cell_counts import (
    AcceptedFigures,
    Figures,
    accepted_above,
    figures_now,
    figures_on,
    levels_by_day,
)
from kommissorium.risks.changes_since import Movement, movement_since
from kommissorium.risks.levels import AFTER, BEFORE, Picture
from kommissorium.risks.matrix import Matrix, matrix_of
from kommissorium.risks.models import Group, RiskLevel, Scenario
from kommissorium.risks.models.assessments import ScenarioQuerySet
from kommissorium.risks.scale_cache import ScaleCache

TOP: Final = 10
GREATEST: Final = ("-rank", "-consequence", "-likelihood", "title_order", "pk")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the answer, and what the list shows that it speaks of ("" for no list)."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Then:
    """A day gone by beside today."""

    day: date
    figures: Figures
    levels: Mapping[str, RiskLevel]
    movement: Movement
    above: int


@dataclass(frozen=True)
class Overview:
    """Everything the overview tells, of what one person may read."""

    scales: ScaleCache
    figures: Figures
    levels: Mapping[str, RiskLevel]
    accepted: AcceptedFigures
    then: Then | None = None

    @property
    def above(self) -> int:
        """Return how many risks lie above the level."""
        return self.figures.above(self.levels)

    @property
    def unaccepted(self) -> int:
        return max(self.above - self.accepted.risks, 0)

    @property
    def level(self) -> RiskLevel | None:
        """Return the level of every category without one of its own."""
        return self.levels.get("")

    @property
    def own_levels(self) -> list[str]:
        """Return the names of the categories that have a level of their own."""
        return [str(Group(group).label) for group in Group.values if group in self.levels]

    def matrix(self, of: Picture = BEFORE, *, then: bool = False) -> Matrix | None:
        """Return the matrix of today, or of the day gone by; None without any scale.

        Cells of today lead to their risks.
        """
        scale = self.scales.drawn
        if scale is None:
            return None
        figures, levels = self.figures, self.levels
        if then and self.then:
            figures, levels = self.then.figures, self.then.levels
        level = levels.get("")
        return matrix_of(
            scale,
            counts=figures.counts(self.scales.alike, of),
            link=None if then else _cell_link(of),
            level=level.cells if level else None,
        )

    def answer(self) -> list[Sentence]:
        """Return what it comes to, the most important first."""
        if not self.levels:
            return [Sentence(_("No risk level holds today. So nobody can say what is too much."))]
        if not self.above:
            return [Sentence(_("No risk lies above the risk level."))]
        return [*self._above(), self._left()]

    def _above(self) -> list[Sentence]:
        said = ngettext(
            "%(number)d risk lies above the risk level.",
            "%(number)d risks lie above the risk level.",
            self.above,
        )
        sentences = [Sentence(said % {"number": self.above}, list_url(above=1))]
        if self.accepted.risks:
            said = ngettext(
                "%(number)d of them is accepted, for %(amount)s in all.",
                "%(number)d of them are accepted, for %(amount)s in all.",
                self.accepted.risks,
            )
            words = {"number": self.accepted.risks, "amount": kroner(self.accepted.kroner)}
            sentences.append(Sentence(said % words, list_url(above=1, accepted="yes")))
        if self.unaccepted:
            said = ngettext(
                "%(number)d of them is not accepted.",
                "%(number)d of them are not accepted.",
                self.unaccepted,
            )
            url = list_url(above=1, accepted="no")
            sentences.append(Sentence(said % {"number": self.unaccepted}, url))
        return sentences

    def _left(self) -> Sentence:
        left = self.figures.above(self.levels, AFTER)
        if not left:
            return Sentence(_("Once the treatment works, none will lie above it."))
        said = ngettext(
            "Once the treatment works, %(number)d will still lie above it.",
            "Once the treatment works, %(number)d will still lie above it.",
            left,
        )
        return Sentence(said % {"number": left}, list_url(above=1, of="after"))


def overview_of(person: Person, then: date | None = None) -> Overview:
    """Return the overview of what `person` may read (four queries, two more for another day)."""
    scales, now, today = ScaleCache.known(), figures_now(person), timezone.localdate()
    levels = levels_by_day([today, then] if then else [today], scales.all)
    accepted = accepted_above(person, levels[0])
    found = None
    if then:
        was = figures_on(then, person)
        movement = movement_since(then, person, then=was, now=now, comparable=scales.comparable)
        found = Then(then, was, levels[1], movement, was.above(levels[1]))
    return Overview(scales, now, levels[0], accepted, found)


def overview_with(person: Person, scales: ScaleCache, levels: Mapping[str, RiskLevel]) -> Overview:
    """Return the overview of today where scales and levels are known already (two queries)."""
    return Overview(scales, figures_now(person), levels, accepted_above(person, levels))


def top_of(person: Person) -> ScenarioQuerySet:
    """Return the greatest risks of today, the greatest first."""
    rows = Scenario.objects.visible_to(person).in_force().filter(rank__isnull=False)
    found: ScenarioQuerySet = rows.order_by(*GREATEST)[:TOP]
    return found


def list_url(**wishes: object) -> str:
    """Return the address of the list narrowed to something."""
    return f"{reverse('risk_list')}?{urlencode(wishes)}"


def _cell_link(of: Picture) -> LinkOf:
    return LinkOf(reverse("risk_list"), "&of=after" if of == AFTER else "")


@dataclass(frozen=True, slots=True)
class LinkOf:
    """Gives the address of the list of a cell's risks."""

    address: str
    more: str

    def __call__(self, consequence: int, likelihood: int) -> str:
        return f"{self.address}?consequence={consequence}&likelihood={likelihood}{self.more}"
