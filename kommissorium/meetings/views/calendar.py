"""The calendar of meetings: list, plan one, move and cancel."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import conflict, invalid, page
from kommissorium.meetings.actions.calendar import (
    cancel_meeting,
    move_meeting,
    plan_meeting,
)
from kommissorium.meetings.calendar_entries import calendar_file
from kommissorium.meetings.forms import CancellationForm, MeetingForm, PastFilter, as_fields
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.views import preparable, warn_of_obstacles
from kommissorium.meetings.year_plan import reaches

ICS = "text/calendar; charset=utf-8; method=PUBLISH"
PAST = 12  # earlier meetings on a page: one screen, and not many on a phone


@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """Show what is coming, how far the calendar reaches, and what was."""
    person = person_of(request)
    visible = Meeting.objects.visible_to(person).select_related("committee")
    now = timezone.now()
    past = visible.filter(ends_at__lt=now).order_by("-starts_at", "-pk")
    years = [moment.year for moment in past.datetimes("starts_at", "year", order="DESC")]
    filters = PastFilter(request.GET, years=years)
    reached = reaches(person)
    context = {
        "reaches": reached,
        "may_register": any(reach.may_plan for reach in reached),
        "coming": list(visible.filter(ends_at__gte=now).order_by("starts_at", "pk")[:60]),
        "past": paged(filters.narrowed(past), request, PAST),
        "filters": filters,
        "has_past": bool(years),
    }
    return page(request, "meetings/meetings.html", context)


@require_GET
def calendar_download(request: HttpRequest) -> HttpResponse:
    """Hand out all coming meetings as one calendar file."""
    coming = Meeting.objects.visible_to(person_of(request)).coming().select_related("committee")
    return _calendar(calendar_file(coming, _("Committee meetings")), "kommissorium.ics")


@require_GET
def meeting_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out one meeting as a calendar file."""
    found = _meeting(request, pk)
    name = f"{timezone.localdate(found.starts_at).isoformat()}.ics"
    return _calendar(calendar_file([found], found.committee.name), name)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan one meeting."""
    committee = preparable(request, pk)
    form = MeetingForm(request.POST or None, initial=MeetingForm.habits(committee))
    if request.method == "POST" and form.is_valid():
        try:
            meeting = plan_meeting(committee, by=person_of(request), **form.moments())
        except Refused as refused:
            form.refuse(refused)
        else:
            warn_of_obstacles(request, committee, [meeting])
            messages.success(request, _("The meeting is planned."))
            return redirect(meeting)
    context = {
        "form": form,
        "title": _("Plan a meeting"),
        "lead": committee.name,
        "submit_label": _("Plan the meeting"),
        "cancel_url": reverse("meetings"),
        "breadcrumbs": [_crumb(), Crumb(_("Plan a meeting"))],
    }
    return (invalid if form.is_bound else page)(request, "ui/form_page.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a meeting in time or place."""
    meeting = _meeting(request, pk)
    if not meeting.can_be_moved_by(person_of(request)):
        raise PermissionDenied
    form = MeetingForm(request.POST or None, initial=MeetingForm.of(meeting))
    crumbs = [_crumb(), Crumb(str(meeting), meeting.get_absolute_url()), Crumb(_("Time and place"))]
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["edit_version"] or 0
        try:
            is_moved = move_meeting(
                meeting, by=person_of(request), edit_version=version, **form.moments()
            )
        except Refused as refused:
            form.refuse(refused)
        except Conflict as found:
            current = Conflict({**as_fields(found.current), "edit_version": found.edit_version})
            cancel_url = meeting.get_absolute_url()
            return conflict(
                request,
                form,
                current,
                cancel_url=cancel_url,
                breadcrumbs=crumbs,
            )
        else:
            if not is_moved:
                messages.info(request, _("Nothing was changed, so nobody is told."))
                return redirect(meeting)
            meeting.refresh_from_db()
            warn_of_obstacles(request, meeting.committee, [meeting])
            messages.success(request, _("Time and place are changed."))
            return redirect(meeting)
    context = {
        "form": form,
        "title": _("Change time and place"),
        "sends_mail": True,
        "lead": str(meeting),
        "submit_label": _("Save"),
        "cancel_url": meeting.get_absolute_url(),
        "breadcrumbs": crumbs,
    }
    return (invalid if form.is_bound else page)(request, "ui/form_page.html", context)


@require_http_methods(["GET", "POST"])
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a meeting with a reason."""
    meeting = _meeting(request, pk)
    if not meeting.can_be_cancelled_by(person_of(request)):
        raise PermissionDenied
    form = CancellationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cancel_meeting(meeting, by=person_of(request), because=form.cleaned_data["because"])
        messages.success(request, _("The meeting is cancelled."))
        return redirect(meeting)
    context = {
        "form": form,
        "title": _("Cancel the meeting"),
        "text": _("The meeting stays in the calendar as cancelled. Its agenda can still be read."),
        "submit_label": _("Cancel the meeting"),
        "sends_mail": True,
        "cancel_url": meeting.get_absolute_url(),
        "danger": True,
        "breadcrumbs": [
            _crumb(),
            Crumb(str(meeting), meeting.get_absolute_url()),
            Crumb(_("Cancel the meeting")),
        ],
    }
    return (invalid if form.is_bound else page)(request, "ui/confirm.html", context)


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    visible = Meeting.objects.visible_to(person_of(request)).select_related("committee")
    return get_object_or_404(visible, pk=pk)


def _calendar(data: bytes, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(data, content_type=ICS, headers={"Content-Disposition": disposition})


def _crumb() -> Crumb:
    return Crumb(_("Meetings"), reverse("meetings"))
