"""Controls and their evidence, for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast
from kommissorium.controls.actions.controls import (
    begin_controls,
    change_control,
    decide_many,
)
from kommissorium.controls.actions.versions import draft_statement
from kommissorium.controls.models import Control, SoaVersion
from kommissorium.controls.proposal import KIND
from kommissorium.controls.status import ControlStatus, statuses_of
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import Decision

ASPECTS = ("security", "usability", "economy", "proportion")
WEIGHING = {
    **dict.fromkeys(("security", "usability"), "unchanged"),
    "economy": "neutral",
    "proportion": "fitting",
    **{f"{name}_text": "" for name in ASPECTS},
}


def begun(cast: Cast) -> None:
    """Make the list of controls, if it is not there."""
    if not Control.objects.exists():
        begin_controls(by=cast.coordinator)


def control(cast: Cast, number: str = "5.9") -> Control:
    begun(cast)
    return Control.objects.get(number=number)


def change(found: Control, by: Person, **values: Any) -> None:
    """Change a control as it is now."""
    found.refresh_from_db()
    change_control(found, by=by, values=values, edit_version=found.edit_version)


def applying(cast: Cast, number: str = "5.9", **values: Any) -> Control:
    """Return a control that applies and is owned."""
    found = control(cast, number)
    told = {"applies": "yes", "because": "Risikovurderingen kræver det."}
    change(found, cast.coordinator, **told, owner=cast.system_owner, **values)
    return found


def stands(found: Control, on: date | None = None) -> ControlStatus:
    found.refresh_from_db()
    return statuses_of([found], on or timezone.localdate())[0]


def decided(cast: Cast) -> None:
    """Set for every control that it applies, and its owner."""
    begun(cast)
    rows = list(Control.objects.filter(applies=""))
    told = {"applies": "yes", "because": "Kommunen har den slags.", "owner": cast.system_owner}
    decide_many(rows, by=cast.coordinator, **told)


def drafted(cast: Cast) -> SoaVersion:
    """Draft a complete version; one on its way is decided on first."""
    decided(cast)
    for one in SoaVersion.objects.filter(state="draft"):
        KIND.propose(one, cast.committee, by=cast.coordinator)
    for one in SoaVersion.objects.filter(state="proposed"):
        KIND.approve(one, decision_on(cast, one), by=cast.chair)
    return draft_statement(by=cast.coordinator)


def decision_on(cast: Cast, found: SoaVersion, outcome: str = "approved") -> Decision:
    return decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=f"Erklæring {found.pk} {outcome}",
        text="<p>Godkendt.</p>",
        why_now="Revisionen begynder.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome=outcome,
        subject=(KIND.kind, str(found.pk), found.get_absolute_url()),
    )


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
