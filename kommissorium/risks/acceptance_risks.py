"""The risks of an acceptance: those that can be proposed, and as they were when they were."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.refusals import Refused
from kommissorium.risks.actions.acceptance_rules import refuse_risks
from kommissorium.risks.levels import Levels, above_level, is_above, levels_on
from kommissorium.risks.matrix import Matrix, matrix_of
from kommissorium.risks.models import Acceptance, AcceptedRisk, Assessment, Band, Scenario, Step
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


ALONG = tuple(f"scenario__assessment__{name}" for name in ("scale", "committee", "area"))


@dataclass(frozen=True, slots=True)
class RiskThen:
    """A risk as it was proposed; `is_read` says whether the reader may open it."""

    row: AcceptedRisk
    is_above: bool
    is_read: bool

    @property
    def risk(self) -> Scenario:
        return self.row.scenario

    @property
    def band(self) -> Band:
        return self.risk.assessment.scale.band(self.row.rank)

    @property
    def likelihood(self) -> Step:
        return self.risk.assessment.scale.likelihood_steps[self.row.likelihood - 1]

    @property
    def consequence(self) -> Step:
        return self.risk.assessment.scale.consequence_steps[self.row.consequence - 1]


def rows_of(acceptance: Acceptance) -> list[AcceptedRisk]:
    """Return its risks with all that is asked about them; one query, the first time."""
    rows = AcceptedRisk.objects.select_related("scenario__owner", *ALONG)
    prefetch_related_objects([acceptance], Prefetch("risks", rows))
    return list(acceptance.risks.all())


def risks_then(rows: Iterable[AcceptedRisk], person: Person, levels: Levels) -> list[RiskThen]:
    """Return the risks as they were: with their band, and a link for whoever may read them."""
    rows = list(rows)
    seen = {row.scenario_id for row in rows}
    if not reads_whole_register(person):
        own = Scenario.objects.visible_to(person).filter(pk__in=seen)
        seen = set(own.values_list("pk", flat=True))
    return [RiskThen(row, is_above(row.scenario, levels), row.scenario_id in seen) for row in rows]


def matrix_then(
    acceptance: Acceptance, rows: Sequence[AcceptedRisk], levels: Levels
) -> Matrix | None:
    """Return where the risks lay; None for risks of several scales."""
    scales = {row.scenario.assessment.scale for row in rows}
    if len(scales) != 1:
        return None
    counts = Counter((row.consequence, row.likelihood) for row in rows)
    if acceptance.record:
        level = json.loads(acceptance.record.content)["pictures"][0]["acceptable"]
    else:
        now = levels.get("")
        level = now.cells if now else None
    return matrix_of(scales.pop(), counts=counts, level=level)
