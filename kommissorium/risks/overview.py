"""The overview of the risks: what it comes to in words, and the matrices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.measures.rules.risk_past import RiskCounts
from kommissorium.registers.status import in_use_since
from kommissorium.risks.accepted import Standing, standing_on
from kommissorium.risks.cell_counts import (
    Figures,
    accepted_above,
    figures_now,
    figures_on,
    levels_by_day,
)
from kommissorium.risks.current_counts import risk_counts
from kommissorium.risks.levels import AFTER, BEFORE, Picture, accept_the_same
from kommissorium.risks.matrix import Matrix, ScaleCache, matrix_of
from kommissorium.risks.models import Acceptance, Group, RiskLevel, Scenario
from kommissorium.risks.models.assessments import ScenarioQuerySet
from kommissorium.risks.past_day import Movement, movement_since
from kommissorium.risks.planning import Finished, finished_above

TOP: Final = 10
GREATEST: Final = ("-rank", "-consequence", "-likelihood", "title_order", "pk")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the answer, and what the list shows that it speaks of ("" for no list)."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Then:
    """A past day beside today."""

    day: date
    figures: Figures
    levels: Mapping[str, RiskLevel]
    movement: Movement
    above: int
    is_same_level: bool  # what lies above can be compared with today's
    was_in_use: bool  # the program: no figure of a day before is compared with


@dataclass(frozen=True)
class Overview:
    """Everything the overview tells, of what one person may read."""

    scales: ScaleCache
    figures: Figures
    levels: Mapping[str, RiskLevel]
    accepted: int  # of those above the level
    standing: Standing
    finished: Finished
    counts: RiskCounts | None = None  # as kept, for who reads the whole register
    then: Then | None = None

    @property
    def above(self) -> int:
        """Return how many risks lie above the level."""
        return self.figures.above(self.levels)

    @property
    def unaccepted(self) -> int:
        return max(self.above - self.accepted, 0)

    @property
    def level(self) -> RiskLevel | None:
        """Return the level of every category without one of its own."""
        return self.levels.get("")

    @property
    def own_levels(self) -> list[str]:
        """Return the names of the categories that have a level of their own."""
        return [str(Group(group).label) for group in Group.values if group in self.levels]

    def matrix(self, of: Picture = BEFORE, *, then: bool = False) -> Matrix | None:
        """Return the matrix of today, or of the past day; None without any scale.

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
            link=None if then else LinkOf(reverse("risk_list"), "&of=after" * (of == AFTER)),
            level=level.cells if level else None,
        )

    def answer(self) -> list[Sentence]:
        """Return what it comes to, the most important first."""
        if not self.levels:
            return [Sentence(_("No risk level holds today. So nobody can say what is too much."))]
        if not self.above:
            return [Sentence(_("No risk lies above the risk level.")), *self._total()]
        return [*self._above(), *self._finished(), *self._left(), *self._total()]

    def _above(self) -> list[Sentence]:
        said = ngettext(
            "%(number)d risk lies above the risk level.",
            "%(number)d risks lie above the risk level.",
            self.above,
        )
        sentences = [Sentence(said % {"number": self.above}, list_url(above=1))]
        if self.accepted:
            said = ngettext(
                "%(number)d of them is accepted.",
                "%(number)d of them are accepted.",
                self.accepted,
            )
            url = list_url(above=1, accepted="yes")
            sentences.append(Sentence(said % {"number": self.accepted}, url))
        if self.unaccepted:
            said = ngettext(
                "%(number)d of them is not accepted.",
                "%(number)d of them are not accepted.",
                self.unaccepted,
            )
            url = list_url(above=1, accepted="no")
            sentences.append(Sentence(said % {"number": self.unaccepted}, url))
        return [*sentences, *self._plans()]

    def _plans(self) -> Iterator[Sentence]:
        """Say how many have a plan that stands, and how many are left with one that has slipped."""
        if self.counts is None:
            return
        if number := self.counts.planned:
            said = ngettext(
                "%(number)d of them has a plan that is kept.",
                "%(number)d of them have a plan that is kept.",
                number,
            )
            yield Sentence(said % {"number": number}, reverse("plan"))
        if number := self.counts.open:
            said = ngettext(
                "%(number)d of them has neither, %(slipped)d as its plan is late, put off or given up.",
                "%(number)d of them have neither, %(slipped)d as their plan is late, put off or given up.",
                number,
            )
            words = {"number": number, "slipped": self.counts.slipped}
            yield Sentence(said % words, f"{reverse('plan')}?show=slipped")

    def _finished(self) -> list[Sentence]:
        if not self.finished.risks:
            return []
        said = ngettext(
            "For %(number)d of them what was planned is finished, and it still lies above it: "
            "look at it anew.",
            "For %(number)d of them what was planned is finished, and they still lie above it: "
            "look at them anew.",
            self.finished.risks,
        )
        url = f"{reverse('plan')}?show=done"
        return [Sentence(said % {"number": self.finished.risks}, url)]

    def _left(self) -> list[Sentence]:
        """Say how many lie above in the picture after treatment, and which of those within it were
        to come down by what is finished, and did not."""
        left, failed = self.figures.above(self.levels, AFTER), self.finished.expected_within
        found = []
        if left:
            said = ngettext(
                "Once the treatment works, %(number)d will still lie above it.",
                "Once the treatment works, %(number)d will still lie above it.",
                left,
            )
            found.append(Sentence(said % {"number": left}, list_url(above=1, of="after")))
        if failed:
            said = ngettext(
                "The picture after treatment counts %(number)d of them as within it, though what "
                "was planned is finished.",
                "The picture after treatment counts %(number)d of them as within it, though what "
                "was planned is finished.",
                failed,
            )
            found.append(Sentence(said % {"number": failed}))
        if found or self.figures.unscored(AFTER) > self.figures.unscored(BEFORE):
            return found  # of some nobody has said what will be left
        return [Sentence(_("Once the treatment works, none will lie above it."))]

    def _total(self) -> list[Sentence]:
        return (
            [Sentence(str(self.standing), reverse("acceptances"))] if self.standing.number else []
        )


