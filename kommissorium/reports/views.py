"""Pages of statuses and year's reports, and what all reports' pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, invalid, page
from kommissorium.registers.actions.proposals import refuse_unless
from kommissorium.registers.installed import proposal_kinds
from kommissorium.registers.periods import Year, quarter_named
from kommissorium.registers.status import CONCLUSION
from kommissorium.registers.views.proposals import proposal_page, proposal_path
from kommissorium.reports.actions.periodic_reports import Kind, compose_report, write_parts
from kommissorium.reports.forms import PartsForm
from kommissorium.reports.models import QuarterlyStatus, YearReview
from kommissorium.reports.models.periodic_reports import Period, PeriodicReport
from kommissorium.reports.models.written_parts import WrittenPart
from kommissorium.reports.periodic_proposal import PeriodicProposal
from kommissorium.reports.proposals import KIND, REVIEW
from kommissorium.reports.status_rows import quarter_rows

DIGITS: Final = 9  # of a key, at most


def compose_page(
    request: HttpRequest,
    kind: Kind,
    parse: Callable[[str], Period],
    template: str,
    listed: Callable[[HttpRequest], dict[str, Any]],
) -> HttpResponse:
    """Compose what is told of a period; what cannot be is said above the list."""
    person = person_of(request)
    key = request.POST.get("committee", "")
    is_key = key.isascii() and key.isdecimal() and len(key) <= DIGITS
    found = Committee.objects.visible_to(person).filter(pk=key if is_key else 0)
    if not kind.model.can_be_drafted_by(person):
        raise PermissionDenied
    try:
        period = parse(request.POST.get("quarter", ""))
        made = compose_report(kind, get_object_or_404(found), period, by=person)
    except Refused as refused:
        return invalid(request, template, listed(request) | {"refused": str(refused)})
    messages.success(request, _("It is composed. Read it through, and fill in what is missing."))
    return redirect(made)


def write_page(request: HttpRequest, kind: Kind, found: PeriodicReport) -> HttpResponse:
    """Write what the parts of a draft say."""
    person = person_of(request)
    form = PartsForm(typed(request), parts=kind.typed_parts(found))
    frame: dict[str, Any] = {
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": proposal_path(kind, found, _("Edit")),
    }
    try:
        saved = attempt(form, lambda: write_parts(kind, found, form.texts(), by=person))
    except Conflict as other:
        theirs = {code: one for code, one in other.current.items() if isinstance(one, WrittenPart)}
        form.data = form.on_top_of(theirs)
        current: dict[str, object] = {f"text_{code}": one.text for code, one in theirs.items()}
        current |= {f"empty_{code}": one.is_empty for code, one in theirs.items()}
        return conflict(request, form, Conflict({"edit_version": 0, **current}), **frame)
    if saved is None:
        context = {"title": _("Edit the draft"), "told": found, **frame}
        return form_page(request, form, "reports/draft_edit.html", **context)
    messages.success(request, _("It is saved."))
    if found.word_file_id and saved.value:
        tell_word_let_go(request)
    return redirect(found)


def tell_word_let_go(request: HttpRequest) -> None:
    text = _(
        "The edited Word file no longer tells the same, so it is not kept beside the draft. "
        "Fetch the Word file anew to edit it again."
    )
    messages.info(request, text)


def report_page(
    request: HttpRequest, kind: Kind, found: PeriodicReport, template: str, **more: object
) -> HttpResponse:
    """Show what is told, as the reader may see it."""
    person = person_of(request)
    parts = kind.shown_parts(found, person)
    changed = [
        (part, figure)
        for course in ("worse", "better")
        for part in parts
        for figure in part.figures
        if figure.course == course
    ]
    is_closed = any(one.closes for one in parts)
    conclusion = next((one for one in parts if one.code == CONCLUSION), None)
    context = {
        "parts": [part for part in parts if part.text or part.figures or part.closes],
        "all_parts": parts,
        "to_write": ", ".join(part.heading for part in parts if part.lacks_words),
        "silent": ", ".join(part.heading for part in parts if part.is_empty and not part.text),
        "changed": changed,
        "is_whole": kind.is_whole_for(found, person),
        "is_closed": is_closed,
        "conclusion_by_hand": is_closed and conclusion is not None and bool(conclusion.said),
    }
    return proposal_page(request, kind, found, template, **context, **more)


def found_by[M: PeriodicReport](
    request: HttpRequest, kind: PeriodicProposal[M], pk: int, *more: str
) -> M:
    """Return one with its parts. Raises Http404 for what the reader may not see."""
    rows = kind.visible_to(person_of(request)).prefetch_related(*kind.parts, *more)
    found: M = get_object_or_404(rows, pk=pk)
    return found


def named_by(request: HttpRequest, slug: str, pk: int) -> tuple[Kind, PeriodicReport]:
    """Return what an address names, and its kind. Raises Http404."""
    kind = proposal_kinds().get(slug)
    if not isinstance(kind, PeriodicProposal):
        raise Http404
    return kind, found_by(request, kind, pk)


def drafted_by(request: HttpRequest, slug: str, pk: int) -> tuple[Kind, PeriodicReport]:
    """Return a draft for whoever drafts. Raises Http404, PermissionDenied; Refused for no draft."""
    kind, found = named_by(request, slug, pk)
    if not found.can_be_drafted_by(person_of(request)):
        raise PermissionDenied
    refuse_unless(found, found.State.DRAFT)
    return kind, found


@require_GET
def statuses(request: HttpRequest) -> HttpResponse:
    """Show the quarters of the committees that the reader follows, each with its status."""
    return page(request, "reports/statuses.html", _statuses(request))


@require_POST
def status_new(request: HttpRequest) -> HttpResponse:
    """Compose the status of a quarter; what cannot be is said above the list."""
    return compose_page(request, KIND, quarter_named, "reports/statuses.html", _statuses)


@require_GET
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a status: its conclusion first, then each part with its figures."""
    return report_page(request, KIND, found_by(request, KIND, pk), "reports/periodic_report.html")


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """Show the year's reports of the committees that the reader follows."""
    return page(request, "reports/reviews.html", _reviews(request))


