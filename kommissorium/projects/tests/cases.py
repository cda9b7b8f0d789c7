"""Projects, measures and statuses of the security work in every state, for whoever tries them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kommissorium.conftest import Cast, time_is
from kommissorium.measures.periods import Quarter
from kommissorium.projects.actions.measures import add_measure, draft_status, say_states
from kommissorium.projects.actions.projects import add_milestone, add_project, tell_project
from kommissorium.projects.models import (
    MeasureState,
    Milestone,
    Project,
    TechnicalMeasure,
    WorkStatus,
)
from kommissorium.projects.proposal import KIND
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.registers.tests.activity_cases import approve


def values_of(cast: Cast, **others: Any) -> dict[str, Any]:
    """Return what a project says: the system owner's, begun today."""
    today = timezone.localdate()
    return {
        "title": "Ny firewall på rådhuset",
        "goal": "Ingen trafik uden om den.",
        "owner": cast.system_owner,
        "budget": 100_000,
        "begins": today,
        "due": today + timedelta(days=90),
        "risks": [],
        **others,
    }


def project(cast: Cast, **others: Any) -> Project:
    """Put a project on the list."""
    return fresh(add_project(by=cast.coordinator, values=values_of(cast, **others)))


def fresh(found: Project) -> Project:
    """Return it as it is now, with what was told last."""
    return Project.objects.standing_on().select_related("owner").get(pk=found.pk)


def tell(cast: Cast, found: Project, standing: str = "yellow", **others: Any) -> Project:
    """Tell how a project stands."""
    values = {"standing": standing, "reason": "Udstyr mangler.", "spent": 10_000, "asked": None}
    tell_project(found, by=cast.coordinator, values={**values, **others})
    return fresh(found)


def milestone(cast: Cast, found: Project, **others: Any) -> Milestone:
    values = {"title": "Udstyret er bestilt", "due": found.due, "reached_on": None, **others}
    return add_milestone(found, by=cast.coordinator, values=values)


def own_measure(cast: Cast, **others: Any) -> TechnicalMeasure:
    """Add a measure of the municipality's own."""
    values = {"name": "Backup", "owner": cast.system_owner, "figure_name": "", "unit": ""}
    return add_measure(by=cast.coordinator, values={**values, "wanted": "", **others})


def area(code: str) -> TechnicalMeasure:
    return TechnicalMeasure.objects.get_or_create(area=code)[0]


def said_of(state: MeasureState, **others: Any) -> dict[str, Any]:
    """Return what can be said of a state so that nothing lacks."""
    return {
        "light": "yellow",
        "text": "De fleste er dækket.",
        "figure": 80,
        "evidence": "Rapport fra driften",
        "evidence_on": state.status.quarter.last,
        "plan": "Resten følger.",
        **others,
    }


def begun(cast: Cast) -> WorkStatus:
    """Begin the status of the quarter that ended last; what was begun already is that."""
    waiting = WorkStatus.objects.filter(state="draft").first()
    return waiting or draft_status(by=cast.coordinator)


def say_all(cast: Cast, found: WorkStatus, **others: Any) -> None:
    """Say how all measures stood."""
    rows = found.states.select_related("status", "measure")
    said = {one.pk: (said_of(one, **others), one.edit_version) for one in rows}
    say_states(found, said, by=cast.coordinator)


def drafted(cast: Cast) -> WorkStatus:
    """Draft a status that lacks nothing."""
    found = begun(cast)
    say_all(cast, found)
    words = {"conclusion": "Det går fremad.", "effort": "Vi prøver gendannelse."}
    change_draft(KIND, found, words, by=cast.coordinator, edit_version=found.edit_version)
    found.refresh_from_db()
    return found


def proposed(cast: Cast) -> WorkStatus:
    found = drafted(cast)
    KIND.propose(found, cast.committee, by=cast.coordinator)
    return found


def approved(cast: Cast) -> WorkStatus:
    found: WorkStatus = approve(cast, KIND, drafted(cast))
    return found


def ended(ago: int = 1) -> Quarter:
    """Return a quarter that has ended: the newest, or one before it."""
    quarter = Quarter.of(timezone.localdate())
    for _time in range(ago):
        quarter = quarter.before
    return quarter


def when(day: date) -> Any:
    """Let it be that day, past or to come, at this hour of the clock on the wall."""
    now = timezone.localtime()
    return time_is(now + (day - now.date()))


def approved_before(cast: Cast, ago: int = 2) -> WorkStatus:
    """Approve the status of an earlier quarter, in its time."""
    with when(ended(ago).last + timedelta(days=20)):
        return approved(cast)
