"""A risk assessment before a committee: what the agenda says of it, and what a decision does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape

from django.db.models import Count, Exists, Max, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.localised import day, kroner
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.proposals import due_of, finish_by_decision
from kommissorium.registers.agenda import AgendaContext, Tables
from kommissorium.registers.menu import Part
from kommissorium.registers.proposing import AgendaText, ProposalKind, asked_about
from kommissorium.risks.actions.approving import (
    approve_assessment,
    lacking,
    propose_assessment,
    reopen_assessment,
)
from kommissorium.risks.agenda.returning import levels
from kommissorium.risks.agenda.tables import assessment_tables
from kommissorium.risks.assessment_form_page import accepted_of
from kommissorium.risks.assessment_picture import AssessmentPicture, picture_of
from kommissorium.risks.current_counts import risk_counts
from kommissorium.risks.models import Acceptance, AcceptedRisk, Assessment, PlanAction, Scenario
from kommissorium.tasks.models import Task


class AssessmentProposal(ProposalKind[Assessment]):
    """Proposal to approve a risk assessment, with the treatment of its risks."""

    kind, model, slug = "risks.assessment", Assessment, "assessment"
    listed = (gettext_lazy("Risk assessments"), "assessments")
    related = ("committee", "scale", "assessor", "proposed_by")
    added = gettext_lazy("The matrix and the greatest risks are added from the register.")

    def visible_to(self, person: Person) -> QuerySet[Assessment]:
        return super().visible_to(person).prefetch_related("scenarios")

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        pks = [int(key) for key in keys]
        found = Scenario.objects.filter(assessment__in=pks).order_by("pk")
        risks = list(found.select_related("owner", "assessment__scale"))
        accepted = AcceptedRisk.objects.filter(
            lineage__in=[risk.lineage for risk in risks],
            acceptance__in=Acceptance.objects.live_on(context.today).order_by(),
        )
        given = list(accepted.select_related("acceptance").order_by("acceptance__expires_on", "pk"))
        return {
            str(pk): assessment_tables(
                [risk for risk in risks if risk.assessment_id == pk],
                given,
                context.once(levels),
                context.today,
            )
            for pk in pks
        }

    def drafts(self, person: Person) -> QuerySet[Assessment]:
        """Return the drafts of the person's own assessments."""
        return Assessment.objects.filter(state=Assessment.State.DRAFT, assessor=person)

    def lacks(self, proposal: Assessment) -> list[str]:
        return lacking(proposal) if proposal.is_draft else []

    def along(self, proposal: Assessment) -> Mapping[Acceptance, str]:
        """Return the acceptances proposed of its risks that no agenda asks about yet (one query)."""
        if not self.waits(proposal):
            return {}
        waiting = Acceptance.objects.waiting_on(timezone.localdate()).order_by()
        rows = AcceptedRisk.objects.filter(scenario__assessment=proposal, acceptance__in=waiting)
        free = rows.filter(~Exists(asked_about("risks.acceptance", "acceptance")))
        titles: dict[Acceptance, list[str]] = {}
        for row in free.select_related("acceptance", "scenario").order_by("acceptance", "pk"):
            titles.setdefault(row.acceptance, []).append(row.scenario.title)
        text = _("%(risks)s: %(money)s until %(day)s")
        return {
            one: text
            % {
                "risks": "; ".join(risks),
                "money": one.loss_in_words,
                "day": day(one.expires_on),
            }
            for one, risks in titles.items()
        }

    def text(self, proposal: Assessment) -> AgendaText:
        people = [one.name for one in proposal.participants.order_by("name", "pk")]
        took_part = ", ".join(filter(None, [*people, proposal.others]))
        said = _("Assessed on %(day)s by %(name)s.")
        paragraphs = [said % {"day": day(proposal.assessed_on), "name": proposal.assessor.name}]
        if took_part:
            paragraphs.append(_("Took part: %(names)s.") % {"names": took_part})
        points = [
            _("approves the risk assessment “%(title)s”") % {"title": proposal.title},
            _("approves how the risks are treated, and the risk that is left afterwards"),
        ]
        title = _("Risk assessment: %(title)s") % {"title": proposal.title}
        paragraphs += [proposal.summary, _plan(proposal)]
        return AgendaText.of(title, points, paragraphs, _bands(proposal))

    def picture(self, proposal: Assessment, person: Person) -> Part:
        shown = {"picture": _picture(proposal)}
        return Part("risks/assessment_picture.html", shown, "risks/pictures_head.html")

    def in_words(self, proposal: Assessment) -> list[str]:
        return _picture(proposal).answer()

    def propose(self, proposal: Assessment, committee: Committee, *, by: Person) -> None:
        propose_assessment(proposal, committee=committee, by=by)

    def approve(self, proposal: Assessment, decision: Decision, *, by: Person) -> None:
        approve_assessment(proposal, decision=decision, by=by)
        _finish_assessing(proposal, decision, by)

    def send_back(self, proposal: Assessment, decision: Decision, *, by: Person) -> None:
        reopen_assessment(proposal, by=by, decision=decision)

    def approved_in_words(self, decision: Decision) -> str:
        found = Assessment.objects.filter(decision=decision).first()
        if found is None:
            return ""
        text = _("The risk assessment “%(title)s” is approved and has held since %(day)s.")
        said = text % {"title": found.title, "day": day(found.in_force_from)}
        return f"{said} {_void(found)}".rstrip()


