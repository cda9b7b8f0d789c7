"""The kinds of plans of audits, and of audits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import OrganisationRole, Person, Reading
from kommissorium.assets.models import critical_systems
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.forms import AuditFindingForm
from kommissorium.audits.independence import reasons, refuse_dependent, suspects
from kommissorium.audits.models import Audit, AuditFinding, AuditorChange, AuditPlan, AuditReport
from kommissorium.audits.models.audits import opened_to
from kommissorium.audits.report import reads_report
from kommissorium.audits.scope import refuse_days, refuse_unknown, scope_in_words
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.required import When
from kommissorium.measures.codes import Measure
from kommissorium.registers.actions.planned_duties import LEAD_DAYS
from kommissorium.registers.activities import ActivityKind, Figure, YearPlanProposal
from kommissorium.registers.forms.activities import PUT_FORWARD, ActivityForm
from kommissorium.registers.menu import Part
from kommissorium.registers.proposed_activities import Wheel, fitting
from kommissorium.yearwheel.actions import RegisterDuty

RELATED = ("plan", "responsible", "area", "auditor")
OF_FINDINGS = ("registers.activity_finding", "audits.report_issued")
AUDITOR_ROLE = OrganisationRole.Kind.AUDITOR
AUDITOR = ("auditor", "independence", "first_day", "last_day")  # what can be named anew


class AuditPlanProposal(YearPlanProposal[AuditPlan]):
    """Proposal to approve the plan of a year's audits, and their auditors."""

    kind, model, slug = "audits.auditplan", AuditPlan, "audit-plan"
    listed = (gettext_lazy("Audits"), "audits")
    added = gettext_lazy("What is to be audited is added from the register.")
    record_kind = "audits.plan"
    description = gettext_lazy("What is to be audited")
    heading = gettext_lazy("Plan of audits %(year)s")
    points = gettext_lazy("approves what is to be audited in %(year)s, and by whom")
    duties = ("audit_plan",)
    parts = ("activities__responsible", "activities__area", "activities__auditor")


class AuditForm(ActivityForm):
    """An audit, for its plan: the committee is told why the auditor is independent, and the days."""

    model, own = Audit, ("area", "clauses", "controls", *AUDITOR)
    required_when: Mapping[str, When] = dict.fromkeys(AUDITOR[1:], PUT_FORWARD)


class AuditKind(ActivityKind[Audit]):
    """Audits."""

    slug, model, finding = Audit.slug, Audit, AuditFinding
    home = "audits"
    requirements = ("ISO 27001 9.2.1", "ISO 27001 9.2.2", "ISO 27002 5.35", "NIS 2 § 6 nr. 6")
    form, own = AuditForm, AuditForm.own
    finding_form = AuditFindingForm
    has_own_findings = is_logged = True
    related = RELATED
    new_plan = gettext_lazy("Draft the plan of a year")
    new_activity = gettext_lazy("Plan an audit")
    plan = AuditPlanProposal()

    replaces = ("internal_audit",)
    told_by = ("area_id",)
    filled_from = gettext_lazy(
        "The draft begins with the plan that was approved last, the year wheel's internal audit, and "
        "an audit of the critical systems. The auditor is whoever has that role."
    )

    def proposed(self, year: int, by: Person) -> Iterable[Audit]:
        """Return an internal audit, and one of the critical systems; none without an auditor."""
        people = Person.objects.active().with_role(AUDITOR_ROLE, timezone.localdate())
        auditor = people.order_by("pk").first()
        if auditor is None:
            return
        told = Wheel(self.replaces, year, by).told("internal_audit", _("Internal audit"), 10, 1)
        criterion = _(
            "The mandate and the requirements are fulfilled, or what is missing is dealt with."
        )
        yield Audit(**vars(told), auditor=auditor, criterion=criterion)
        names = critical_systems()
        if names:
            yield Audit(
                title=_("Audit of the critical systems"),
                planned_for=fitting(year, 5, 15),
                responsible=by,
                auditor=auditor,
                controls="5.18, 8.13",
                criterion=_("Access and backup are as required of: %(systems)s.")
                % {"systems": names},
            )

    def duty_of(self, activity: Audit) -> RegisterDuty:
        return RegisterDuty(
            key="audits",
            title=_("Audit as planned"),
            method=_("Give the auditor the days that were agreed, and what the scope needs."),
            success=_("The audit is held, and its report is issued."),
            evidence_wanted=_("The audit and its report"),
            measure=Measure.AUDIT_EVALUATION,
            lead_days=LEAD_DAYS,
            requirements=self.requirements,
        )

    def theirs(self, person: Person) -> Q:
        """Return the usual condition, or audited today, or with a finding to put right."""
        own = AuditFinding.objects.filter(activity=OuterRef("pk"), task__owner=person)
        return super().theirs(person) | opened_to(person) | Q(Exists(own))

    def more(self, activity: Audit) -> dict[str, Any]:
        return {
            "area": activity.area_id,
            "area_name": activity.area.name if activity.area else "",
            "clauses": activity.clauses,
            "controls": activity.controls,
            "auditor": str(activity.auditor.pseudonym),
        }

    def about(self, activity: Audit) -> Sequence[Figure]:
        auditor = _("Auditor"), activity.auditor.name
        return [(_("Scope"), scope_in_words(activity)), auditor, *days_of_auditor(activity)]

    def lacking(self, rows: Sequence[Audit]) -> Iterable[str]:
        suspected = suspects(one.auditor_id for one in rows)
        for one in rows:
            title = {"title": one.title}
            if not one.independence:
                yield _("“%(title)s” does not say why the auditor is independent.") % title
            if one.first_day is None or one.last_day is None:
                yield _("“%(title)s” does not say the auditor's days.") % title
            if one.auditor_id in suspected:
                yield from reasons(one.auditor, one.area, one.clauses, one.controls)

    def refuse_planned(self, values: Mapping[str, Any]) -> None:
        """Refuse an unknown scope, days in the wrong order, and a dependent auditor."""
        if "auditor" not in values:
            return
        refuse_unknown(values["clauses"], values["controls"])
        refuse_days(values)
        scope = values["area"], values["clauses"], values["controls"]
        refuse_dependent(values["auditor"], *scope)

    def refuse_outcome(self, activity: Audit, outcome: str) -> None:
        if AuditReport.objects.filter(audit=activity).exists():
            raise Refused(_("The report is issued: what it says cannot change."))

    def refuse_finding(self, activity: Audit, owner: Person | None) -> None:
        if not activity.plan.is_approved or activity.called_off_at:
            raise Refused(_("It is not held: nothing can be found."))
        if AuditReport.objects.filter(audit=activity).exists():
            raise Refused(_("The report is issued: nothing can be added to it."))
        if owner is not None and owner.pk == activity.auditor_id:
            raise Refused(owner=_("The auditor cannot put right what they judge."))

    def added_to(self, activity: Audit) -> Audit:
        """Take an audit over without what must be said anew: independence and days."""
        copy = super().added_to(activity)
        copy.independence, copy.first_day, copy.last_day = "", None, None
        return copy

    def events(self, activity: Audit, person: Person) -> QuerySet[Event]:
        """Return all of them to readers of its findings, to others those that tell of none."""
        found = super().events(activity, person)
        return found if reads_findings(activity, person) else found.exclude(act__in=OF_FINDINGS)

    def parts(self, activity: Audit, person: Person) -> Iterable[Part]:
        if not activity.plan.is_approved:
            yield Part("audits/independence.html", {"audit": activity})
            return
        report = AuditReport.objects.filter(audit=activity).first()
        if reads_findings(activity, person):
            yield Part("audits/findings.html", found_part(activity, person, report))
        yield Part("audits/work.html", _work(activity, person, report))


