"""Pages of findings, the report and its evaluation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.audits.actions.findings import answer_finding, ask_closure, judge_closure
from kommissorium.audits.actions.readings import log_reading
from kommissorium.audits.actions.reports import draft_evaluation, issue_report
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.forms import AnswerForm, ClosureForm, VerdictForm
from kommissorium.audits.models import AuditFinding, AuditReading, AuditReport, FindingState
from kommissorium.audits.report import report_content, report_pdf
from kommissorium.audits.views.common import audit_of, frame, home
from kommissorium.committees.models import Committee
from kommissorium.core.ui.downloads import download
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import page
from kommissorium.registers.views.proposals import proposal_page
from kommissorium.tasks.models import Task

both = require_http_methods(["GET", "POST"])


@require_GET
def audit_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a finding: what it is, what was answered, and whether the auditor accepts the evidence."""
    found, person = _found(request, pk), person_of(request)
    log_reading(found.activity, person, AuditReading.What.AUDIT)
    answerable = found.can_be_answered_by(person)
    answers = list(found.answers.select_related("made_by"))
    state = found.state
    context = {
        "finding": found,
        "audit": found.activity,
        "answers": answers,
        "closures": found.closures.select_related("made_by", "judged_by"),
        "may_answer": answerable and state not in {FindingState.CLOSED, FindingState.ASKED},
        "may_ask": answerable and state in {FindingState.ANSWERED, FindingState.RETURNED},
        "may_judge": state == FindingState.ASKED and found.can_be_judged_by(person),
        "reads_task": Task.objects.visible_to(person).filter(pk=found.task_id).exists(),
        "reads_asset": found.asset is not None and Committee.are_followed_by(person),
        "breadcrumbs": path_of(*_path(found), _("Finding")),
    }
    return page(request, "audits/finding.html", context)


@both
def audit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why it is so, and what is done about it."""
    found, person = _allowed(request, pk, AuditFinding.can_be_answered_by)
    form = AnswerForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: answer_finding(found, by=person, **form.values()),
        done=_("The finding is answered."),
        **_frame(found, _("Answer the finding")),
    )


@both
def audit_closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what shows that it is put right."""
    found, person = _allowed(request, pk, AuditFinding.can_be_answered_by)
    form = ClosureForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: ask_closure(found, by=person, **form.values()),
        done=_("The auditor is asked to accept it."),
        **_frame(found, _("Say what shows that it is put right")),
    )


@both
def audit_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the evidence, or say what is missing."""
    found, person = _allowed(request, pk, AuditFinding.can_be_judged_by)
    form = VerdictForm(typed(request))
    evidence = found.closures.order_by("-pk").first()
    return edit_page(
        request,
        form,
        lambda: judge_closure(found, by=person, **form.cleaned_data),
        done=_("Your answer is noted."),
        **_frame(found, _("Accept the evidence or not"))
        | {"lead": evidence.evidence if evidence else ""},
    )


@require_GET
def audit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the report out as a PDF: as it was frozen, to who works on it also as a draft."""
    found, person = audit_of(request, pk), person_of(request)
    works = found.can_be_worked_on_by(person)
    issued = AuditReport.objects.filter(audit=found).select_related("record").first()
    reads = Committee.are_followed_by(person) or person.pk == found.responsible_id
    if not (works or (reads and issued)):  # who puts something right reads their own of it alone
        raise PermissionDenied
    log_reading(found, person, AuditReading.What.REPORT)
    frozen = issued.record.pdf if issued else None
    data = bytes(frozen or report_pdf(report_content(found), made_at=timezone.localtime()))
    name = f"{slugify(found.title)}-{found.pk}.pdf"
    return download(data, name, "application/pdf")


@both
def audit_report_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the report: it is frozen."""
    found, person = audit_of(request, pk), person_of(request)
    if not found.can_be_worked_on_by(person):
        raise PermissionDenied
    return confirm_page(
        request,
        lambda: issue_report(found, by=person),
        done=_("The report is issued."),
        danger=False,
        text=_("It is frozen as it is now: nothing can be found or looked at after it."),
        submit_label=_("Issue it"),
        **frame(found, _("Issue the report")),
    )


@require_POST
def audit_evaluation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the evaluation of an audit."""
    return redirect(draft_evaluation(audit_of(request, pk), by=person_of(request)))


@require_GET
def audit_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an evaluation: what was approved as it was frozen, a draft with the findings of today."""
    found = get_object_or_404(EVALUATION.visible_to(person_of(request)), pk=pk)
    told = EVALUATION.said(found)
    return proposal_page(
        *(request, EVALUATION, found, "audits/evaluation.html"),
        findings=told["findings"],
        conclusion=told["conclusion"],
        audit=found.audit,
    )


def _found(request: HttpRequest, pk: int) -> AuditFinding:
    rows = AuditFinding.objects.visible_to(person_of(request)).dressed()
    return get_object_or_404(rows.select_related("activity__auditor"), pk=pk)


def _allowed(
    request: HttpRequest, pk: int, may: Callable[[AuditFinding, Person], bool]
) -> tuple[AuditFinding, Person]:
    found, person = _found(request, pk), person_of(request)
    if not may(found, person):
        raise PermissionDenied
    return found, person


def _path(found: AuditFinding) -> list[Crumb]:
    audit = found.activity
    return [home(), Crumb(audit.title, audit.get_absolute_url())]


def _frame(found: AuditFinding, title: str) -> dict[str, Any]:
    own = Crumb(_("Finding"), found.get_absolute_url())
    return {
        "title": title,
        "lead": found.text,
        "after": found,
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": path_of(*_path(found), own, title),
    }
