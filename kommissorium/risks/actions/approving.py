"""Put an assessment before the committee, and let the committee's decision approve it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.many_documents import give_documents, withdraw_documents
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_committee as hold_committee
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.proposals import (
    hold_for_approval,
    make_draft_again,
    move,
    propose,
    refuse_unless,
)
from kommissorium.risks.actions.assessments import hold, hold_draft
from kommissorium.risks.actions.plans import agree_to_plans
from kommissorium.risks.actions.void_acceptances import void_acceptances, void_proposals
from kommissorium.risks.assessment_picture import changed_lineages
from kommissorium.risks.assessment_record import assessment_pdf, content_of
from kommissorium.risks.models import Assessment, PlanAction, Scenario, Treatment
from kommissorium.risks.scope import AssessmentScope, assessments_of
from kommissorium.tasks.models import Task

ASSESSMENT: Final = "risks.assessment"  # the kind of record, of subject and of document
DOCUMENT: Final = "risk"  # the kind of document that an assessment is to its assets


@transaction.atomic
def propose_assessment(assessment: Assessment, *, committee: Committee, by: Person) -> None:
    """Propose a finished draft to the committee; nobody writes in it from then on.

    Raises Refused while something is lacking: see lacking().
    """
    hold_committee(committee)
    hold_draft(assessment, by)
    if not assessment.can_be_proposed_by(by):
        raise PermissionDenied
    if missing := lacking(assessment):
        raise Refused(" ".join(missing))
    propose(assessment, committee, by=by)
    record("risks.assessment_proposed", assessment, by=by, facts={"committee": committee.pk})


@transaction.atomic
def reopen_assessment(
    assessment: Assessment, *, by: Person, decision: Decision | None = None
) -> None:
    """Make a draft again of what was proposed: taken back, or the committee did not approve it.

    `decision` is the committee's; without one only coordinators may. Raises Refused for one that
    is not proposed.
    """
    if decision is None and not by.is_coordinator:
        raise PermissionDenied
    told = make_draft_again(assessment, decision)
    record("risks.assessment_reopened", assessment, by=by, facts=told)


@transaction.atomic
def approve_assessment(
    assessment: Assessment, *, decision: Decision, by: Person, on: date | None = None
) -> Assessment:
    """Approve what was proposed by the decision about it; its picture is frozen as a record.

    It holds from `on`, today when not given, and takes the place of the one that held: what was
    accepted of risks that are no longer the same is void. It is the risk assessment demanded
    among the documents of what it is about. Where nothing was said of what is left
    after the treatment, today's risk is left. Raises PermissionDenied for a decision about
    something else, and Refused for one that does not approve or an assessment not proposed.
    """
    hold_for_approval(assessment, decision)  # whoever writes in a draft is not waited for
    hold(assessment)
    assessment.refresh_from_db()
    refuse_unless(assessment, Assessment.State.PROPOSED)
    on = on or timezone.localdate()
    _fill_in_residuals(assessment)
    replaced = _replaced_by(assessment)
    content = content_of(assessment, decision=decision, on=on)
    pdf = assessment_pdf(content, made_at=timezone.localtime())
    frozen = freeze(ASSESSMENT, assessment, by=by, content=content, pdf=pdf)
    changes = {"decision": decision, "record": frozen, "in_force_from": on}
    move(assessment, Assessment.State.PROPOSED, Assessment.State.APPROVED, **changes)
    changed = _put_in_place(assessment, replaced, on, by)
    agree_to_plans(assessment, decision, by=by)
    _be_document_of_assets(assessment, replaced, on, by)
    told = {"decision": decision.number, "number": assessment.scenarios.count(), "on": on}
    because = _("The risk changed: %(title)s, %(number)s.") % {
        "title": assessment.title,
        "number": decision.number,
    }
    void = void_acceptances(changed, by=by, because=because) if changed else 0
    void += void_proposals(assessment, by=by, because=because)
    record("risks.assessment_approved", assessment, by=by, facts={**told, "void": void})
    return assessment


def lacking(assessment: Assessment) -> list[str]:
    """Return why a draft cannot be proposed yet, a sentence each; nothing where it can."""
    counted = assessment.scenarios.order_by().aggregate(
        all=Count("pk"),
        unscored=Count("pk", filter=Q(rank=None)),
        bare=Count("pk", filter=Q(treatment="") | Q(owner=None)),
        aimless=Count("pk", filter=_is_aimless(assessment)),
    )
    if not counted["all"]:
        return [_("It has no risks yet.")]
    found = []
    assets = list(assessment.assets.values_list("ended_on", flat=True))
    if assets and all(assets):
        found.append(_("All it is about has been taken out of the register."))
    if number := counted["unscored"]:
        found.append(
            ngettext(
                "%(number)d risk lacks how likely or how bad it is.",
                "%(number)d risks lack how likely or how bad they are.",
                number,
            )
            % {"number": number}
        )
    if number := counted["bare"]:
        found.append(
            ngettext(
                "%(number)d risk lacks what is to be done, or an owner.",
                "%(number)d risks lack what is to be done, or an owner.",
                number,
            )
            % {"number": number}
        )
    if number := counted["aimless"]:
        found.append(
            ngettext(
                "%(number)d risk is to be mitigated, but nobody has written by what.",
                "%(number)d risks are to be mitigated, but nobody has written by what.",
                number,
            )
            % {"number": number}
        )
    return found


def _is_aimless(assessment: Assessment) -> Q:
    """Return the condition on a risk that it is to be mitigated with nothing: neither written in
    a sentence, nor planned as an action."""
    planned = PlanAction.objects.exclude(task__state=Task.State.DROPPED)
    planned = planned.filter(scenario__lineage__in=assessment.scenarios.values("lineage"))
    unwritten = Q(treatment=Treatment.MITIGATE, treatment_note="")
    return unwritten & ~Q(lineage__in=planned.order_by().values("scenario__lineage"))


def _fill_in_residuals(assessment: Assessment) -> None:
    unsaid = assessment.scenarios.filter(residual_rank=None)
    unsaid.update(
        residual_likelihood=F("likelihood"),
        residual_consequence=F("consequence"),
        residual_rank=F("rank"),
    )


def _replaced_by(assessment: Assessment) -> list[Assessment]:
    """Return those in force whose place it takes: of the same thing, and what it was made from."""
    same = [
        one
        for one in assessments_of(AssessmentScope.of(assessment))
        if one.is_approved and one.in_force_to is None
    ]
    former = assessment.previous
    if former and former.is_approved and former.in_force_to is None and former not in same:
        same.append(former)
    return same


def _put_in_place(
    assessment: Assessment, replaced: Sequence[Assessment], on: date, by: Person
) -> set[UUID]:
    """End what held, let this hold; return the lineages that are no longer as they were."""
    changed: set[UUID] = set()
    for one in replaced:
        changed |= changed_lineages(one, assessment)
        Assessment.objects.filter(pk=one.pk).update(in_force_to=max(on, one.in_force_from or on))
        Scenario.objects.filter(assessment=one).update(is_in_force=False)
        record("risks.assessment_replaced", one, by=by, facts={"on": on})
    Scenario.objects.filter(assessment=assessment).update(is_in_force=True)
    return changed


def _be_document_of_assets(
    assessment: Assessment, replaced: Sequence[Assessment], on: date, by: Person
) -> None:
    """Let it be the document of its assets, and those whose place it takes be theirs no more."""
    row = (ASSESSMENT, str(assessment.pk), assessment.get_absolute_url())
    assets, title = assessment.assets.order_by("pk"), assessment.title
    give_documents(assets, DOCUMENT, row, label=title, dated_on=on, by=by)
    for one in replaced:
        withdraw_documents(ASSESSMENT, str(one.pk), by=by)
