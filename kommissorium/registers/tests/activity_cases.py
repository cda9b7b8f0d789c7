"""Plans and activities of any kind in every state, for the rooms' tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.activities import draft_plan, hold_activity, plan_activity
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.registers.activities import ActivityKind
from kommissorium.registers.standard_proposals import StandardProposal

type Kind = ActivityKind[Any]
WEIGHING = {
    **dict.fromkeys(("security", "usability"), "unchanged"),
    "economy": "neutral",
    "proportion": "fitting",
    **{f"{name}_text": "" for name in ("security", "usability", "economy", "proportion")},
}


def soon(days: int = 5) -> date:
    """Return a day a few days ahead that lies in this year."""
    today = timezone.localdate()
    return min(today + timedelta(days=days), date(today.year, 12, 31))


def drafted(kind: Kind, cast: Cast, *many: Mapping[str, Any]) -> Any:
    """Draft a plan of these activities alone; nothing of the year before."""
    found: Any = draft_plan(kind, by=cast.coordinator)
    found.activities.all().delete()
    values = {"year": found.year, "statement": "Alle skal vide, hvad de skal gøre."}
    change_draft(kind.plan, found, values, by=cast.coordinator, edit_version=found.edit_version)
    for words in many:
        add(kind, cast, found, words)
    return found


def add(kind: Kind, cast: Cast, plan: Any, words: Mapping[str, Any]) -> Any:
    """Plan an activity, on a day of the plan's year."""
    day = words["planned_for"]
    values = {**words, "planned_for": date(plan.year, day.month, min(day.day, 28))}
    values["planned_for"] = day if day.year == plan.year else values["planned_for"]
    return plan_activity(kind, plan, by=cast.coordinator, values=values)


def decision_on(
    cast: Cast, kind: StandardProposal[Any], found: Any, outcome: str = "approved"
) -> Decision:
    return decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=f"{kind.slug} {found.pk} {outcome}",
        text="<p>Godkendt.</p>",
        why_now="Det haster.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome=outcome,
        subject=(kind.kind, str(found.pk), found.get_absolute_url()),
    )


def approve(cast: Cast, kind: StandardProposal[Any], found: Any) -> Any:
    """Let the chair approve what lies as a draft."""
    found.refresh_from_db()
    kind.propose(found, cast.committee, by=cast.coordinator)
    kind.approve(found, decision_on(cast, kind, found), by=cast.chair)
    found.refresh_from_db()
    return found


def hold(
    kind: Kind,
    found: Any,
    by: Person,
    *,
    on: date | None = None,
    outcome: str = "partly",
    conclusion: str = "Det gik.",
) -> Any:
    """Say that an activity was held, today when no day is given."""
    found = kind.model._default_manager.select_related("plan").get(pk=found.pk)
    values = {
        "held_on": on or timezone.localdate(),
        "outcome": outcome,
        "conclusion": conclusion,
    }
    hold_activity(kind, found, by=by, values=values, edit_version=found.edit_version)
    return found
