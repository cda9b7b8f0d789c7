"""Finish a duty of the committee by the decision that fulfils it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import reference
from kommissorium.meetings.models import Decision
from kommissorium.yearwheel.actions.evidence import GivenEvidence
from kommissorium.yearwheel.actions.occurrences import conclude
from kommissorium.yearwheel.models import Occurrence


def due_of(duty: str, decision: Decision) -> Occurrence | None:
    """Return what is open of a duty of the committee that decided; None before it is time.

    `duty` is the key of the proposal it was adopted from.
    """
    open_ones = Occurrence.objects.open().filter(
        duty__committee=decision.committee_id, duty__default_key=duty, source=None
    )
    waiting = open_ones.select_related("duty").order_by("due", "pk").first()
    if waiting is None:
        return None
    is_time = timezone.localdate() >= waiting.due - timedelta(days=waiting.duty.lead_days)
    return waiting if is_time else None


def finish_by_decision(
    waiting: Occurrence,
    decision: Decision,
    shown: Any,
    label: str,
    *,
    by: Person,
    said: str = "",
    at: datetime | None = None,
) -> None:
    """Finish it; the evidence is the thing decided on, under its label, and the
    decision. `said` is the conclusion, where it is another than the decision's number, and `at`
    when it was done, where that was another moment than the decision's."""
    number = _("Decision %(number)s") % {"number": decision.number}
    conclude(
        waiting,
        by=by,
        result=Occurrence.Result.DONE,
        conclusion=said or number,
        evidence=[_evidence(shown, label), _evidence(decision, number)],
        at=at or decision.decided_at,
    )


def _evidence(row: Any, label: str) -> GivenEvidence:
    kind, key = reference(row)
    url = row.get_absolute_url()
    return GivenEvidence("row", label=label, url=url, object_kind=kind, object_id=key)
