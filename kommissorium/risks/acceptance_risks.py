"""The risks of an acceptance as they were when it was proposed, for pages and mails."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.risks.levels import Levels, is_above
from kommissorium.risks.matrix import Matrix, matrix_of
from kommissorium.risks.models import Acceptance, AcceptedRisk, Band, Scenario, Step

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