def _picture(assessment: Assessment) -> AssessmentPicture:
    rows = list(assessment.scenarios.all())
    return picture_of(assessment, rows, accepted_of(row.lineage for row in rows))


def _finish_assessing(assessment: Assessment, decision: Decision, by: Person) -> None:
    """Finish the committee's duty to assess, once it is time for it and every critical system has
    an assessment that is less than a year old."""
    waiting = due_of("risk_assessments", decision)
    if waiting is None:
        return
    now = risk_counts()
    if not now.critical or now.covered < now.critical:
        return
    said = ngettext(
        "The critical system has been assessed within a year.",
        "All %(number)d critical systems have been assessed within a year.",
        now.critical,
    ) % {"number": now.critical}
    finish_by_decision(waiting, decision, assessment, assessment.title, by=by, said=said)


def _void(assessment: Assessment) -> str:
    """Return how many acceptances ended with its approval, since their risks changed."""
    events = Event.objects.about(assessment).filter(act="risks.assessment_approved")
    number = max((json.loads(event.facts).get("void", 0) for event in events), default=0)
    if not number:
        return ""
    text = ngettext(
        "%(number)d acceptance is void, since the risk changed.",
        "%(number)d acceptances are void, since the risks changed.",
        number,
    )
    return text % {"number": number}


def _plan(assessment: Assessment) -> str:
    actions = PlanAction.objects.filter(scenario__assessment=assessment)
    standing = actions.exclude(task__state=Task.State.DROPPED).order_by()
    found = standing.aggregate(number=Count("pk"), cost=Sum("cost"), last=Max("task__due"))
    if not found["number"]:
        return _("No action has been planned.")
    text = ngettext(
        "%(number)d action is planned, for %(money)s in all. It is due on %(day)s.",
        "%(number)d actions are planned, for %(money)s in all. The last is due on %(day)s.",
        found["number"],
    )
    values = {"money": kroner(found["cost"] or 0), "day": day(found["last"])}
    return text % {"number": found["number"], **values}


def _bands(assessment: Assessment) -> str:
    """Return a table of how many risks lie in each band, before and after treatment."""
    risks = list(assessment.scenarios.all())
    rows = [
        (
            band.name,
            str(sum(one.rank == band.rank for one in risks)),
            str(sum((one.residual_rank or one.rank) == band.rank for one in risks)),
        )
        for band in reversed(assessment.scale.band_list)
    ]
    head = (_("Risk"), _("Before treatment"), _("Residual risk"))
    first = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table><tr>{first}</tr>{body}</table>"
