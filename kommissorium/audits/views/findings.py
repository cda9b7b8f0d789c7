"""Pages of findings and the report."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
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
from kommissorium.audits.actions.work import issue_report
from kommissorium.audits.forms import ClosureForm, VerdictForm
from kommissorium.audits.models import (
    Answer,
    AuditFinding,
    AuditReading,
    AuditReport,
    ClosureFile,
    FindingState,
)
from kommissorium.audits.report import report_content, report_pdf
from kommissorium.audits.views.work import PAGES
from kommissorium.committees.models import Committee
from kommissorium.core.ui.form_pages import typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import download, download_from, page
from kommissorium.registers.forms.rows import row_form
from kommissorium.registers.views.row_pages import RowPages
from kommissorium.tasks.models import Task

both = require_http_methods(["GET", "POST"])
AnswerForm = row_form(Answer, "cause", "remedy")


class FindingPages(RowPages[AuditFinding]):
    """The pages of forms about findings, below the page of their audit."""

    def frame(self, row: AuditFinding, title: str) -> dict[str, Any]:
        own = Crumb(_("Finding"), row.get_absolute_url())
        path = self.path(_audit_of(row), own, title)
        return super().frame(row, title) | {"lead": row.text, "breadcrumbs": path}


def _rows(person: Person) -> QuerySet[AuditFinding]:
    rows = AuditFinding.objects.visible_to(person).dressed()
    return rows.select_related("activity__auditor")


def _audit_of(found: AuditFinding) -> Crumb:
    return Crumb(found.activity.title, found.activity.get_absolute_url())


FINDINGS = FindingPages(PAGES.home, _rows)


@require_GET
def audit_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a finding: its description, its answer, and whether the auditor accepts the evidence."""
    found, person = FINDINGS.get(request, pk), person_of(request)
    log_reading(found.activity, person, AuditReading.What.FINDING)
    answerable, state = found.can_be_answered_by(person), found.state
    closures = found.closures.select_related("made_by", "judged_by")
    context = {
        "finding": found,
        "audit": found.activity,
        "answers": list(found.answers.select_related("made_by")),
        "closures": closures.prefetch_related("files__file"),
        "may_answer": answerable and state not in {FindingState.CLOSED, FindingState.ASKED},
        "may_ask": answerable and state in {FindingState.ANSWERED, FindingState.RETURNED},
        "may_judge": state == FindingState.ASKED and found.can_be_judged_by(person),
        "reads_task": Task.objects.visible_to(person).filter(pk=found.task_id).exists(),
        "reads_asset": found.asset is not None and Committee.are_followed_by(person),
        "breadcrumbs": FINDINGS.path(_audit_of(found), _("Finding")),
    }
    return page(request, "audits/finding.html", context)


@both
def audit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the cause of a finding, and what is done about it."""
    found, form = FINDINGS.get(request, pk, "can_be_answered_by"), AnswerForm(typed(request))
    words = {"title": _("Answer the finding"), "done": _("The finding is answered.")}
    return FINDINGS.act(request, found, form, answer_finding, **words)


@both
def audit_closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in the evidence that a finding is put right."""
    found = FINDINGS.get(request, pk, "can_be_answered_by")
    title, done = _("Say what shows that it is put right"), _("The auditor is asked to accept it.")
    form = ClosureForm(typed(request), request.FILES or None)
    return FINDINGS.act(request, found, form, ask_closure, title=title, done=done, multipart=True)


@both
def audit_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the evidence, or note what is missing."""
    found, form = FINDINGS.get(request, pk, "can_be_judged_by"), VerdictForm(typed(request))
    return FINDINGS.act(
        *(request, found, form, judge_closure),
        title=_("Accept the evidence or not"),
        done=_("Your answer is noted."),
        template="audits/verdict.html",
        closure=found.closures.prefetch_related("files__file").last(),
    )


@require_GET
def audit_evidence(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a file of evidence to readers of the finding."""
    person = person_of(request)
    seen = AuditFinding.objects.visible_to(person).order_by().values("pk")
    rows = ClosureFile.objects.filter(closure__finding__in=seen)
    found = get_object_or_404(rows.select_related("file", "closure__finding__activity"), pk=pk)
    log_reading(found.closure.finding.activity, person, AuditReading.What.FILE)
    return download_from(found.file.checked(), found.name, found.file.media_type)


@require_GET
def audit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the report out as a PDF: as it was frozen, to those who work on it also as a draft."""
    found, person = PAGES.get(request, pk), person_of(request)
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
    found = PAGES.get(request, pk, "can_be_worked_on_by")
    return PAGES.confirm(
        *(request, found, issue_report),
        title=_("Issue the report"),
        done=_("The report is issued."),
        danger=False,
        text=_("It is frozen as it is now: nothing can be found or looked at after it."),
        submit_label=_("Issue the report"),
    )
