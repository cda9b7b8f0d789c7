"""Add guests, and add and remove people whose seats have changed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.adding import let_add, with_added
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.answers import refuse_unanswerable
from kommissorium.meetings.actions.guests import (
    add_guest,
    invite_again,
    invite_newcomer,
    remove_person,
)
from kommissorium.meetings.forms.answers import GuestForm
from kommissorium.meetings.models import Attendance, Meeting
from kommissorium.meetings.views.answers import attendance_of, crumbs, prepared_meeting


@require_http_methods(["GET", "HEAD", "POST"])
def guest_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody without a seat."""
    meeting = prepared_meeting(request, pk)
    refuse_unanswerable(meeting)
    form = GuestForm(request.POST if request.method == "POST" else None, meeting=meeting)
    let_add(form, person_of(request))
    if form.is_valid():
        try:
            guest = with_added(lambda: _add(meeting, form, person_of(request)), form)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            _say_invited(request, guest.person)
            return redirect("meeting_answers", meeting.pk)
    context = {
        "form": form,
        "title": _("Invite a guest"),
        "sends_mail": True,
        "lead": str(meeting),
        "submit_label": _("Invite the guest"),
        "cancel_url": reverse("meeting_answers", args=[meeting.pk]),
        "breadcrumbs": crumbs(meeting, _("Invite a guest")),
    }
    return (invalid if form.is_bound else page)(request, "ui/form_page.html", context)


def _add(meeting: Meeting, form: GuestForm, by: Person) -> Attendance:
    return add_guest(meeting, form.cleaned_data["person"], by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def guest_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a guest, or one who has lost their seat, off the list."""
    found = attendance_of(request, pk)
    meeting, person = found.meeting, found.person
    if not meeting.committee.can_be_prepared_by(person_of(request)):
        raise PermissionDenied
    if request.method == "POST":
        remove_person(found, by=person_of(request))
        messages.success(request, _("%(name)s is off the list.") % {"name": person.name})
        return redirect("meeting_answers", meeting.pk)
    title = _("Take a person off the list")
    text = _("%(name)s is told by mail, and the meeting leaves their calendar.")
    context = {
        "title": title,
        "text": text % {"name": person.name},
        "submit_label": _("Take off the list"),
        "sends_mail": True,
        "cancel_url": reverse("meeting_answers", args=[meeting.pk]),
        "danger": True,
        "breadcrumbs": crumbs(meeting, title),
    }
    return page(request, "ui/confirm.html", context)


@require_POST
def newcomer_invitation(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Invite one who has taken a seat since the meeting was called."""
    meeting = prepared_meeting(request, pk)
    newcomer = get_object_or_404(Person, pk=person)
    invite_newcomer(meeting, newcomer, by=person_of(request))
    _say_invited(request, newcomer)
    return redirect("meeting_answers", meeting.pk)


@require_POST
def invitation_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation anew to one whom the mail did not reach."""
    found = attendance_of(request, pk)
    if not found.meeting.committee.can_be_prepared_by(person_of(request)):
        raise PermissionDenied
    invite_again(found, by=person_of(request))
    _say_invited(request, found.person)
    return redirect("meeting_answers", found.meeting_id)


def _say_invited(request: HttpRequest, person: Person) -> None:
    if person.email:
        text = _("%(name)s is invited; the mail leaves within a minute.")
        messages.success(request, text % {"name": person.name})
    else:
        text = _("%(name)s is on the list and has no e-mail address. Tell them yourself.")
        messages.warning(request, text % {"name": person.name})
