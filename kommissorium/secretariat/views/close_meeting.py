"""Close a meeting, and later approve its minutes as the chair."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of, step_up
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm, add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.minutes import reasons_against_approval
from kommissorium.meetings.actions.open_and_close import lacks_before_ending, leader_among
from kommissorium.meetings.conduct_page import away, people_at, unnoted, warnings_before_ending
from kommissorium.meetings.decision_words import outcome_label
from kommissorium.meetings.models import AgendaItem, Approval, Attendance, Meeting, Minutes
from kommissorium.secretariat.actions.cycle import approve, end
from kommissorium.secretariat.actions.effects import hindered_of


@require_http_methods(["GET", "POST"])
def meeting_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the meeting, once nothing is lacking any more."""
    person = person_of(request)
    visible = Meeting.objects.visible_to(person).select_related("committee")
    meeting = get_object_or_404(visible, pk=pk)
    if not meeting.committee.can_be_prepared_by(person):
        raise PermissionDenied
    if meeting.state != Meeting.State.CALLED:
        return _not_now(request, meeting)
    refused = ""
    if request.method == "POST":
        try:
            end(meeting, by=person)
        except Refused as reason:
            refused = " ".join(reason.errors.values())
        else:
            messages.success(request, _("The meeting is closed. Now the minutes can be sent out."))
            return redirect(meeting)
    context = _context(meeting, refused)
    return (invalid if refused else page)(request, "secretariat/meeting_end.html", context)


def _context(meeting: Meeting, refused: str) -> dict[str, Any]:
    people = people_at(meeting)
    lacks = lacks_before_ending(meeting)
    return {
        "meeting": meeting,
        "lacks": lacks,
        # What the list says already need not be said twice.
        "refused": "" if lacks else refused,
        "warnings": warnings_before_ending(meeting),
        "unnoted": unnoted(people),
        "leader": leader_among(people),
        "present": [one for one in people if one.is_present],
        "absent": away(people),
        "breadcrumbs": [
            Crumb(_("Meetings"), reverse("meetings")),
            Crumb(str(meeting), meeting.get_absolute_url()),
            Crumb(_("Hold the meeting"), reverse("conduct", args=[meeting.pk])),
            Crumb(_("Close the meeting")),
        ],
    }


def _not_now(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    text = (
        _("Call the meeting before you hold it.")
        if meeting.state == Meeting.State.PLANNED
        else _("The meeting has been closed already.")
    )
    messages.info(request, text)
    return redirect(meeting)


class DeputyForm(PlainForm):
    """Form in which the deputy chair says why the chair does not approve."""

    chair_absent_because = forms.CharField(
        label=gettext_lazy("Why the chair cannot send them out"),
        max_length=300,
        help_text=gettext_lazy("This stands with the approval for good."),
    )


class ChairForm(PlainForm):
    """Form for the chair, who is asked for nothing more than pressing the button."""


@require_http_methods(["GET", "POST"])
def minutes_approval(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve the minutes. An attempt by somebody who leads no longer is kept in the chain."""
    minutes = _minutes(request, pk)
    if not minutes.meeting.committee.leading_capacity_of(person_of(request)):
        if request.method == "POST":
            approve(minutes, by=person_of(request))
        raise PermissionDenied
    return _approval(request, pk)


@step_up
def _approval(request: HttpRequest, pk: int) -> HttpResponse:
    minutes = _minutes(request, pk)
    person = person_of(request)
    capacity = minutes.meeting.committee.leading_capacity_of(person)
    kind = DeputyForm if capacity == Approval.Capacity.DEPUTY_CHAIR else ChairForm
    form = kind(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            approve(minutes, by=person, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("The minutes are sent out. They never change again."))
            _warn(request, minutes.meeting)
            return redirect(minutes)
    context = {
        "form": form,
        "minutes": minutes,
        "meeting": minutes.meeting,
        "capacity": capacity,
        "reasons": reasons_against_approval(minutes),
        "decisions": _decided(minutes.meeting),
        "settled": minutes.comments.exclude(settled_at=None).count(),
        "breadcrumbs": _crumbs(minutes),
    }
    return (invalid if form.is_bound else page)(request, "secretariat/approval.html", context)


def _warn(request: HttpRequest, meeting: Meeting) -> None:
    """Tell of the decisions that could not take effect."""
    text = _(
        "Decision %(number)s could not take effect: what it is about was changed or ended "
        "meanwhile, or goes beyond what the committee may accept."
    )
    for decision in hindered_of(meeting):
        messages.warning(request, text % {"number": decision.number})


def _minutes(request: HttpRequest, pk: int) -> Minutes:
    """Return the minutes: to whoever may see the meeting, and to whoever was called to it."""
    person = person_of(request)
    called = Attendance.objects.filter(meeting=OuterRef("meeting"), person=person)
    visible = Q(meeting__in=Meeting.objects.visible_to(person)) | Exists(called)
    rows = Minutes.objects.filter(visible).select_related("meeting__committee")
    return get_object_or_404(rows, meeting=pk)


def _decided(meeting: Meeting) -> list[tuple[AgendaItem, str]]:
    """Return the items something was decided on, with the outcome in words."""
    items = meeting.items.standing().select_related("meeting", "clause", "proceedings")
    return [
        (item, outcome_label(item, item.recorded.outcome))
        for item in items
        if item.recorded and item.recorded.outcome
    ]


def _crumbs(minutes: Minutes) -> list[Crumb]:
    meeting = minutes.meeting
    return [
        Crumb(_("Meetings"), reverse("meetings")),
        Crumb(str(meeting), meeting.get_absolute_url()),
        Crumb(_("Minutes"), minutes.get_absolute_url()),
        Crumb(_("Sending out")),
    ]