@require_POST
def review_new(request: HttpRequest) -> HttpResponse:
    """Compose the report of a year; what cannot be is said above the list."""
    return compose_page(request, REVIEW, Year.parse, "reports/reviews.html", _reviews)


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a year's report: its conclusion first, then each input of the review."""
    return report_page(
        request, REVIEW, found_by(request, REVIEW, pk), "reports/periodic_report.html"
    )


def _statuses(request: HttpRequest) -> dict[str, Any]:
    person = _follower(request)
    return {
        "rows": list(quarter_rows(person, timezone.localdate()).items()),
        "may_draft": QuarterlyStatus.can_be_drafted_by(person),
        "breadcrumbs": [Crumb(_("Reports"))],
    }


def _reviews(request: HttpRequest) -> dict[str, Any]:
    person = _follower(request)
    rows = list(REVIEW.visible_to(person).exclude(state="dropped"))
    ended = Year(timezone.localdate().year).before
    there = {one.of_id for one in rows if one.period == ended}
    may_draft = YearReview.can_be_drafted_by(person)
    committees = Committee.objects.visible_to(person).order_by("pk") if may_draft else ()
    return {
        "rows": rows,
        "ended": ended,
        "to_compose": [one for one in committees if one.pk not in there],
        "breadcrumbs": [Crumb(_("Reports"), reverse("statuses")), Crumb(_("Year's reports"))],
    }


def _follower(request: HttpRequest) -> Person:
    """Return who reads. Raises Http404 for whoever follows no committee."""
    person = person_of(request)
    if not Committee.are_followed_by(person):
        raise Http404
    return person
