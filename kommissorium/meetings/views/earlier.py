"""Earlier meetings: register one, look at it, open its minutes, take the registration back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.forms import with_added
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import download_from, page
from kommissorium.meetings.actions.earlier_meetings import (
    register_earlier_meeting,
    tasks_of,
    withdraw_earlier_meeting,
)
from kommissorium.meetings.forms.earlier import EarlierMeetingForm
from kommissorium.meetings.forms.earlier_rows import WithdrawalForm
from kommissorium.meetings.models import AgendaItem, Meeting, Registration
from kommissorium.meetings.views import meeting_crumbs, preparable
from kommissorium.tasks.models import Task


@require_http_methods(["GET", "POST"])
def earlier_meeting_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a meeting that was held without the program."""
    committee, by = preparable(request, pk), person_of(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EarlierMeetingForm(committee, by, *sent)
    if form.is_bound and form.is_valid():
        try:
            meeting = with_added(
                lambda: register_earlier_meeting(committee, form.held(), by=by), *form.tasks
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The meeting is registered."))
            return redirect(meeting)
    context = {
        "form": form,
        "committee": committee,
        "breadcrumbs": [
            Crumb(_("Meetings"), reverse("meetings")),
            Crumb(_("Register an earlier meeting")),
        ],
    }
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return page(request, "meetings/earlier_form.html", context, status=status)


@require_GET
def earlier_minutes(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the minutes as they were handed in."""
    readable = Registration.objects.with_minutes_for(person_of(request))
    found = get_object_or_404(readable.select_related("file"), meeting=pk)
    return download_from(found.file.checked(), found.file_name, found.file.media_type)


@require_http_methods(["GET", "POST"])
def earlier_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a registration back, with a reason."""
    by = person_of(request)
    visible = Registration.objects.visible_to(by).select_related("meeting__committee")
    found = get_object_or_404(visible, meeting=pk)
    if not found.can_be_withdrawn_by(by):
        raise PermissionDenied
    form = WithdrawalForm(typed(request))
    if attempt(form, lambda: withdraw_earlier_meeting(found, by=by, **form.cleaned_data)):
        messages.success(request, _("It is withdrawn."))
        return redirect("meeting", pk)
    return form_page(
        request,
        form,
        "ui/confirm.html",
        title=_("Take the registration back"),
        text=_(
            "The meeting and its decisions no longer count. What was registered can still "
            "be read, with your reason. The day can be registered again."
        ),
        submit_label=_("Take it back"),
        cancel_url=reverse("meeting", args=[pk]),
        danger=True,
        breadcrumbs=[*meeting_crumbs(found.meeting), Crumb(_("Take the registration back"))],
    )


def earlier_page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show an earlier meeting: the minutes, who was there, what was decided, the tasks."""
    person = person_of(request)
    registrations = Registration.objects.select_related("by", "file", "record")
    found = registrations.get(meeting=meeting)
    found.meeting = meeting
    readable = Registration.objects.with_minutes_for(person).filter(pk=found.pk)
    items = AgendaItem.objects.visible_to(person).filter(meeting=meeting)
    attendances = meeting.attendances.select_related("person", "seat")
    context: dict[str, Any] = {
        "meeting": meeting,
        "registration": found,
        "may_open": readable.exists(),
        "may_withdraw": found.can_be_withdrawn_by(person),
        "items": list(items.select_related("proceedings", "decided", "meeting")),
        "hidden": meeting.items.exclude(pk__in=items).exists(),
        "present": list(attendances),
        "tasks": list(_tasks(meeting, person)),
        "sees_evidence": Person.can_see_evidence(person),
        "breadcrumbs": [Crumb(_("Meetings"), reverse("meetings")), Crumb(str(meeting))],
    }
    return page(request, "meetings/earlier.html", context)


def _tasks(meeting: Meeting, person: Person) -> Any:
    visible = Task.objects.visible_to(person).filter(pk__in=tasks_of(meeting))
    return visible.select_related("owner").order_by("due", "pk")
