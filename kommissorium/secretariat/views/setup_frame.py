"""The frame of the setup assistant, and its step of the mandate: read, look at, approve."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Municipality, Person
from kommissorium.committees.actions.mandate_seats import seats_from_mandate
from kommissorium.committees.actions.mandates import discard_draft
from kommissorium.committees.forms import (
    MandateApprovalForm,
    MandateDraftForm,
    MandateSourceForm,
)
from kommissorium.committees.models import Mandate
from kommissorium.committees.views.drafts import draft_page
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.responses import invalid, page
from kommissorium.secretariat import getting_started
from kommissorium.secretariat.getting_started import SetupProgress
from kommissorium.secretariat.views.settings import keeper


def guide(request: HttpRequest) -> tuple[Person, Municipality]:
    """Return who asks and the municipality. Raises Http404 for those the assistant is not for.

    Once it is finished it shows what the committee's own pages do, so it is the coordinator's
    alone: an administrator sees no content by that role.
    """
    person, found = keeper(request)
    if found.setup_finished_at and not person.is_coordinator:
        raise Http404
    return person, found


def step_page(
    request: HttpRequest, name: str, state: SetupProgress, context: dict[str, Any]
) -> HttpResponse:
    """Return the page of a step; what was sent and is shown again was refused."""
    form = context.get("form")
    refused = request.method == "POST" and form is not None
    return (invalid if refused else page)(
        request, template_of(name), {**frame_of(name, state), **context}
    )


def template_of(name: str) -> str:
    return f"secretariat/setup/{name}.html"


def frame_of(step: str, state: SetupProgress) -> dict[str, Any]:
    """Return what the frame shows around a step: all steps, and which are done."""
    labels = {
        "municipality": _("Municipality"),
        "mandate": _("Terms of reference"),
        "seats": _("Seats"),
        "rhythm": _("Meetings"),
        "wheel": _("Year wheel"),
        "invitations": _("Invitations"),
    }
    done = state.done
    steps = [
        {
            "label": label,
            "url": reverse(f"setup_{code}"),
            "state": "current" if code == step else "done" if done[code] else "todo",
        }
        for code, label in labels.items()
    ]
    return {"state": state, "steps": steps, "steps_done": sum(done.values())}


@require_http_methods(["GET", "POST"])
def mandate(request: HttpRequest) -> HttpResponse:
    """Read the mandate in; then show what was doubtful in it, and approve it."""
    person, _found = guide(request)
    state = getting_started.progress()
    if state.committee is None:
        return redirect("setup_municipality")
    if state.draft and "way" not in request.POST:
        return _check(request, person, state, state.draft)
    form = MandateSourceForm(request.POST, request.FILES) if request.method == "POST" else None
    committee = state.committee
    if form and attempt(form, lambda: form.save(committee, by=person)):
        return redirect("setup_mandate")
    context = {"ways": MandateSourceForm.choices(form), "form": form}
    return step_page(request, "mandate", state, context)


def _check(
    request: HttpRequest, person: Person, state: SetupProgress, draft: Mandate
) -> HttpResponse:
    if "discard" in request.POST:
        discard_draft(draft, by=person)
        messages.success(request, _("The draft is discarded."))
        return redirect("setup_mandate")
    approves = "approve" in request.POST
    given = request.POST if approves else None
    approval = MandateApprovalForm(given, committee=draft.committee)

    def save(form: MandateDraftForm) -> HttpResponse | None:
        if approves and not approval.is_valid():
            return None
        try:
            with transaction.atomic():
                form.save(by=person)
                made = _approve(draft, approval, person) if approves else None
        except Refused as refused:
            if not set(refused.errors) & set(approval.fields):
                raise
            add_refusal(approval, refused)
            return None
        return _go_on(request, made)

    more = {**frame_of("mandate", state), "approval": approval, "breadcrumbs": ()}
    return draft_page(request, draft, save, template_of("reading"), **more)


def _approve(draft: Mandate, form: MandateApprovalForm, person: Person) -> int:
    """Put the draft in force and make its seats; return how many."""
    draft.refresh_from_db()
    form.save(draft, by=person)
    return seats_from_mandate(draft, by=person, from_date=timezone.localdate())


def _go_on(request: HttpRequest, made: int | None) -> HttpResponse:
    if made is None:
        messages.success(request, _("It is saved."))
        return redirect("setup_mandate")
    text = _("The mandate is in force, and its seats are made: %(number)d.")
    messages.success(request, text % {"number": made})
    return redirect("setup_seats")
