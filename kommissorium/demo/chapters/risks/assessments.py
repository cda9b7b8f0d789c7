"""The assessments of risks: the level, the whole, and the critical systems of each area.

Each year's picture is put before the committee, and holds when the minutes are approved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from zlib import crc32

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, Criticality
from kommissorium.demo.sitting import put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows, sheet_of_cells
from kommissorium.registers.actions.imports import hand_in, take_in
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.actions.levels import draft_level
from kommissorium.risks.actions.scenarios import add_scenario, change_scenario
from kommissorium.risks.models import (
    Assessment,
    Group,
    RiskLevel,
    Scale,
    Scenario,
)
from kommissorium.risks.models.assessments import TITLE_LENGTH
from kommissorium.risks.scope import AssessmentScope, risk_owners

type Row = Mapping[str, str]

GROUPS = (  # areas whose systems are assessed together
    ("Sundhed og Ældre", "Børn og Skole"),
    ("Job og Velfærd", "Borgerservice"),
    ("Løn og Personale",),
)
AREAS_FIRST = 9  # meetings ago at most: the registers had begun
HIGHEST = 3  # the band the committee lives with
MOST_ASSETS, MOST_RISKS = 8, 20  # of each area
CRITICAL = (Criticality.SOCIETY, Criticality.BUSINESS)
STEPS = {
    "s": "likelihood",
    "fp": "confidentiality_person",
    "ip": "integrity_person",
    "tp": "availability_person",
    "fo": "confidentiality_organisation",
    "io": "integrity_organisation",
    "to": "availability_organisation",
}
HEADINGS = {
    "titel": "Risiko",
    "kategori": "Kategori",
    "s": "Sandsynlighed",
    "fp": "Fortrolighed registreret",
    "ip": "Integritet registreret",
    "tp": "Tilgængelighed registreret",
    "fo": "Fortrolighed",
    "io": "Integritet",
    "to": "Tilgængelighed",
    "har": "Foranstaltninger",
    "gør": "Håndtering",
    "hvad": "Tiltag",
    "rs": "Restsandsynlighed",
    "rk": "Restkonsekvens",
}
FIRST_LEVEL = "Kommunen lever med risici, som er sjældne eller små. Alt andet skal have en plan."
NEWEST_LEVEL = (
    "Kommunen lever med risici, som er sjældne eller små. Borgernes oplysninger vejer tungest."
)
STATEMENTS = {
    11: FIRST_LEVEL,
    7: "Niveauet er uændret. Nye løsninger må ikke ligge over niveauet, når de går i drift.",
    5: FIRST_LEVEL,
    3: NEWEST_LEVEL,
    1: NEWEST_LEVEL,
}


def tell_assessments(town: Town) -> None:
    """Tell of each picture: drafted, assessed, and put before the committee."""
    days, yearly = town.almanac, town.almanac.span.yearly
    for ago in yearly:
        called = days.call_day(days.held_day(ago))
        town.tell(days.moment(called - timedelta(days=12), "9.35"), partial(_draft, town, ago))
        town.tell(days.moment(called - timedelta(days=11), "10.35"), partial(_whole, town, ago))
        town.tell(days.moment(called - timedelta(days=2), "9.25"), partial(_put, town, ago))
    for ago in assessed(town):
        called = days.call_day(days.held_day(ago))
        group = GROUPS[(AREAS_FIRST - ago) % len(GROUPS)]
        town.tell(days.moment(called - timedelta(days=9), "13.35"), partial(_areas, town, group))
        town.tell(days.moment(called - timedelta(days=2), "9.30"), partial(_put, town, ago))


def assessed(town: Town) -> range:
    """Return how many meetings ago the risks of areas were put before the committee."""
    return range(min(AREAS_FIRST, town.almanac.span.first), 0, -1)


def lot(*words: object) -> int:
    """Draw a lot from 0 to 99, the same one for the same words."""
    return crc32(" ".join(map(str, words)).encode()) % 100


def _draft(town: Town, ago: int) -> None:
    """Draft the level for the year of the meeting: everything not high or critical."""
    scale = _scale()
    cells = [
        [scale.rank_of(c, s) <= HIGHEST for s in range(1, scale.size + 1)]
        for c in range(1, scale.size + 1)
    ]
    draft_level(
        by=town.coordinator(),
        scale=scale,
        year=max(town.almanac.held_day(ago).year, town.almanac.day_it_is().year),
        group="",
        statement=STATEMENTS[ago],
        cells=cells,
    )


def _whole(town: Town, ago: int) -> None:
    """Assess the whole: from a sheet the first time, later from the last picture."""
    by = town.coordinator()
    scope = Assessment.Scope.ORGANISATION
    before = Assessment.objects.in_force().filter(scope=scope).first()
    if before is None:
        made = _from_sheet(by)
        for one in made.scenarios.all():
            _give_owner(one, town.person("executive"), by)
    else:
        made = begin_assessment(by=by, scope=scope, copy_from=before)
        for one in made.scenarios.select_related("assessment__scale"):
            _move(one, ago, by)


def _from_sheet(by: Person) -> Assessment:
    lines = [[row[key] for key in HEADINGS] for row in _labelled("risks/organisation.csv")]
    data = sheet_of_cells(list(HEADINGS.values()), lines)
    run = hand_in("risks", data, "Risici for hele kommunen.csv", by=by)
    made: Assessment = take_in(run, by=by, mark=plan_of(run).mark)
    return made


def _labelled(name: str) -> Iterator[Row]:
    for row in rows(name):
        yield {**row, "kategori": str(Group(row["kategori"]).label)}


def _give_owner(one: Scenario, owner: Person, by: Person) -> None:
    change_scenario(one, by=by, values={"owner": owner.pk}, edit_version=one.edit_version)


def _areas(town: Town, names: Sequence[str]) -> None:
    """Assess the critical systems of some areas, or the area's own risks where there is none."""
    by, title = town.coordinator(), f"Kritiske systemer: {' og '.join(names)}"[:TITLE_LENGTH]
    before = Assessment.objects.in_force().filter(title=title).first()
    if before is not None:
        assets = list(before.assets.filter(ended_on=None).order_by("pk"))
        if assets or before.scope == Assessment.Scope.PROCESS:
            _again(before, assets, by)
            return
    assets = [asset for name in names for asset in _critical(name)]
    scope = (Assessment.Scope.PROCESS, Assessment.Scope.ASSET)[min(len(assets), 1)]
    scope = Assessment.Scope.ASSETS if len(assets) > 1 else scope
    made = begin_assessment(by=by, scope=scope, assets=assets, process=title, title=title)
    owners = risk_owners(AssessmentScope.of(made))
    for name in names:
        for row in _chosen(name):
            _add(made, name, row, owners, by)


