"""What a decision does to risks: approve an assessment, lay down a level, accept, or say no."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.wording import day
from kommissorium.meetings.facts import from_json
from kommissorium.meetings.models import Decision, Outcome
from kommissorium.risks.actions.acceptances import accept_by_decision, refuse_by_decision
from kommissorium.risks.actions.approving import approve_assessment, reopen_assessment
from kommissorium.risks.actions.levels import approve_level, reopen_level
from kommissorium.risks.actions.plans import agree_to_days
from kommissorium.risks.models import Acceptance, Assessment, PlanAction, RiskLevel
from kommissorium.secretariat.actions.risk_duties import finish_assessing, finish_deciding
from kommissorium.secretariat.returning_tables import days_of

APPROVING: Final = (Outcome.APPROVED, Outcome.WITH_CHANGES)
UNSETTLED: Final = (Outcome.DEFERRED, Outcome.NOTED)  # it lies before the committee still


def decide_assessment(decision: Decision, by: Person) -> None:
    """Approve the assessment, or make a draft of it again; deferred it stays where it is."""
    if decision.outcome in UNSETTLED:
        return
    found = _found(Assessment.objects.filter(pk=decision.subject_id).first())
    _refuse_another(found.state == Assessment.State.PROPOSED, found.proposed_at, decision)
    _refuse_other_committee(found.committee_id, decision)
    if decision.outcome not in APPROVING:
        reopen_assessment(found, by=by, decision=decision)
        return
    _refuse_one_pair_of_eyes(found.proposed_by_id, decision)
    approve_assessment(found, decision=decision, by=by)
    finish_assessing(found, decision, by=by)


def decide_level(decision: Decision, by: Person) -> None:
    """Lay the level down, or make a draft of it again; deferred it stays where it is."""
    if decision.outcome in UNSETTLED:
        return
    found = _found(RiskLevel.objects.filter(pk=decision.subject_id).first())
    _refuse_another(found.is_proposed, found.proposed_at, decision)
    _refuse_other_committee(found.committee_id, decision)
    if decision.outcome not in APPROVING:
        reopen_level(found, by=by, decision=decision)
        return
    _refuse_one_pair_of_eyes(found.proposed_by_id, decision)
    approve_level(found, decision=decision, by=by)
    finish_deciding(found, decision, by=by)


def decide_acceptance(decision: Decision, by: Person) -> None:
    """Accept the risks, or say no; deferred the proposal waits on."""
    if decision.outcome in UNSETTLED:
        return
    found = _found(Acceptance.objects.filter(pk=decision.subject_id).first())
    _refuse_another(found.is_unanswered, found.proposed_at, decision)
    if decision.outcome in APPROVING:
        accept_by_decision(found, decision, by=by)
    else:
        refuse_by_decision(found, decision, by=by)


def decide_slipped(decision: Decision, by: Person) -> None:
    """Agree to the days to which actions were put off, as the committee saw them.

    What was put off further since the call comes again.
    """
    item = decision.item
    facts = from_json(item.facts) if item else None
    if facts is None or decision.outcome not in APPROVING:
        return
    seen = dict(row for table in facts.tables for row in days_of(table))
    rows = PlanAction.objects.slipped(timezone.localdate()).filter(pk__in=seen)
    slipped = list(rows.select_related("task", "scenario").order_by("pk"))
    put_off = [one for one in slipped if one.is_put_off and not one.is_impossible]
    agreed = [one for one in put_off if seen[one.pk] in _in_each_language(one.task.due)]
    agree_to_days(agreed, decision, by=by)


def _in_each_language(due: date) -> set[str]:
    words = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            words.add(day(due))
    return words


def _found[M](row: M | None) -> M:
    if row is None:
        raise Refused(_("What was decided on is not there any more."))
    return row


def _refuse_another(waits: bool, proposed_at: datetime | None, decision: Decision) -> None:
    """Refuse what does not wait for a decision, and what was put forward anew after it."""
    meeting = decision.meeting
    decided = (meeting.closed_at or meeting.ends_at) if meeting else decision.decided_at
    if not waits or proposed_at is None:
        raise Refused(_("It is not before the committee."))
    if proposed_at > decided:
        raise Refused(
            _("It was taken back and put forward anew after the decision. Decide on it again.")
        )


def _refuse_other_committee(committee: int | None, decision: Decision) -> None:
    if committee != decision.committee_id:
        raise Refused(_("It lies before another committee."))


def _refuse_one_pair_of_eyes(proposed_by: int | None, decision: Decision) -> None:
    if decision.is_chairs and decision.by_id == proposed_by:
        raise Refused(_("You put it forward, so somebody else must decide on it."))