KIND = AuditKind()
PLAN = KIND.plan
type(PLAN).activities = KIND


def days_of_auditor(row: Audit | AuditorChange) -> list[Figure]:
    """Return the days on which an auditor reads; nothing where none are said."""
    if row.first_day is None or row.last_day is None:
        return []
    days = {"first": day(row.first_day), "last": day(row.last_day)}
    return [(_("Auditor's days"), _("%(first)s to %(last)s") % days)]


def findings_of(audit: Audit, person: Person) -> Any:
    """Return those of its findings the person may read, the most serious first."""
    rows = AuditFinding.objects.visible_to(person).filter(activity=audit).dressed()
    return rows.order_by("-severity", "pk")


def reads_findings(audit: Audit, person: Person) -> bool:
    """Return whether the person reads what was found in it, all or their own."""
    told = Audit.objects.told_to(person).filter(pk=audit.pk)
    return told.exists() or findings_of(audit, person).exists()


def reads_material(audit: Audit, person: Person) -> bool:
    """Return whether the person may read what the scope needs: its auditor on the days, and who
    reads the registers anyway."""
    return audit.is_worked_on_by(person) or person.is_coordinator or person.is_auditor


def found_part(audit: Audit, person: Person, report: AuditReport | None) -> dict[str, Any]:
    """Return the findings for the page of an audit, and for its material."""
    is_open = report is None and audit.called_off_at is None
    return {
        "audit": audit,
        "findings": list(findings_of(audit, person)),
        "may_note": is_open and audit.can_be_worked_on_by(person),
    }


def _work(audit: Audit, person: Person, report: AuditReport | None) -> dict[str, Any]:
    """Return the work for the page: checklist, samples, report, and who read it."""
    follows = reads_material(audit, person)
    lines = list(audit.checks.all()) if follows else []
    evaluation = EVALUATION.visible_to(person).filter(audit=audit).exclude(state="dropped").first()
    works = audit.can_be_worked_on_by(person)
    if not (works or reads_report(audit, person)):
        report = None
    return {
        "audit": audit,
        "follows": follows,
        "works": works,
        "lines": len(lines),
        "looked_at": sum(bool(one.outcome) for one in lines),
        "samples": audit.samples.count() if follows else 0,
        "report": report,
        "evaluation": evaluation,
        "may_evaluate": person.is_coordinator and report is not None,
        "may_name": audit.auditor_can_be_named_by(person),
        "days_are_over": bool(audit.last_day and audit.last_day < timezone.localdate()),
        "readings": Reading.objects.about(audit)[:10] if person.is_coordinator else (),
    }
