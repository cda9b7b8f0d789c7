"""The decisions that finish the committee's own duties about risks, as their evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import reference
from kommissorium.meetings.models import Decision
from kommissorium.risks.current_counts import count_risks
from kommissorium.risks.models import Assessment, RiskLevel
from kommissorium.yearwheel.actions.evidence import GivenEvidence
from kommissorium.yearwheel.actions.occurrences import conclude
from kommissorium.yearwheel.models import Occurrence

# The keys of the proposals such duties were adopted from.
DECIDING: Final = "risk_level"
ASSESSING: Final = "risk_assessments"


def finish_deciding(level: RiskLevel, decision: Decision, *, by: Person) -> Occurrence | None:
    """Finish what is open of the committee's duty to decide the level, once it is time for it.

    Part of the decision's effect. Returns what was finished; None where nothing is due yet.
    """
    waiting = _due(DECIDING, decision)
    if waiting is None:
        return None
    said = _("Decision %(number)s") % {"number": decision.number}
    name = _("Risk level of %(year)s") % {"year": str(level.year)}
    _conclude(waiting, said, [_shown(level, name), _shown(decision, said)], by)
    return waiting


def finish_assessing(
    assessment: Assessment, decision: Decision, *, by: Person
) -> Occurrence | None:
    """Finish what is open of the committee's duty to assess, once it is time for it and every
    critical system has an assessment that is less than a year old.

    Part of the effect of approving the last of them. Returns what was finished, or None.
    """
    waiting = _due(ASSESSING, decision)
    if waiting is None:
        return None
    now = count_risks(timezone.localdate())
    if not now.critical or now.covered < now.critical:
        return None
    said = ngettext(
        "The critical system has been assessed within a year.",
        "All %(number)d critical systems have been assessed within a year.",
        now.critical,
    ) % {"number": now.critical}
    name = _("Decision %(number)s") % {"number": decision.number}
    _conclude(waiting, said, [_shown(assessment, assessment.title), _shown(decision, name)], by)
    return waiting


def _due(duty: str, decision: Decision) -> Occurrence | None:
    """Return what is open of a duty of the committee that decided; None before it is time."""
    open_ones = Occurrence.objects.open().filter(
        duty__committee=decision.committee_id, duty__default_key=duty, source=None
    )
    waiting = open_ones.select_related("duty").order_by("due", "pk").first()
    if waiting is None:
        return None
    is_time = timezone.localdate() >= waiting.due - timedelta(days=waiting.duty.lead_days)
    return waiting if is_time else None


def _conclude(waiting: Occurrence, said: str, rows: list[GivenEvidence], by: Person) -> None:
    no_fault = Occurrence.Result.NO_FAULT
    conclude(waiting, by=by, result=no_fault, conclusion=said, evidence=rows)


def _shown(subject: Assessment | RiskLevel | Decision, label: str) -> GivenEvidence:
    kind, key = reference(subject)
    url = subject.get_absolute_url()
    return GivenEvidence("row", label=label, url=url, object_kind=kind, object_id=key)
