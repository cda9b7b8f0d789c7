"""Pages of the statuses of quarters: which there are, one of them, and what its parts say."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.downloads import download
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, invalid, page
from kommissorium.registers.actions.proposals import refuse_unless
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.views.proposals import proposal_page, proposal_path
from kommissorium.reports.actions.statuses import (
    compose_status,
    recompose_status,
    write_parts,
)
from kommissorium.reports.documents import EDITIONS
from kommissorium.reports.forms import StatusForm
from kommissorium.reports.models import KeptPart, QuarterlyStatus
from kommissorium.reports.proposal import KIND
from kommissorium.reports.status_rows import quarter_rows


@require_GET
def statuses(request: HttpRequest) -> HttpResponse:
    """Show the quarters of the committees that the reader follows, each with its status."""
    return page(request, "reports/statuses.html", _list(request))


@require_POST
def status_new(request: HttpRequest) -> HttpResponse:
    """Compose the status of a quarter; what cannot be is said above the list."""
    person = person_of(request)
    key = request.POST.get("committee", "")
    found = Committee.objects.visible_to(person).filter(pk=key if _is_key(key) else 0)
    if not QuarterlyStatus.can_be_drafted_by(person):
        raise PermissionDenied
    try:
        quarter = Quarter.parse(request.POST.get("quarter", ""))
        made = compose_status(get_object_or_404(found), quarter, by=person)
    except Refused as refused:
        return invalid(request, "reports/statuses.html", _list(request) | {"refused": str(refused)})
    messages.success(request, _("It is composed. Read it through, and fill in what is missing."))
    return redirect(made)


@require_GET
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a status: its conclusion first, then each part with its figures."""
    found = status_of(request, pk)
    parts = list(found.parts.all())
    changed = [
        (part, figure)
        for course in ("worse", "better")
        for part in parts
        for figure in part.figures
        if figure.course == course
    ]
    context = {
        "parts": [part for part in parts if part.text or part.figures],
        "to_write": ", ".join(part.heading for part in parts if part.lacks_words),
        "silent": ", ".join(part.heading for part in parts if part.is_empty and not part.text),
        "changed": changed,
    }
    return proposal_page(request, KIND, found, "reports/status.html", **context)


@require_http_methods(["GET", "POST"])
def status_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the parts of a draft say."""
    found, person = drafted_of(request, pk), person_of(request)
    parts = list(found.parts.all())
    form = StatusForm(typed(request), parts=parts)
    frame: dict[str, Any] = {
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": proposal_path(KIND, found, _("Edit")),
    }
    try:
        saved = attempt(form, lambda: write_parts(found, form.texts(), by=person))
    except Conflict as other:
        theirs = {code: one for code, one in other.current.items() if isinstance(one, KeptPart)}
        form.data = form.on_top_of(theirs)
        current: dict[str, object] = {f"text_{code}": one.text for code, one in theirs.items()}
        current |= {f"empty_{code}": one.is_empty for code, one in theirs.items()}
        return conflict(request, form, Conflict({"edit_version": 0, **current}), **frame)
    if saved is None:
        title = _("Edit the draft")
        frame["status"] = found
        return form_page(request, form, "reports/status_edit.html", title=title, **frame)
    messages.success(request, _("The draft is saved."))
    if found.word_file_id and saved.value:
        messages.info(request, _word_let_go())
    return redirect(found)


@require_POST
def status_recompose(request: HttpRequest, pk: int) -> HttpResponse:
    """Compose a draft again from what the registers say now."""
    found = drafted_of(request, pk)
    recompose_status(found, by=person_of(request))
    messages.success(request, _("It is composed again. What you wrote is kept."))
    if found.word_file_id:
        messages.info(request, _word_let_go())
    return redirect(found)


@require_GET
def status_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Hand a status out as Word or as data: an approved one as it was frozen."""
    if form not in EDITIONS:
        raise Http404
    found = status_of(request, pk)
    write, media_type = EDITIONS[form]
    data = write(KIND.kept_content(found))
    return download(data, f"{slugify(KIND.title_of(found))}-{found.pk}.{form}", media_type)


def _list(request: HttpRequest) -> dict[str, Any]:
    person = person_of(request)
    rows = quarter_rows(person, timezone.localdate())
    if not Committee.are_followed_by(person):
        raise Http404
    return {
        "rows": list(rows.items()),
        "may_draft": QuarterlyStatus.can_be_drafted_by(person),
        "breadcrumbs": [Crumb(_("Reports"))],
    }


def status_of(request: HttpRequest, pk: int) -> QuarterlyStatus:
    """Return a status with its parts. Raises Http404 for what the reader may not see."""
    rows = KIND.visible_to(person_of(request)).prefetch_related(*KIND.parts)
    found: QuarterlyStatus = get_object_or_404(rows, pk=pk)
    return found


def drafted_of(request: HttpRequest, pk: int) -> QuarterlyStatus:
    """Return a status for who drafts. Raises Http404, PermissionDenied; Refused for no draft."""
    found = status_of(request, pk)
    if not found.can_be_drafted_by(person_of(request)):
        raise PermissionDenied
    refuse_unless(found, found.State.DRAFT)
    return found


def _word_let_go() -> str:
    return _(
        "The edited Word file no longer tells the same, so it is not kept beside the status. "
        "Fetch the Word file anew to edit it again."
    )


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004
