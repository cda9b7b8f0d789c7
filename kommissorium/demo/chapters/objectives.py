"""Objectives set each year, and measured each quarter; one has not been for a while.

What registers count measures itself. One is still linked to the risk level before the newest.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area
from kommissorium.demo.chapters import Chapter
from kommissorium.demo.sitting import put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.objectives.actions import (
    add_objective,
    change_objective,
    draft_set,
    measure_objective,
)
from kommissorium.objectives.forms import ObjectiveForm
from kommissorium.objectives.missed import MISSED_ONES
from kommissorium.objectives.models import Objective, ObjectiveSet
from kommissorium.objectives.proposal import KIND
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.registers.offered import levels_today

TABLE = "objectives.csv"
STATEMENT = "Sikkerheden skal kunne ses i tal, og hvert tal skal have en, der følger det."
STRATEGY = "https://havneby.example/strategi"
MEASURED = 20  # days after each meeting
LINKED = 12  # days after the meeting that set a new risk level


def _tell(town: Town) -> None:
    days = town.almanac
    for ago in days.span.yearly:
        called = days.call_day(days.held_day(ago))
        town.tell(days.moment(called - timedelta(days=13), "9.50"), partial(_draft, town))
        town.tell(days.moment(called - timedelta(days=2), "9.40"), partial(_put, town, ago))
        town.tell_after(ago, LINKED, partial(_link, town, ago), "10.20")
    for ago in range(days.span.yearly[0], 0, -1):
        town.tell_after(ago, MEASURED, partial(_measure, town, ago), "10.50")


def _draft(town: Town) -> None:
    """Draft the year's objectives: from the table the first time, later from last year's."""
    by = town.coordinator()
    made = draft_set(by=by)
    former = list(made.objectives.select_related("set", "owner"))
    for one in former:
        if not one.has_owner:
            values = {name: getattr(one, name) for name in ObjectiveForm.names} | {"owner": by}
            change_objective(one, by=by, values=values, edit_version=one.edit_version)
    if former:
        return
    values = {"year": made.year, "statement": STATEMENT}
    change_draft(KIND, made, values, by=by, edit_version=made.edit_version)
    for row in rows(TABLE):
        add_objective(
            made,
            by=by,
            values={
                "title": row["titel"],
                "why": row["hvorfor"],
                "serves": row["tjener"],
                "serves_link": STRATEGY,
                "risk_level": levels_today().records.first(),
                "area": Area.objects.filter(name=row["område"]).first(),
                "indicator": row["tal"],
                "unit": row["enhed"],
                "direction": row["retning"],
                "target": Decimal(row["mål"]),
                "due": date(made.year, 12, 31),
                "every": 3,
                "owner": _owner(town, row["ansvarlig"]),
            },
        )


def _owner(town: Town, code: str) -> Person:
    return town.coordinator() if code == "koordinator" else town.person(code)


def _put(town: Town, ago: int) -> None:
    put(town, ago, ObjectiveSet.objects.get(state="draft"))


def _link(town: Town, ago: int) -> None:
    """Link those in force to the newest risk level; the last time one is forgotten."""
    found = Objective.objects.in_force_on(town.almanac.day_it_is()).select_related("set", "owner")
    rows = list(found.order_by("-pk"))
    for one in rows[ago == town.almanac.span.yearly[-1] :]:
        level = {"risk_level": levels_today().records.first()}
        change_objective(one, by=town.coordinator(), values=level, edit_version=one.edit_version)


def _measure(town: Town, ago: int) -> None:
    """Measure by hand those in force, except the forgotten one in the last quarters."""
    told, quarter = {row["titel"]: row for row in rows(TABLE)}, town.almanac.span.yearly[0] - ago
    found = Objective.objects.in_force_on(town.almanac.day_it_is()).filter(indicator="")
    for one in found.select_related("set", "owner").order_by("pk"):
        by = one.owner if one.owner and one.owner.has_login else town.keeper()
        row = told[one.title]
        if ago <= int(row["glemt"]) or not one.can_be_measured_by(by):
            continue
        value = Decimal(row["målt"].split()[quarter].replace(",", "."))
        measure_objective(one, by=by, value=value)


DECIDED = {
    KIND.kind: "Udvalget godkendte årets mål. Ejerne måler hvert kvartal.",
    MISSED_ONES.kind: "Udvalget holder fast i målene og bad ejerne om en plan til næste møde.",
}
CHAPTER = Chapter(_tell, budget=320, decided=DECIDED)
