"""Pages of findings and the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.audits.actions.findings import answer_finding, ask_closure, judge_closure
from kommissorium.audits.actions.readings import log_reading
from kommissorium.audits.actions.reports import issue_report
from kommissorium.audits.forms import AnswerForm, ClosureForm, VerdictForm
from kommissorium.audits.kind import KIND
from kommissorium.audits.models import (
    AuditFinding,
    AuditReading,
    AuditReport,
    ClosureFile,
    FindingState,
)
from kommissorium.audits.report import report_content, report_pdf
from kommissorium.committees.models import Committee
from kommissorium.core.ui.downloads import download, download_from
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import page
from kommissorium.registers.views.activities import activity_frame, activity_home, activity_of
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
        "closures": found.closures.select_related("made_by", "judged_by").prefetch_related(
            "files__file"
        ),
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
    form = ClosureForm(typed(request), request.FILES or None)
    return edit_page(
        request,
        form,
        lambda: ask_closure(
            found, by=person, evidence=form.cleaned_data["evidence"], files=form.handed_in()
        ),
        done=_("The auditor is asked to accept it."),
        multipart=True,
        **_frame(found, _("Say what shows that it is put right")),
    )


@both
def audit_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the evidence, or say what is missing."""
    found, person = _allowed(request, pk, AuditFinding.can_be_judged_by)
    form = VerdictForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: judge_closure(found, by=person, **form.cleaned_data),
        done=_("Your answer is noted."),
        template="audits/verdict.html",
        closure=found.closures.prefetch_related("files__file").last(),
        **_frame(found, _("Accept the evidence or not")),
    )


@require_GET
def audit_evidence(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a file that shows that something is put right, to who reads the finding."""
    person = person_of(request)
    seen = AuditFinding.objects.visible_to(person).order_by().values("pk")
    rows = ClosureFile.objects.filter(closure__finding__in=seen)
    found = get_object_or_404(rows.select_related("file", "closure__finding__activity"), pk=pk)
    log_reading(found.closure.finding.activity, person, AuditReading.What.AUDIT)
    return download_from(found.file.checked(), found.name, found.file.media_type)


@require_GET
def audit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the report out as a PDF: as it was frozen, to who works on it also as a draft."""
    found, person = activity_of(KIND, request, pk), person_of(request)
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
    found, person = activity_of(KIND, request, pk), person_of(request)
    if not found.can_be_worked_on_by(person):
        raise PermissionDenied
    return confirm_page(
        request,
        lambda: issue_report(found, by=person),
        done=_("The report is issued."),
        danger=False,
        text=_("It is frozen as it is now: nothing can be found or looked at after it."),
        submit_label=_("Issue it"),
        **activity_frame(KIND, found, _("Issue the report")),
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
    return [activity_home(KIND), Crumb(audit.title, audit.get_absolute_url())]


def _frame(found: AuditFinding, title: str) -> dict[str, Any]:
    own = Crumb(_("Finding"), found.get_absolute_url())
    return {
        "title": title,
        "lead": found.text,
        "after": found,
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": path_of(*_path(found), own, title),
    }