def overview_of(person: Person, then: date | None = None) -> Overview:
    """Return the overview of what `person` may read (six queries, three more for another day)."""
    scales, today = ScaleCache.known(), timezone.localdate()
    levels = levels_by_day([today, then] if then else [today], scales.all)
    found = overview_with(person, scales, levels[0])
    if not then:
        return found
    was = figures_on(then, person)
    movement = movement_since(
        then, person, then=was, now=found.figures, comparable=scales.comparable
    )
    told = was.above(levels[1]), accept_the_same(*levels), then >= in_use_since()
    return replace(found, then=Then(then, was, levels[1], movement, *told))


def overview_with(person: Person, scales: ScaleCache, levels: Mapping[str, RiskLevel]) -> Overview:
    """Return the overview of today where scales and levels are known already (four queries)."""
    return Overview(
        scales,
        figures_now(person),
        levels,
        accepted_above(person, levels),
        standing_on(Acceptance.objects.visible_to(person), timezone.localdate()),
        finished_above(person, levels),
        risk_counts() if reads_whole_register(person) else None,
    )


def top_of(person: Person) -> ScenarioQuerySet:
    """Return the greatest risks of today, the greatest first."""
    rows = Scenario.objects.visible_to(person).in_force().filter(rank__isnull=False)
    found: ScenarioQuerySet = rows.order_by(*GREATEST)[:TOP]
    return found


def list_url(**wishes: object) -> str:
    """Return the address of the list narrowed to something."""
    return f"{reverse('risk_list')}?{urlencode(wishes)}"


@dataclass(frozen=True, slots=True)
class LinkOf:
    """Gives the address of the list of a cell's risks."""

    address: str
    more: str

    def __call__(self, consequence: int, likelihood: int) -> str:
        return f"{self.address}?consequence={consequence}&likelihood={likelihood}{self.more}"
