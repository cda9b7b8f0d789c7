"""The page that corrects a draft: the text at one side, what was read at the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.forms import MandateDraftForm
from kommissorium.committees.mandate_changes import worded_changes
from kommissorium.committees.mandate_source import source_lines
from kommissorium.committees.models import Mandate
from kommissorium.committees.reading_doubts import unplaced_lines
from kommissorium.committees.views.common import by_another, draft_for
from kommissorium.committees.views.mandates import path_to
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.responses import page


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_edit(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_for(request, pk)

    def save(form: MandateDraftForm) -> HttpResponse:
        form.save(by=person_of(request))
        messages.success(request, _("The draft is saved."))
        return redirect(_next(request, draft), draft.pk)

    return draft_page(request, draft, save)


def draft_page(
    request: HttpRequest,
    draft: Mandate,
    save: Callable[[MandateDraftForm], HttpResponse | None],
    template: str = "committees/mandate_edit.html",
    **more: object,
) -> HttpResponse:
    """Show a draft to be corrected, rearrange it by its buttons, and save what is valid.

    `save` says where to go on, or None when something else on the page must be put right. It may
    raise Refused, and Conflict when somebody saved first: then both texts are shown.
    """
    show = partial(_page, request, draft, template, more)
    if request.method != "POST":
        return show(MandateDraftForm(draft))
    if changed := MandateDraftForm.rearranged(draft, request.POST):
        form, place = changed
        return show(form, touched=place)
    form = MandateDraftForm(draft, request.POST)
    if form.is_valid():
        try:
            done = save(form)
        except Refused as refused:
            form.add_refusal(refused)
        except Conflict:
            return _conflict(request, draft, form, show)
        else:
            if done is not None:
                return done
    return show(form, status=HTTPStatus.BAD_REQUEST)


def _next(request: HttpRequest, draft: Mandate) -> str:
    """Return the next page; whoever has just changed the text cannot approve it alone."""
    if "approve" not in request.POST:
        return "mandate_edit"
    draft.refresh_from_db()
    if draft.must_be_checked_by_another_than(person_of(request)):
        messages.info(request, by_another())
        return "mandate"
    return "mandate_approval"


def _page(
    request: HttpRequest,
    draft: Mandate,
    template: str,
    more: Mapping[str, object],
    form: MandateDraftForm,
    *,
    touched: int | None = None,
    status: int = HTTPStatus.OK,
    **both: object,
) -> HttpResponse:
    kept = list(draft.clauses.all())
    context = {
        "mandate": draft,
        "form": form,
        "source": source_lines(draft.source_text, kept),
        "unplaced": unplaced_lines(draft.source_text, kept),
        "touched": touched,
        "is_changed": touched is not None or form.is_bound,
        "can_approve": draft.can_be_approved_by(person_of(request)),
        "previous": draft.previous(),
        "breadcrumbs": path_to(draft, _("Check and correct")),
        **both,
        **more,
    }
    return page(request, template, context, status=status)


def _conflict(
    request: HttpRequest,
    draft: Mandate,
    form: MandateDraftForm,
    show: Callable[..., HttpResponse],
) -> HttpResponse:
    """Show both texts; the form is sent again on top of the version that was found."""
    draft.refresh_from_db()
    theirs = list(draft.clauses.all())
    changes = worded_changes(theirs, form.typed_clauses)
    data = request.POST.copy()
    data["edit_version"] = str(draft.edit_version)
    return show(
        MandateDraftForm(draft, data),
        status=HTTPStatus.CONFLICT,
        conflict=True,
        their_title=draft.title if draft.title != form.title.cleaned_data["title"] else "",
        differences=[change for change in changes if change.kind != "same"],
    )