def _again(before: Assessment, assets: Sequence[Asset], by: Person) -> None:
    scope = before.scope
    if before.assets.exists():
        scope = Assessment.Scope.ASSETS if len(assets) > 1 else Assessment.Scope.ASSET
    made = begin_assessment(
        by=by,
        scope=scope,
        assets=assets,
        process=before.process,
        title=before.title,
        copy_from=before,
    )
    for one in made.scenarios.select_related("assessment__scale"):
        _move(one, before.pk, by)


def _critical(name: str) -> list[Asset]:
    found = Asset.objects.in_register().filter(area__name=name, criticality__in=CRITICAL)
    return list(found.order_by("local_id", "pk")[:MOST_ASSETS])


def _chosen(name: str) -> Sequence[Row]:
    """Return the risks of an area, others in each."""
    return sorted(rows("risks/systems.csv"), key=lambda row: lot(name, row["titel"]))[:MOST_RISKS]


def _add(made: Assessment, name: str, row: Row, owners: Sequence[Person], by: Person) -> None:
    values = said_of(name, row, made.scale.size)
    if owners:
        values["owner"] = owners[lot(name, row["titel"]) % len(owners)].pk
    title = f"{name}: {row['titel']}"
    add_scenario(made, by=by, title=title, group=row["kategori"], values=values)


def said_of(name: str, row: Row, size: int) -> dict[str, object]:
    """Return the steps of a risk and its treatment, by field; others for each name."""
    steps = {
        field: _varied(int(row[key]), lot(name, row["titel"], key), size)
        for key, field in STEPS.items()
    }
    worst = max(step for field, step in steps.items() if field != "likelihood")
    return {
        **steps,
        "measures": row["har"],
        "treatment": row["gør"],
        "treatment_note": row["hvad"],
        "residual_likelihood": min(int(row["rs"]), steps["likelihood"]),
        "residual_consequence": min(int(row["rk"]), worst),
    }


def _varied(step: int, drawn: int, size: int) -> int:
    """Return a step as it is, or in every fifth case one beside it."""
    if drawn >= 20:  # noqa: PLR2004 of a hundred
        return step
    return min(max(step + (1 if drawn % 2 else -1), 1), size)


def _move(one: Scenario, year: int, by: Person) -> None:
    """Let a fifth of the risks become rarer as measures work, and a few likelier."""
    drawn = lot(one.title, year)
    if one.likelihood is None or drawn >= 24:  # noqa: PLR2004 of a hundred
        return
    likelihood = one.likelihood - 1 if drawn < 18 else one.likelihood + 1  # noqa: PLR2004
    likelihood = min(max(likelihood, 1), one.assessment.scale.size)
    residual = min(one.residual_likelihood or likelihood, likelihood)
    values = {"likelihood": likelihood, "residual_likelihood": residual}
    if likelihood != one.likelihood:
        change_scenario(one, by=by, values=values, edit_version=one.edit_version)


def _put(town: Town, ago: int) -> None:
    """Put the drafts on the agenda of the meeting: the level first."""
    drafts: list[Any] = list(RiskLevel.objects.filter(state=RiskLevel.State.DRAFT))
    drafts += Assessment.objects.filter(state=Assessment.State.DRAFT).order_by("pk")
    for draft in drafts:
        put(town, ago, draft)


def _scale() -> Scale:
    found = Scale.in_use()
    if found is None:
        raise LookupError("No scale is in use")
    return found
