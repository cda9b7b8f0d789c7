"""Pages of what a committee tells of a quarter: what status and report share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.responses import conflict, invalid
from kommissorium.registers.actions.proposals import refuse_unless
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.views.proposals import proposal_path
from kommissorium.reports.actions.statuses import PartText
from kommissorium.reports.forms import StatusForm
from kommissorium.reports.models import WrittenPart
from kommissorium.reports.models.quarterly import Quarterly
from kommissorium.reports.quarter_proposal import QuarterProposal

DIGITS: Final = 9  # of a key, at most


def compose_page[M: Quarterly](
    request: HttpRequest,
    kind: QuarterProposal[M],
    compose: Callable[..., M],
    template: str,
    listed: Callable[[HttpRequest], dict[str, Any]],
) -> HttpResponse:
    """Compose what is told of a quarter; what cannot be is said above the list."""
    person = person_of(request)
    key = request.POST.get("committee", "")
    is_key = key.isascii() and key.isdecimal() and len(key) <= DIGITS
    found = Committee.objects.visible_to(person).filter(pk=key if is_key else 0)
    if not kind.model.can_be_drafted_by(person):
        raise PermissionDenied
    try:
        quarter = Quarter.parse(request.POST.get("quarter", ""))
        made = compose(get_object_or_404(found), quarter, by=person)
    except Refused as refused:
        return invalid(request, template, listed(request) | {"refused": str(refused)})
    messages.success(request, _("It is composed. Read it through, and fill in what is missing."))
    return redirect(made)


def write_page[M: Quarterly](
    request: HttpRequest,
    kind: QuarterProposal[M],
    found: M,
    write: Callable[[dict[str, PartText], Person], Sequence[str]],
    **shown: Any,
) -> HttpResponse | Sequence[str]:
    """Write what the parts of a draft say; return the codes of those that were changed.

    `shown` is what the form's page shows besides.
    """
    person = person_of(request)
    form = StatusForm(typed(request), parts=kind.told_parts(found))
    frame: dict[str, Any] = {
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": proposal_path(kind, found, _("Edit")),
    }
    try:
        saved = attempt(form, lambda: write(form.texts(), person))
    except Conflict as other:
        theirs = {code: one for code, one in other.current.items() if isinstance(one, WrittenPart)}
        form.data = form.on_top_of(theirs)
        current: dict[str, object] = {f"text_{code}": one.text for code, one in theirs.items()}
        current |= {f"empty_{code}": one.is_empty for code, one in theirs.items()}
        return conflict(request, form, Conflict({"edit_version": 0, **current}), **frame)
    if saved is None:
        context = {"title": _("Edit the draft"), **frame, **shown}
        return form_page(request, form, "reports/status_edit.html", **context)
    messages.success(request, _("The draft is saved."))
    return saved.value


def found_by[M: Quarterly](
    request: HttpRequest, kind: QuarterProposal[M], pk: int, *more: str
) -> M:
    """Return one with its parts. Raises Http404 for what the reader may not see."""
    rows = kind.visible_to(person_of(request)).prefetch_related(*kind.parts, *more)
    found: M = get_object_or_404(rows, pk=pk)
    return found


def refuse_unless_draft(request: HttpRequest, found: Quarterly) -> None:
    """Raise PermissionDenied for who drafts none, Refused for what is no draft."""
    if not found.can_be_drafted_by(person_of(request)):
        raise PermissionDenied
    refuse_unless(found, found.State.DRAFT)
