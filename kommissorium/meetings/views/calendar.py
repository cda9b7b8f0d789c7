"""The calendar of meetings: look, plan a year, plan one, move and cancel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.listing import paged
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, invalid, page
from kommissorium.meetings.actions.calendar import (
    cancel_meeting,
    check_meeting,
    move_meeting,
    plan_meeting,
    plan_meetings,
)
from kommissorium.meetings.forms import CancellationForm, MeetingForm, PlanRows, as_fields
from kommissorium.meetings.ics import calendar_file
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.planning import (
    add_months,
    obstacle,
    propose,
    required_number,
    taken_dates,
    weeks,
)
from kommissorium.meetings.reach import reaches
from kommissorium.meetings.views import signed_in

ICS = "text/calendar; charset=utf-8; method=PUBLISH"


@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """Show what is coming, how far the calendar reaches, and what was."""
    person = signed_in(request)
    visible = Meeting.objects.visible_to(person).select_related("committee")
    now = timezone.now()
    past = visible.filter(ends_at__lt=now).order_by("-starts_at", "-pk")
    context = {
        "reaches": reaches(person),
        "coming": list(visible.filter(ends_at__gte=now).order_by("starts_at", "pk")[:60]),
        "past": paged(past, request, 20),
    }
    return page(request, "meetings/meetings.html", context)


@require_GET
def calendar_download(request: HttpRequest) -> HttpResponse:
    """Hand out all coming meetings as one calendar file."""
    coming = Meeting.objects.visible_to(signed_in(request)).coming().select_related("committee")
    return _calendar(calendar_file(coming, _("Committee meetings")), "kommissorium.ics")


@require_GET
def meeting_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out one meeting as a calendar file."""
    found = _meeting(request, pk)
    name = f"{timezone.localdate(found.starts_at).isoformat()}.ics"
    return _calendar(calendar_file([found], found.committee.name), name)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a year's meetings; each can be moved or left out before they are planned."""
    committee = _preparable(request, pk)
    number = required_number(committee, timezone.localdate())
    period, first = _period(request)
    if request.method == "POST":
        rows = PlanRows(request.POST)
        planned = _plan_chosen(request, committee, rows)
        if planned is not None:
            return planned
    else:
        rows = PlanRows(initial=_proposed(committee, first, number))
    context = {
        "committee": committee,
        "rows": rows,
        "number": number,
        "period": period,
        "periods": _periods(),
        "breadcrumbs": [_crumb(), Crumb(_("Plan the year"))],
    }
    answer = invalid if rows.is_bound else page
    return answer(request, "meetings/plan.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan one meeting."""
    committee = _preparable(request, pk)
    form = MeetingForm(request.POST or None, initial=MeetingForm.habits(committee))
    if request.method == "POST" and form.is_valid():
        try:
            meeting = plan_meeting(committee, by=signed_in(request), **form.moments())
        except Refused as refused:
            form.refuse(refused)
        else:
            _warn(request, committee, [meeting])
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
    meeting = _changeable(request, pk)
    form = MeetingForm(request.POST or None, initial=MeetingForm.of(meeting))
    crumbs = [_crumb(), Crumb(str(meeting), meeting.get_absolute_url()), Crumb(_("Time and place"))]
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["edit_version"] or 0
        try:
            move_meeting(meeting, by=signed_in(request), edit_version=version, **form.moments())
        except Refused as refused:
            form.refuse(refused)
        except Conflict as found:
            current = Conflict(as_fields(found.current))
            cancel_url = meeting.get_absolute_url()
            return conflict(
                request,
                form,
                current,
                edit_version=found.edit_version,
                cancel_url=cancel_url,
                breadcrumbs=crumbs,
            )
        else:
            meeting.refresh_from_db()
            _warn(request, meeting.committee, [meeting])
            messages.success(request, _("Time and place are changed."))
            return redirect(meeting)
    context = {
        "form": form,
        "title": _("Change time and place"),
        "lead": str(meeting),
        "submit_label": _("Save"),
        "cancel_url": meeting.get_absolute_url(),
        "breadcrumbs": crumbs,
    }
    return (invalid if form.is_bound else page)(request, "ui/form_page.html", context)


@require_http_methods(["GET", "POST"])
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a meeting with a reason."""
    meeting = _changeable(request, pk)
    form = CancellationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cancel_meeting(meeting, by=signed_in(request), because=form.cleaned_data["because"])
        messages.success(request, _("The meeting is cancelled."))
        return redirect(meeting)
    context = {
        "form": form,
        "title": _("Cancel the meeting"),
        "text": _("The meeting stays in the calendar as cancelled. Its agenda can still be read."),
        "submit_label": _("Cancel the meeting"),
        "cancel_url": meeting.get_absolute_url(),
        "danger": True,
        "breadcrumbs": [
            _crumb(),
            Crumb(str(meeting), meeting.get_absolute_url()),
            Crumb(_("Cancel the meeting")),
        ],
    }
    return (invalid if form.is_bound else page)(request, "ui/confirm.html", context)


def _plan_chosen(request: HttpRequest, committee: Committee, rows: Any) -> HttpResponse | None:
    """Plan the rows that were chosen; None when something must be put right first."""
    if not rows.is_valid():
        return None
    chosen = [row for row in rows if row.cleaned_data.get("chosen")]
    if not chosen:
        rows._non_form_errors.append(_("Choose at least one meeting."))  # noqa: SLF001 no public way
        return None
    refused = _refused_row(committee, chosen)
    if refused:
        return None
    planned = plan_meetings(committee, [row.proposal() for row in chosen], by=signed_in(request))
    _warn(request, committee, planned)
    text = ngettext(
        "%(number)d meeting is planned.", "%(number)d meetings are planned.", len(planned)
    )
    messages.success(request, text % {"number": len(planned)})
    return redirect("meetings")


def _refused_row(committee: Committee, chosen: Sequence[Any]) -> bool:
    """Try the rows one by one, so that a reason stands beside the row it is about."""
    refused = False
    earlier: list[Any] = []
    for row in chosen:
        proposal = row.proposal()
        clash = any(
            proposal.starts_at < other.ends_at and other.starts_at < proposal.ends_at
            for other in earlier
        )
        if clash:
            row.add_error("date", _("Two of the meetings lie at the same time."))
            refused = True
        earlier.append(proposal)
        try:
            check_meeting(committee, proposal.starts_at, proposal.ends_at)
        except Refused as reasons:
            row.refuse(reasons)
            refused = True
    return refused


def _proposed(committee: Committee, first: date, number: int) -> list[dict[str, Any]]:
    proposals = propose(committee, first=first, number=number, taken=taken_dates(committee))
    return [
        {
            "chosen": True,
            **as_fields(
                {
                    "starts_at": proposal.starts_at,
                    "ends_at": proposal.ends_at,
                    "place": proposal.place,
                    "link": proposal.link,
                }
            ),
        }
        for proposal in proposals
    ]


def _periods() -> list[tuple[str, str]]:
    year = timezone.localdate().year
    return [
        ("next", _("The next twelve months")),
        (str(year + 1), str(year + 1)),
        (str(year + 2), str(year + 2)),
    ]


def _period(request: HttpRequest) -> tuple[str, date]:
    wish = request.GET.get("period", "next")
    today = timezone.localdate()
    if wish in {str(today.year + 1), str(today.year + 2)}:
        return wish, date(int(wish), 1, 1)
    return "next", add_months(today.replace(day=1), 1)


def _warn(request: HttpRequest, committee: Committee, planned: Sequence[Meeting]) -> None:
    avoided = weeks(committee.avoided_weeks)
    for meeting in planned:
        day = timezone.localdate(meeting.starts_at)
        if text := obstacle(day, avoided):
            messages.warning(request, f"{day.day}.{day.month}.{day.year}: {text}")


def _preparable(request: HttpRequest, pk: int) -> Committee:
    person = signed_in(request)
    committee = get_object_or_404(Committee.objects.visible_to(person), pk=pk)
    if not committee.can_be_prepared_by(person):
        raise PermissionDenied
    return committee


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    visible = Meeting.objects.visible_to(signed_in(request)).select_related("committee")
    return get_object_or_404(visible, pk=pk)


def _changeable(request: HttpRequest, pk: int) -> Meeting:
    meeting = _meeting(request, pk)
    if not meeting.can_be_prepared_by(signed_in(request)):
        raise PermissionDenied
    return meeting


def _calendar(data: bytes, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(data, content_type=ICS, headers={"Content-Disposition": disposition})


def _crumb() -> Crumb:
    return Crumb(_("Meetings"), reverse("meetings"))
