"""Pages of the auditor's work, of findings, and of the report."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Person, Reading
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Asset
from kommissorium.audits.actions.findings import (
    answer_finding,
    ask_closure,
    judge_closure,
)
from kommissorium.audits.actions.work import (
    add_checks,
    answer_check,
    draw_sample,
    issue_report,
)
from kommissorium.audits.forms import (
    CheckForm,
    ChecklistForm,
    ClosureForm,
    ReportForm,
    SampleForm,
    VerdictForm,
)
from kommissorium.audits.kind import KIND, found_part, reads_findings, reads_material
from kommissorium.audits.models import (
    Answer,
    Audit,
    AuditFinding,
    AuditReport,
    CheckLine,
    ClosureFile,
    FindingState,
)
from kommissorium.audits.report import reads_report, report_content, report_pdf
from kommissorium.audits.scope import clause_numbers, clauses_of, controls_of, systems_in
from kommissorium.committees.models import Committee
from kommissorium.core.ui.form_pages import typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import download, download_from, page
from kommissorium.registers.forms.rows import row_form
from kommissorium.registers.views.activities import activity_pages
from kommissorium.registers.views.row_pages import RowPages
from kommissorium.tasks.models import Task

both = require_http_methods(["GET", "POST"])
SHOWN = 50  # systems on a page of the material
PAGES = activity_pages(KIND)


@require_GET
def audit_material(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the material of the scope: its clauses, its controls, and systems with their owners."""
    found, person = _material(request, pk), person_of(request)
    words = request.GET.get("q", "").strip()[:100]
    systems = systems_in(found.area)
    samples = list(found.samples.select_related("made_by"))
    drawn = {key for one in samples for key in one.drawn}
    asked = systems.filter(name__icontains=words) if words else Asset.objects.filter(pk__in=drawn)
    context = {
        "audit": found,
        "clauses": clauses_of(clause_numbers(found.clauses), found.plan.committee_id),
        "controls": controls_of(found),
        "number": systems.count(),
        "samples": samples,
        "systems": _with_owners(asked.order_by("name", "pk")[:SHOWN]),
        "words": words,
        "shown": SHOWN,
        "may_draw": _may_work(found, person),
        "reads_assets": Committee.are_followed_by(person),
        "found": _findings(found, person),
        **PAGES.frame(found, _("Material of the audit")),
    }
    return page(request, "audits/material.html", context)


def _findings(found: Audit, person: Person) -> dict[str, Any] | None:
    """Return the findings of an audit for its material; None for who may not read them."""
    if not reads_findings(found, person):
        return None
    return found_part(found, person, AuditReport.objects.filter(audit=found).first())


@both
def audit_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw systems at random."""
    found = _material(request, pk, "can_be_worked_on_by")
    number, address = systems_in(found.area).count(), found.material_url()
    text = ngettext(
        "There is %(number)d system in the scope. The seed and the population are kept.",
        "There are %(number)d systems in the scope. The seed and the population are kept.",
        number,
    )
    words = {"title": _("Draw systems at random"), "done": _("The sample is drawn.")}
    more = {"lead": text % {"number": number}, "after": address, "cancel_url": address}
    return PAGES.act(request, found, SampleForm(typed(request)), draw_sample, **words, **more)


@both
def audit_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the checklist, and add lines to it."""
    found, person = _material(request, pk), person_of(request)
    if request.method == "POST" and not found.can_be_worked_on_by(person):
        raise PermissionDenied
    words = {"title": _("Checklist"), "done": _("It is added.")}
    return PAGES.act(
        request,
        found,
        ChecklistForm(typed(request), initial={"lines": "\n".join(_proposed(found))}),
        add_checks,
        template="audits/checklist.html",
        lines=found.checks.all(),
        may_work=_may_work(found, person),
        after=reverse("audit_checklist", args=[pk]),
        **words,
    )


