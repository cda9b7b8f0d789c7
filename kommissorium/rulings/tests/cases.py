"""Documents in force, questions about their rules and dispensations, for whoever tries them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import Decision, Meeting
from kommissorium.policies.models import Document
from kommissorium.policies.tests.cases import WEIGHING, rule
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.rulings import dispensations, interpretations
from kommissorium.rulings.actions.rulings import apply_for_dispensation, ask_interpretation
from kommissorium.rulings.models import Dispensation, Interpretation


def asked(
    cast: Cast, found: Document | None = None, *, by: Person | None = None, words: str = "Må jeg?"
) -> Interpretation:
    about = found or rule(cast)
    return ask_interpretation(about, heading="kontrol", question=words, by=by or cast.employee)


def ruled(cast: Cast, found: Interpretation, words: str = "Ja, hvis lederen er enig.") -> None:
    """Write the ruling and let the chair decide on it."""
    values = {"question": found.question, "ruling": words}
    change_draft(
        interpretations.KIND, found, values, by=cast.coordinator, edit_version=found.edit_version
    )
    approve(cast, interpretations.KIND, found)


def answered(cast: Cast) -> Interpretation:
    """Return a question with its ruling written, not yet put forward."""
    found = asked(cast)
    values = {"question": found.question, "ruling": "Ja, hvis lederen er enig."}
    change_draft(
        interpretations.KIND, found, values, by=cast.coordinator, edit_version=found.edit_version
    )
    return found


def values_of(**others: Any) -> dict[str, Any]:
    return {
        "place": "Tablets i hjemmeplejen",
        "area": None,
        "asset": None,
        "reason": "Flere deles om dem på en vagt.",
        "measure": "De låses efter to minutter.",
        "last_day": timezone.localdate() + timedelta(days=100),
        **others,
    }


def applied(
    cast: Cast, found: Document | None = None, *, by: Person | None = None, **others: Any
) -> Dispensation:
    about, who = found or rule(cast), by or cast.employee
    values = values_of(**others)
    return apply_for_dispensation(about, heading="kontrol", values=values, by=who)


def granted(cast: Cast, found: Document | None = None, **more: Any) -> Dispensation:
    made = applied(cast, found, **more)
    approve(cast, dispensations.KIND, made)
    return made


def decision_on(cast: Cast, kind: Any, found: Any, outcome: str = "approved") -> Decision:
    return decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=f"{found.pk} {outcome}"[:100],
        text="<p>Godkendt.</p>",
        why_now="Der er brug for det.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome=outcome,
        subject=(kind.kind, str(found.pk), found.get_absolute_url()),
    )


def approve(cast: Cast, kind: Any, found: Any, outcome: str = "approved") -> None:
    kind.propose(found, cast.committee, by=cast.coordinator)
    kind.decide(decision_on(cast, kind, found, outcome), by=cast.chair)
    found.refresh_from_db()


def meeting_in(cast: Cast, days: int) -> Meeting:
    """Plan a meeting of the committee so many days ahead."""
    starts = timezone.localtime() + timedelta(days=days)
    ends = starts + timedelta(hours=1)
    return plan_meeting(
        cast.committee, by=cast.coordinator, starts_at=starts, ends_at=ends, place="Rådhuset"
    )


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)
