"""The evaluation of an audit before a committee, with its findings and their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommissorium.accounts.models import Person
from kommissorium.audits.models import Audit, AuditEvaluation, AuditFinding, AuditReport, Sort
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.registers.documents.record import Section
from kommissorium.registers.proposing import AgendaText
from kommissorium.registers.standard_proposals import EvaluationProposal


class AuditEvaluationProposal(EvaluationProposal[AuditEvaluation]):
    """Proposal to evaluate an audit: what it shows, and what follows from it."""

    kind, model, slug = "audits.auditevaluation", AuditEvaluation, "audit-evaluation"
    listed = (gettext_lazy("Audits"), "audits")
    related = ("committee", "proposed_by", "audit__plan")
    added = gettext_lazy("What was found is added from the register.")
    record_kind = "audits.evaluation"
    description = gettext_lazy("What an audit showed, and what comes of it")
    of = ("audit_id",)
    texts = MappingProxyType(
        {
            "judgement": gettext_lazy("Write what the audit shows."),
            "effort": gettext_lazy("Write what comes of it."),
        }
    )

    def visible_to(self, person: Person) -> QuerySet[AuditEvaluation]:
        """Return those of audits whose report the person reads: they say what it found."""
        audits = Audit.objects.reported_to(person).order_by()
        return super().visible_to(person).filter(audit__in=audits.values("pk"))

    def subject(self, proposal: AuditEvaluation) -> Audit:
        return proposal.audit

    def refuse_new(self, of: Mapping[str, Any]) -> None:
        if not AuditReport.objects.filter(audit=of["audit_id"]).exists():
            raise Refused(_("The report is not issued yet."))

    def told(self, proposal: AuditEvaluation) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "audit": proposal.audit_id,
            "title": proposal.audit.title,
            "year": proposal.audit.plan.year,
        }

    def named(self, facts: Mapping[str, Any]) -> str:
        text = _("Evaluation of the audit “%(title)s” %(year)s")
        return text % {"title": facts["title"], "year": facts["year"]}

    def lacks(self, proposal: AuditEvaluation) -> list[str]:
        missing = []
        if not AuditReport.objects.filter(audit=proposal.audit_id).exists():
            missing.append(_("The report is not issued yet."))
        rows = AuditFinding.objects.filter(activity=proposal.audit_id, sort=Sort.NONCONFORMITY)
        if number := rows.filter(answers=None).count():
            text = ngettext(
                "%(number)d nonconformity has no answer yet.",
                "%(number)d nonconformities have no answer yet.",
                number,
            )
            missing.append(text % {"number": number})
        return [*missing, *super().lacks(proposal)]

    def text(self, proposal: AuditEvaluation) -> AgendaText:
        title = {"title": proposal.audit.title}
        points = [_("evaluates “%(title)s”") % title]
        if AuditFinding.objects.filter(activity=proposal.audit_id).exists():
            points.append(_("asks the owners to mend what it found by the days that are set"))
        words = [proposal.judgement, proposal.effort]
        return AgendaText.of(self.title_of(proposal), points, words)

    def body(self, proposal: AuditEvaluation) -> dict[str, Any]:
        audit = proposal.audit
        return {
            **self.written(proposal),
            "held_on": day(audit.held_on) if audit.held_on else "",
            "conclusion": audit.conclusion,
            "findings": answered_rows(proposal),
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        columns = (_("What was found"), _("Kind"), _("Severity"), _("How it stands"), _("Who"))
        found = Section(_("Findings"), "", columns, content["findings"], (6, 3, 2, 3, 3))
        return [
            Section(_("The auditor's conclusion"), content["conclusion"]),
            found if content["findings"] else Section(_("Findings"), _("Nothing was found.")),
            Section(_("What the audit shows"), content["judgement"]),
            Section(_("What comes of it"), content["effort"]),
        ]


EVALUATION = AuditEvaluationProposal()


def answered_rows(proposal: AuditEvaluation) -> list[list[str]]:
    """Return the findings and the state of each, the most serious first."""
    rows = AuditFinding.objects.filter(activity=proposal.audit_id).dressed()
    return [
        [
            one.text,
            str(one.get_sort_display()),
            str(one.get_severity_display()),
            str(one.state.label),
            one.task.owner.name,
        ]
        for one in rows.order_by("-severity", "pk")
    ]
