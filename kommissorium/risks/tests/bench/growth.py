"""Fill the register of risks to a number of risks; risks.py calls it.

Assessments of the demonstration's assets by its people, some of them made anew every year for
three years, with what is planned and accepted. Rows are written behind the actions' back, for
speed: as drafts, which are then set approved, since an approved assessment takes no more rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area, Asset
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    Capacity,
    PlanAction,
    Scale,
    Scenario,
    Threat,
    Treatment,
)
from kommissorium.tasks.models import Task

EACH = 20  # risks of an assessment
YEARS = 3
YEAR = timedelta(days=365)
# The share of the risks: without scores, scored otherwise than the year before, with what the
# treatment leaves; and of those to be treated or accepted, for which that has been done.
UNSCORED, SCORED_ANEW, FORETOLD, PLANNED, ACCEPTED = 0.03, 0.2, 0.75, 0.3, 0.5
TELLING = (
    "Sker det, kan medarbejderne ikke bruge {}, og borgerne venter på svar. "
    "Det kan tage dage at rette op på, og oplysninger kan være set af andre imens."
)
MEASURES = ("Adgang gives efter rolle og gennemgås hvert kvartal.", "Sikkerhedskopi hver nat.")
TREATMENTS = (*(Treatment.MITIGATE,) * 5, *(Treatment.ACCEPT,) * 3, Treatment.SHARE, Treatment.NONE)


@dataclass(frozen=True)
class Known:
    """Rows that the demonstration has already."""

    scale: Scale
    threats: Sequence[Threat]
    people: Sequence[Person]
    assets: Sequence[Asset]
    areas: Sequence[Area]
    today: date

    @classmethod
    def read(cls) -> Known:
        scale = Scale.in_use()
        if scale is None:
            raise LookupError("no scale is in use")
        threats, people = list(Threat.objects.all()), list(Person.objects.order_by("pk"))
        assets = list(Asset.objects.in_register().order_by("pk"))
        areas = list(Area.objects.order_by("pk"))
        return cls(scale, threats, people, assets, areas, timezone.localdate())


@transaction.atomic
def empty() -> None:
    """Take all risks there are out of the picture of every day."""
    Scenario.objects.in_force().update(is_in_force=False)
    Assessment.objects.filter(in_force_from__isnull=False).update(in_force_to=F("in_force_from"))


@transaction.atomic
def fill(number: int) -> None:
    """Let so many risks be in today's picture: a multiple of EACH, no fewer than there are."""
    known = Known.read()
    there = Scenario.objects.in_force().count() // EACH
    for place in range(there, number // EACH):
        _assess(known, place)


def _assess(known: Known, place: int) -> None:
    """Write one assessment with those before it, and what is done about its risks."""
    chance = Random(place)  # the same rows every time
    # Approved at a meeting of the committee, of which there are twelve a year.
    days = [known.today - timedelta(days=place % 12 * 28 + 1) - YEAR * age for age in range(YEARS)]
    days = sorted(days[: 1 + place % YEARS])
    lineages = [UUID(int=chance.getrandbits(128), version=4) for _ in range(EACH)]
    previous, risks = None, list[Scenario]()
    for begun, ended in pairwise([*days, None]):
        if begun is None:
            raise LookupError("every assessment begins")
        previous = _draft(known, chance, place, begun, previous)
        risks = _scenarios(known, chance, previous, lineages, risks, is_now=ended is None)
        Assessment.objects.filter(pk=previous.pk).update(
            state=Assessment.State.APPROVED, in_force_from=begun, in_force_to=ended
        )
    _treat(known, chance, risks)


def _draft(
    known: Known, chance: Random, place: int, day: date, previous: Assessment | None
) -> Assessment:
    of_area = place % 8 == 0  # the others are of an asset or two
    asset, area = known.assets[place % len(known.assets)], chance.choice(known.areas)
    maker = known.people[place % len(known.people)]
    made = Assessment.objects.create(
        scope=Assessment.Scope.AREA if of_area else Assessment.Scope.ASSETS,
        title=f"{area.name if of_area else asset.name} {place}",
        area=area if of_area else None,
        scale=known.scale,
        assessed_on=day - timedelta(days=20),
        assessor=maker,
        previous=previous,
        created_by=maker,
        created_at=_noon(day - timedelta(days=40)),
    )
    if not of_area:
        made.assets.set({asset, chance.choice(known.assets)} if place % 3 == 0 else {asset})
    return made


def _scenarios(
    known: Known,
    chance: Random,
    assessment: Assessment,
    lineages: Sequence[UUID],
    before: Sequence[Scenario],
    *,
    is_now: bool,
) -> list[Scenario]:
    """Write the risks; of the same lineage as `before` all but some are scored as there."""
    rows = []
    owners = [*chance.sample(list(known.people), 2), None]
    for position, lineage in enumerate(lineages):
        was = before[position] if before and chance.random() > SCORED_ANEW else None
        steps = (was.consequence, was.likelihood) if was else _steps(known, chance)
        threat = known.threats[(assessment.pk + position) % len(known.threats)]
        rows.append(
            Scenario(
                assessment=assessment,
                lineage=lineage,
                position=position,
                threat=threat,
                group=threat.group,
                title=f"{threat.label}: {assessment.title}"[:200],
                description=TELLING.format(assessment.title),
                measures=chance.choice(MEASURES),
                treatment=chance.choice(TREATMENTS),
                treatment_note="Aftal med leverandøren, hvem der gør hvad." * (position % 2),
                owner=chance.choices(owners, (12, 7, 1))[0],
                is_in_force=is_now,
                **_scored(known.scale, chance, *steps),
            )
        )
    return Scenario.objects.bulk_create(rows)


def _steps(known: Known, chance: Random) -> tuple[int | None, int | None]:
    if chance.random() < UNSCORED:
        return None, None  # nobody has scored it
    steps = range(1, known.scale.size + 1)
    likely = list(reversed(steps))  # what is bad is rare
    consequence, likelihood = chance.choices(steps, likely)[0], chance.choices(steps, likely)[0]
    return consequence, likelihood


def _scored(
    scale: Scale, chance: Random, consequence: int | None, likelihood: int | None
) -> dict[str, Any]:
    if consequence is None or likelihood is None:
        return {}
    found = {
        "availability_organisation": consequence,
        "consequence": consequence,
        "likelihood": likelihood,
        "rank": scale.rank_of(consequence, likelihood),
    }
    if chance.random() < FORETOLD:
        left = max(likelihood - chance.randint(0, 2), 1)
        found["residual_consequence"], found["residual_likelihood"] = consequence, left
        found["residual_rank"] = scale.rank_of(consequence, left)
    return found


def _treat(known: Known, chance: Random, risks: Sequence[Scenario]) -> None:
    """Plan something about some of them, and let others be accepted; a few no longer are."""
    for risk in risks:
        is_great = risk.rank is not None and risk.rank >= len(known.scale.bands) - 1
        if risk.treatment == Treatment.MITIGATE and chance.random() < PLANNED:
            _plan(known, chance, risk)
        elif risk.treatment == Treatment.ACCEPT and is_great and chance.random() < ACCEPTED:
            _accept(known, chance, risk)


def _plan(known: Known, chance: Random, risk: Scenario) -> None:
    due = known.today + timedelta(days=chance.randint(-30, 300))
    owner, made = chance.choice(known.people), _noon(known.today - timedelta(days=30))
    task = Task.objects.create(title=risk.title, owner=owner, due=due, created_at=made)
    PlanAction.objects.create(scenario=risk, task=task, cost=25_000, first_due=due)


def _accept(known: Known, chance: Random, risk: Scenario) -> None:
    proposer, giver = chance.sample(list(known.people), 2)
    given = Acceptance.objects.create(
        reason="Det koster mere at fjerne risikoen, end den kan koste.",
        amount=chance.randint(1, 50) * 10_000,
        measure_cost=900_000,
        budget_year=known.today.year,
        expires_on=known.today + timedelta(days=chance.randint(-40, 400)),
        capacity=chance.choice(Capacity.values),
        proposed_by=proposer,
        proposed_at=_noon(known.today - timedelta(days=60)),
    )
    scores = {name: getattr(risk, name) for name in ("likelihood", "consequence", "rank")}
    AcceptedRisk.objects.create(acceptance=given, scenario=risk, lineage=risk.lineage, **scores)
    given.state, given.accepted_by = Acceptance.State.ACCEPTED, giver
    given.accepted_at = _noon(known.today - timedelta(days=50))
    given.save()


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
