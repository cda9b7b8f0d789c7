"""From a text to a mandate in force: upload, correct, approve or discard, make the seats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.actions.mandate_asking import ask_for_approval
from kommissorium.committees.actions.mandate_seats import seats_from_mandate
from kommissorium.committees.actions.mandates import discard_draft
from kommissorium.committees.actions.seats import ONLY_ONE
from kommissorium.committees.forms import MandateApprovalForm, MandateDraftForm, MandateSourceForm
from kommissorium.committees.mandate_source import source_lines, unplaced_lines
from kommissorium.committees.mandate_versions import worded_changes
from kommissorium.committees.models import Clause, Mandate
from kommissorium.committees.views.common import (
    arranged_committee,
    by_another,
    crumbs,
    draft_for,
    mandate_for,
)
from kommissorium.committees.views.mandates import path_to
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.responses import page

SETTLED = "settled_clauses"
# A row of the table of members that names nobody yet.
OPEN_ROW = Q(kind=Clause.Kind.MEMBER, function="") & ~Q(role__in=ONLY_ONE)


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_read(request: HttpRequest, pk: int) -> HttpResponse:
    committee = arranged_committee(request, pk)
    form = MandateSourceForm(request.POST, request.FILES) if request.method == "POST" else None
    if form and (read := attempt(form, lambda: form.save(committee, by=person_of(request)))):
        message = _("The text is read. Check what was understood, and correct it.")
        messages.success(request, message)
        return redirect("mandate_edit", read.value.pk)
    context = {
        "committee": committee,
        "draft": committee.mandates.filter(approved_at=None).first(),
        "form": form,
        "ways": MandateSourceForm.choices(form),
        "breadcrumbs": crumbs(committee, _("Read terms of reference")),
    }
    status = HTTPStatus.BAD_REQUEST if form else HTTPStatus.OK
    return page(request, "committees/mandate_read.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_approval(request: HttpRequest, pk: int) -> HttpResponse:
    shown = mandate_for(request, pk)
    person = person_of(request)
    if not shown.is_approved and shown.must_be_checked_by_another_than(person):
        raise PermissionDenied(by_another(shown, person))
    if shown.is_approved or not shown.is_approved_by_such_as(person):
        raise PermissionDenied(
            _("The terms of reference are approved already.")
            if shown.is_approved
            else _(
                "The chair, a member of the executive board or the information security "
                "coordinator approves terms of reference."
            )
        )
    form = MandateApprovalForm(typed(request), committee=shown.committee)
    previous = shown.previous()
    if attempt(form, lambda: form.save(shown, by=person)):
        messages.success(request, _("The terms of reference are approved and locked."))
        return redirect(shown)
    clauses = list(shown.clauses.all())
    changes = worded_changes(list(previous.clauses.all()), clauses) if previous else []
    return form_page(
        request,
        form,
        "committees/mandate_approval.html",
        mandate=shown,
        previous=previous,
        changes=[change for change in changes if change.kind != "same"],
        clauses=len(clauses),
        own=sum(not one.measure and one.kind != Clause.Kind.OTHER for one in clauses),
        cancel_url=shown.get_absolute_url(),
        breadcrumbs=path_to(shown, _("Approve")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_discard(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_for(request, pk)
    if request.method == "POST":
        discard_draft(draft, by=person_of(request))
        messages.success(request, _("The draft is discarded."))
        return redirect("mandates", draft.committee_id)
    context = {
        "title": _("Discard the draft"),
        "text": _(
            "All that was corrected in the draft “%(title)s” is lost. What is in force stays in "
            "force."
        )
        % {"title": draft.title},
        "submit_label": _("Discard the draft"),
        "cancel_url": reverse("mandate_edit", args=[draft.pk]),
        "danger": True,
        "breadcrumbs": path_to(draft, _("Discard the draft")),
    }
    return page(request, "ui/confirm.html", context)


@require_POST
def mandate_asking(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whoever may approve the draft to do so."""
    draft = draft_for(request, pk)
    people = ask_for_approval(draft, by=person_of(request))
    names = ", ".join(one.name for one in people)
    messages.success(request, _("Asked by mail to approve it: %(names)s.") % {"names": names})
    return redirect(draft)


@require_POST
def mandate_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the seats the mandate names, from the day it took effect."""
    shown = mandate_for(request, pk)
    made = seats_from_mandate(
        shown,
        by=person_of(request),
        from_date=shown.effective_from or timezone.localdate(),
    )
    messages.success(request, _made(made))
    if open_rows := shown.clauses.filter(OPEN_ROW).count():
        messages.info(request, _left_open(open_rows))
    return redirect(shown.committee)


def _made(count: int) -> str:
    if not count:
        return _("All the seats of the terms of reference were there already.")
    sentence = ngettext(
        "%(count)d seat is made. Say who sits in it.",
        "%(count)d seats are made. Say who sits in them.",
        count,
    )
    return sentence % {"count": count}


def _left_open(count: int) -> str:
    sentence = ngettext(
        "%(count)d row of the terms of reference names no function. Add the seat yourself "
        "when it is known.",
        "%(count)d rows of the terms of reference name no function. Add the seats yourself "
        "when they are known.",
        count,
    )
    return sentence % {"count": count}


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_edit(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_for(request, pk)

    def save(form: MandateDraftForm) -> HttpResponse:
        form.save(by=person_of(request))
        messages.success(request, _("It is saved."))
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
        return show(MandateDraftForm(draft, settled=request.session.get(SETTLED, ())))
    if changed := MandateDraftForm.rearranged(draft, request.POST):
        form, place = changed
        return show(form, touched=place)
    form = MandateDraftForm(draft, request.POST)
    if form.is_valid():
        try:
            done = save(form)
            # Whom it is checked by next sees the doubts for themselves.
            request.session[SETTLED] = form.settled
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
        messages.info(request, by_another(draft, person_of(request)))
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
