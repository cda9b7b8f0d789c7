"""The decision that lays the risk level down is the evidence of the duty to decide it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import reference
from kommissorium.meetings.models import Decision
from kommissorium.risks.models import RiskLevel
from kommissorium.yearwheel.actions.evidence import GivenEvidence
from kommissorium.yearwheel.actions.occurrences import conclude
from kommissorium.yearwheel.models import Occurrence

DUTY: Final = "risk_level"  # the key of the proposal such a duty was adopted from


def finish_duty(level: RiskLevel, decision: Decision, *, by: Person) -> Occurrence | None:
    """Finish what is open of the committee's duty to decide the level, once it is time for it.

    Part of the decision's effect. Returns what was finished; None where nothing is due yet.
    """
    open_ones = Occurrence.objects.open().filter(
        duty__committee=decision.committee_id, duty__default_key=DUTY, source=None
    )
    waiting = open_ones.select_related("duty").order_by("due", "pk").first()
    if waiting is None:
        return None
    if timezone.localdate() < waiting.due - timedelta(days=waiting.duty.lead_days):
        return None
    said = _("Decision %(number)s") % {"number": decision.number}
    name = _("Risk level of %(year)s") % {"year": str(level.year)}
    rows = [_shown(level, name), _shown(decision, said)]
    no_fault = Occurrence.Result.NO_FAULT
    conclude(waiting, by=by, result=no_fault, conclusion=said, evidence=rows)
    return waiting


def _shown(subject: RiskLevel | Decision, label: str) -> GivenEvidence:
    kind, key = reference(subject)
    url = subject.get_absolute_url()
    return GivenEvidence("row", label=label, url=url, object_kind=kind, object_id=key)
