"""The risks that can be proposed for acceptance: those in sight, and those folded away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.risks.actions.acceptance_rules import refuse_risks
from kommissorium.risks.levels import Levels, above_level, is_above, levels_on
from kommissorium.risks.models import Acceptance, Assessment, Scenario
from kommissorium.risks.models.assessments import ScenarioQuerySet
from kommissorium.risks.models.plans import whose_plan_is_kept_by

MOST_OFFERED = 100
GREATEST = 10  # so many stand in sight where no risk lies above the level
RELATED = ("assessment__committee", "assessment__area", "assessment__scale", "owner")


@dataclass(frozen=True)
class Offer:
    """The risks one may propose to accept, some of them folded away under `rest_title`.

    `front_title` is what all those in sight have in common, if anything. `sentence` says why what
    was asked for is not among them, `live` is the acceptance that it has already.
    """

    front: Sequence[Scenario]
    rest: Sequence[Scenario] = ()
    rest_title: str = ""
    front_title: str = ""
    chosen: Sequence[int] = ()
    sentence: str = ""
    live: Acceptance | None = None
    levels: Levels = field(default_factory=dict)

    @property
    def all(self) -> list[Scenario]:
        return [*self.front, *self.rest]

    @property
    def is_of_one_assessment(self) -> bool:
        return len({one.assessment_id for one in self.all}) == 1

    def says_above(self, risk: Scenario) -> bool:
        """Return whether it must be said of a risk that it lies above the level."""
        return not self.front_title and is_above(risk, self.levels)


def beside(person: Person, first: Scenario) -> Offer:
    """Offer a risk, and the others of its assessment that `person` may propose to accept.

    Those that are accepted, or proposed, already are left out.
    """
    others = _open_to(person).filter(assessment=first.assessment_id).exclude(pk=first.pk)
    is_open = first.is_in_force or first.assessment.state == Assessment.State.PROPOSED
    rest = list(others[:MOST_OFFERED]) if is_open else []
    title = _("Other risks of the same assessment")
    levels = levels_on(timezone.localdate())
    try:
        refuse_risks([first], None)
    except Refused as refused:
        sentence = " ".join(refused.errors.values())
        return Offer([], rest, title, sentence=sentence, live=_live(first), levels=levels)
    return Offer([first], rest, title, chosen=[first.pk], levels=levels)


def most_pressing(person: Person) -> Offer:
    """Offer the risks above the level, and the others behind them; or the greatest first."""
    levels = levels_on(timezone.localdate())
    rows = _open_to(person).in_force()
    above = list(rows.filter(above_level(levels))[:MOST_OFFERED])
    others = rows.exclude(pk__in=[one.pk for one in above])
    rest = list(others[: MOST_OFFERED - len(above)])
    if above:
        below = _("Risks that do not lie above the risk level")
        return Offer(above, rest, below, _("Above the risk level"), levels=levels)
    front, rest = rest[:GREATEST], rest[GREATEST:]
    return Offer(front, rest, _("Smaller risks"), _("The greatest risks"), levels=levels)


def in_place_of(replaced: Acceptance) -> Offer:
    """Offer the risks of an acceptance, as they are today, all of them chosen."""
    lineages = replaced.risks.values("lineage")
    rows = Scenario.objects.in_force().filter(lineage__in=lineages).select_related(*RELATED)
    risks = list(rows.order_by("pk"))
    keys = [one.pk for one in risks]
    return Offer(risks, chosen=keys, levels=levels_on(timezone.localdate()))


def _open_to(person: Person) -> ScenarioQuerySet:
    """Return the scored risks one may propose and that nobody has, the greatest first."""
    live = Acceptance.objects.live_on(timezone.localdate())
    rows = Scenario.objects.filter(whose_plan_is_kept_by(person), rank__isnull=False)
    rows = rows.exclude(lineage__in=live.values("risks__lineage"))
    found: ScenarioQuerySet = rows.select_related(*RELATED).order_by("-rank", "title", "pk")
    return found


def _live(risk: Scenario) -> Acceptance | None:
    live = Acceptance.objects.live_on(timezone.localdate())
    return live.filter(risks__lineage=risk.lineage).first()
