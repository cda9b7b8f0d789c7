"""Objectives in every state, for whoever tries them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast
from kommissorium.core.evidence.actions import freeze
from kommissorium.core.evidence.models import Record
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import Decision
from kommissorium.objectives.actions import (
    add_objective,
    draft_set,
    measure_objective,
    remove_objective,
)
from kommissorium.objectives.models import Objective, ObjectiveSet
from kommissorium.objectives.proposal import KIND
from kommissorium.objectives.status import Progress, statuses_on
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.registers.counts import forget_counts
from kommissorium.registers.offered import levels_today

WEIGHING = {
    **dict.fromkeys(("security", "usability"), "unchanged"),
    "economy": "neutral",
    "proportion": "fitting",
    **{f"{name}_text": "" for name in ("security", "usability", "economy", "proportion")},
}


def level_in_force(cast: Cast, *, ago: int = 0) -> Record:
    """Put a risk level of the room that has them in force for so many days, for the old one."""
    model, today = apps.get_model("risks", "RiskLevel"), timezone.localdate()
    begins = today - timedelta(days=ago)
    model.objects.filter(in_force_to=None).update(in_force_to=begins)
    with transaction.atomic():
        level = model.objects.create(
            year=begins.year,
            scale=apps.get_model("risks", "Scale").objects.earliest("pk"),
            statement="Det lave.",
            cells=[],
            made_by=cast.coordinator,
            made_at=timezone.now(),
        )
        content = {"title": "Risikoniveau", "category": "Alle kategorier"}
        content["in_force_from"] = begins.isoformat()
        frozen = freeze("risks.level", level, by=cast.coordinator, content=content, pdf=b"")
        model.objects.filter(pk=level.pk).update(
            state="approved", in_force_from=begins, record=frozen
        )
    forget_counts()
    return frozen


def values_of(cast: Cast, **others: Any) -> dict[str, Any]:
    """Return what an objective says that is measured by hand."""
    return {
        "title": "Øvelser i beredskab",
        "why": "Vi skal kunne arbejde uden it.",
        "serves": "Strategiens mål 3: trygge borgere",
        "serves_link": "",
        "risk_level": levels_today().records.first(),
        "area": None,
        "indicator": "",
        "direction": "at_least",
        "target": Decimal(4),
        "unit": "øvelser",
        "due": date(timezone.localdate().year, 12, 31),
        "every": 3,
        "owner": cast.system_owner,
        **others,
    }


def drafted(cast: Cast, *many: dict[str, Any]) -> ObjectiveSet:
    """Draft a set of an objective of the system owner's, or of these; none of the year before."""
    found = draft_set(by=cast.coordinator)
    for one in found.objectives.all():
        remove_objective(one, by=cast.coordinator)
    change(found, cast.coordinator, statement="Mere ro.")
    for words in many or ({},):
        add_objective(found, by=cast.coordinator, values=values_of(cast, **words))
    return found


def change(found: ObjectiveSet, by: Person, **values: Any) -> None:
    """Change year or words of a draft, as it is now."""
    found.refresh_from_db()
    whole = {"year": found.year, "statement": found.statement, **values}
    change_draft(KIND, found, whole, by=by, edit_version=found.edit_version)


def proposed(cast: Cast, *many: dict[str, Any]) -> ObjectiveSet:
    found = drafted(cast, *many)
    KIND.propose(found, cast.committee, by=cast.coordinator)
    return found


def decision_on(cast: Cast, found: ObjectiveSet, outcome: str = "approved") -> Decision:
    return decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=f"Mål {found.pk} {outcome}",
        text="<p>Godkendt.</p>",
        why_now="Året begynder.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome=outcome,
        subject=(KIND.kind, str(found.pk), found.get_absolute_url()),
    )


def approved(cast: Cast, *many: dict[str, Any]) -> ObjectiveSet:
    found = proposed(cast, *many)
    KIND.approve(found, decision_on(cast, found), by=cast.chair)
    return found


def only(found: ObjectiveSet) -> Objective:
    one: Objective = found.objectives.select_related("set", "owner").get()
    return one


def measure(
    cast: Cast, found: Objective, value: int = 2, *, ago: int = 0, by: Person | None = None
) -> None:
    day = timezone.localdate() - timedelta(days=ago)
    measure_objective(found, by=by or cast.coordinator, value=Decimal(value), day=day)


def progress(one: Objective, day: date | None = None) -> Progress:
    found = {status.objective.pk: status for status in statuses_on(day or timezone.localdate())}
    return found[one.pk].progress