@both
def audit_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what a line of the checklist showed."""
    line = get_object_or_404(CheckLine.objects.select_related("audit"), pk=pk)
    found = _material(request, line.audit_id, "can_be_worked_on_by")
    address = reverse("audit_checklist", args=[found.pk])
    frame = PAGES.frame(found, _("What it showed")) | {"after": address, "cancel_url": address}
    frame |= {"lead": line.text}
    form, done = CheckForm(typed(request), row=line), _("It is noted.")
    return PAGES.change(request, line, form, answer_check, done=done, frame=frame)


def _material(request: HttpRequest, pk: int, may: Any = reads_material) -> Audit:
    """Return the audit whose material is shown, and note that it is read."""
    found: Audit = PAGES.get(request, pk, may)
    note_reading(found, by=person_of(request), what=Reading.What.MATERIAL)
    return found


def _may_work(found: Audit, person: Person) -> bool:
    is_issued = AuditReport.objects.filter(audit=found).exists()
    return found.can_be_worked_on_by(person) and not is_issued


def _proposed(found: Audit) -> list[str]:
    """Return lines for a checklist of the scope, except those that are there already."""
    there = set(found.checks.values_list("text", flat=True))
    clauses = clauses_of(clause_numbers(found.clauses), found.plan.committee_id)
    lines = [f"{one.number} {' '.join(one.text.split())}"[:300] for one in clauses]
    lines += [f"ISO {number}: {title}"[:300] for number, title in controls_of(found)]
    return [one for one in dict.fromkeys(lines) if one not in there]


def _with_owners(rows: Any) -> list[tuple[Asset, str]]:
    """Return systems, each with the names of those with a role in it (two queries)."""
    found = rows.select_related("area", "supplier").prefetch_related("ownerships__person")
    return [(one, ", ".join(dict.fromkeys(_owners(one)))) for one in found]


def _owners(one: Asset) -> list[str]:
    return [held.person.name for held in one.ownerships.all() if held.to_date is None]


AnswerForm = row_form(Answer, "cause", "remedy")


class FindingPages(RowPages[AuditFinding]):
    """The pages of forms about findings, below the page of their audit."""

    def frame(self, row: AuditFinding, title: str, **more: Any) -> dict[str, Any]:
        own = Crumb(_("Finding"), row.get_absolute_url())
        path = self.path(_audit_of(row), own, title)
        return super().frame(row, title) | {"lead": row.text, "breadcrumbs": path} | more


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
    note_reading(found.activity, by=person, what=Reading.What.FINDING)
    answerable, state = found.can_be_answered_by(person), found.state
    closures = found.closures.select_related("made_by", "judged_by").prefetch_related("files__file")
    report = AuditReport.objects.filter(audit=found.activity).select_related("auditor").first()
    context = {
        "finding": found,
        "audit": found.activity,
        "answers": list(found.answers.select_related("made_by")),
        "closures": closures,
        "report": report,
        "by_another": {one.pk for one in closures if one.is_by_another_than(report)},
        "may_answer": answerable and state not in {FindingState.CLOSED, FindingState.ASKED},
        "may_ask": state in {FindingState.ANSWERED, FindingState.RETURNED}
        and found.closure_can_be_asked_by(person),
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
    note_reading(found.closure.finding.activity, by=person, what=Reading.What.FILE)
    return download_from(found.file.checked(), found.name, found.file.media_type)


@require_GET
def audit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the report out as a PDF: as it was frozen, to those who work on it also as a draft."""
    found, person = PAGES.get(request, pk), person_of(request)
    works = found.can_be_worked_on_by(person)
    issued = AuditReport.objects.filter(audit=found).select_related("record").first()
    if not (
        works or (issued and reads_report(found, person))
    ):  # who puts something right reads their own of it alone
        raise PermissionDenied
    note_reading(found, by=person, what=Reading.What.REPORT)
    frozen = issued.record.pdf if issued else None
    data = bytes(frozen or report_pdf(report_content(found), made_at=timezone.localtime()))
    name = f"{slugify(found.title)}-{found.pk}.pdf"
    return download(data, name, "application/pdf")


@both
def audit_report_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the report: it is frozen. The last sample is proposed as what was looked at."""
    found = PAGES.get(request, pk, "can_be_worked_on_by")
    drawn = found.samples.last()
    numbers = {"population": len(drawn.population), "looked_at": len(drawn.drawn)} if drawn else {}
    return PAGES.act(
        *(request, found, ReportForm(typed(request), initial=numbers), issue_report),
        title=_("Issue the report"),
        done=_("The report is issued."),
        lead=_("It is frozen as it is now: nothing can be found or looked at after it."),
        submit_label=_("Issue the report"),
    )
