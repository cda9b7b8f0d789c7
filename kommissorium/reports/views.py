"""Pages of the statuses of quarters: which there are, one of them, and what its parts say."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.ui.downloads import download
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.registers.views.proposals import proposal_page
from kommissorium.reports.actions.statuses import (
    compose_status,
    recompose_status,
    write_parts,
)
from kommissorium.reports.documents import EDITIONS
from kommissorium.reports.models import QuarterlyStatus
from kommissorium.reports.proposal import KIND
from kommissorium.reports.quarter_pages import (
    compose_page,
    found_by,
    refuse_unless_draft,
    write_page,
)
from kommissorium.reports.status_rows import quarter_rows


@require_GET
def statuses(request: HttpRequest) -> HttpResponse:
    """Show the quarters of the committees that the reader follows, each with its status."""
    return page(request, "reports/statuses.html", _list(request))


@require_POST
def status_new(request: HttpRequest) -> HttpResponse:
    """Compose the status of a quarter; what cannot be is said above the list."""
    return compose_page(request, KIND, compose_status, "reports/statuses.html", _list)


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
    found = drafted_of(request, pk)
    written = write_page(
        request, KIND, found, lambda texts, by: write_parts(found, texts, by=by), status=found
    )
    if isinstance(written, HttpResponse):
        return written
    if found.word_file_id and written:
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
    return found_by(request, KIND, pk)


def drafted_of(request: HttpRequest, pk: int) -> QuarterlyStatus:
    """Return a status for who drafts. Raises Http404, PermissionDenied; Refused for no draft."""
    found = status_of(request, pk)
    refuse_unless_draft(request, found)
    return found


def _word_let_go() -> str:
    return _(
        "The edited Word file no longer tells the same, so it is not kept beside the status. "
        "Fetch the Word file anew to edit it again."
    )
