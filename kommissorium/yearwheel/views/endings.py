"""End a duty, keep it as the committee's own, say that what it waits for has happened."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.yearwheel.actions import begin, end_duty, keep_as_own, sync_meetings
from kommissorium.yearwheel.forms import BecauseForm, BeginForm
from kommissorium.yearwheel.models import Duty, Rhythm
from kommissorium.yearwheel.views import crumbs, duty_for, kept_duty


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a duty, with a reason."""
    found, person = kept_duty(request, pk), person_of(request)
    if found.is_over:
        raise Refused(_("The duty has ended."))
    form = BecauseForm(typed(request))
    if attempt(form, lambda: end_duty(found, by=person, because=form.cleaned_data["because"])):
        messages.success(request, _("The duty has ended."))
        return redirect(found)
    return form_page(
        request,
        form,
        "ui/confirm.html",
        title=_("End the duty"),
        text=_(
            "“%(title)s” no longer falls due. What is open of it is skipped for the same "
            "reason; what is done stays."
        )
        % {"title": found.title},
        submit_label=_("End the duty"),
        danger=True,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=crumbs(found.committee, found, _("End the duty")),
    )


@require_POST
def keeping(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a duty whose clause is gone as the committee's own."""
    found = kept_duty(request, pk)
    keep_as_own(found, by=person_of(request))
    messages.success(request, _("The duty is the committee's own now."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
def beginning(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what the duty waits for has happened."""
    found, person = _begun(request, pk), person_of(request)
    if request.method == "GET" and (found.is_over or found.rhythm != Rhythm.EVENT):
        raise Refused(_("The duty falls due by itself. It need not be begun."))
    today = timezone.localdate()
    start = {"happened": today, "due": today + timedelta(days=found.lead_days)}
    form = BeginForm(typed(request), initial=start)
    if begun := attempt(form, lambda: begin(found, by=person, **form.cleaned_data)):
        messages.success(request, _("It is on the wheel."))
        return redirect(begun.value)
    return form_page(
        request,
        form,
        title=_("It has happened"),
        lead=found.title,
        submit_label=_("Put it on the wheel"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=crumbs(found.committee, found, _("It has happened")),
    )


@require_POST
def meetings(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what is due at each meeting that is planned."""
    found = _begun(request, pk)
    made = sync_meetings(found.committee, by=person_of(request), duty=found)
    text = ngettext(
        "%(number)d meeting was brought in.", "%(number)d meetings were brought in.", made
    )
    messages.success(request, text % {"number": made})
    return redirect(found)


def _begun(request: HttpRequest, pk: int) -> Duty:
    found = duty_for(request, pk)
    if not found.can_be_begun_by(person_of(request)):
        raise PermissionDenied
    return found
