"""After the call: late items and files, withdrawals, guests, and people whose seats changed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal, let_add, with_added
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.answers import refuse_unanswerable
from kommissorium.meetings.actions.call import add_late_item, attach_late, withdraw_item
from kommissorium.meetings.actions.call_list import (
    add_guest,
    invite_again,
    invite_newcomer,
    remove_person,
)
from kommissorium.meetings.actions.call_withdrawal import withdraw_call
from kommissorium.meetings.forms.call import (
    CallWithdrawalForm,
    GuestForm,
    LateFileForm,
    LateItemForm,
    WithdrawalForm,
)
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting
from kommissorium.meetings.views import meeting_crumbs, take_files
from kommissorium.meetings.views.answers import attendance_of, crumbs, prepared_meeting


@require_http_methods(["GET", "POST"])
def late_item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an item after the call, marked late with its reason."""
    visible = Meeting.objects.visible_to(person_of(request)).select_related("committee")
    meeting = get_object_or_404(visible, pk=pk)
    _require_called(meeting, person_of(request))
    posted = request.method == "POST"
    form = LateItemForm(request.POST, request.FILES) if posted else LateItemForm()
    if "skeleton" in request.POST:
        form = form.with_skeleton()
    if posted and form.is_valid() and take_files(form):
        made = _add(request, meeting, form)
        if made is not None:
            text = _("The late item is on the agenda as number %(number)s.")
            messages.success(request, text % {"number": made.label})
            return redirect(meeting)
    context = {
        "form": form,
        "title": _("Add a late item"),
        "lead": str(meeting),
        "submit_label": _("Add"),
        "cancel_url": meeting.get_absolute_url(),
        "breadcrumbs": [*meeting_crumbs(meeting), Crumb(_("Add a late item"))],
    }
    return (invalid if form.is_bound else page)(request, "meetings/item_form.html", context)


@require_http_methods(["GET", "POST"])
def late_file_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach files after the call, marked late with their reason."""
    found = _item(request, pk)
    posted = request.method == "POST"
    form = LateFileForm(request.POST, request.FILES) if posted else LateFileForm()
    if posted and form.is_valid() and take_files(form) and _attach(request, found, form):
        messages.success(request, _("The files are attached and marked late."))
        return redirect(found)
    context = {
        "form": form,
        "title": _("Attach late files"),
        "lead": found.title,
        "submit_label": _("Attach the files"),
        "cancel_url": found.get_absolute_url(),
        "multipart": True,
        "breadcrumbs": _crumbs(found, _("Attach late files")),
    }
    return (invalid if form.is_bound else page)(request, "ui/form_page.html", context)


@require_http_methods(["GET", "POST"])
def item_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item off a called agenda; it stays to be read."""
    found = _item(request, pk)
    if found.is_withdrawn:
        raise Refused(_("It has been done already."))
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdraw_item(found, by=person_of(request), because=form.cleaned_data["because"])
        messages.success(request, _("It is withdrawn."))
        return redirect(found)
    text = _(
        "“%(title)s” stays on the agenda with its number, struck through and with the reason."
        " It cannot be put back."
    )
    context = {
        "form": form,
        "title": _("Withdraw the item"),
        "text": text % {"title": found.title},
        "submit_label": _("Withdraw the item"),
        "cancel_url": found.get_absolute_url(),
        "danger": True,
        "breadcrumbs": _crumbs(found, _("Withdraw the item")),
    }
    return (invalid if form.is_bound else page)(request, "ui/confirm.html", context)


@require_http_methods(["GET", "POST"])
def call_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the call of a meeting, which is planned again."""
    meeting = prepared_meeting(request, pk)
    if not meeting.can_have_its_call_withdrawn_by(person_of(request)):
        raise Refused(_("There is no call to withdraw: the meeting is not called, or has begun."))
    form = CallWithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        again = withdraw_call(meeting, by=person_of(request), because=form.cleaned_data["because"])
        messages.success(request, _("The call is withdrawn. The meeting is planned again here."))
        return redirect(again)
    text = _(
        "All who were called are told why. The agenda as it was sent stays to be read under its"
        " number, as cancelled. The meeting is planned again for the same time with the same items,"
        " files and advice; correct it, and call it anew. Questions asked on the items go along,"
        " answers to the call do not."
    )
    context = {
        "form": form,
        "title": _("Withdraw the call"),
        "text": text,
        "submit_label": _("Withdraw the call"),
        "sends_mail": True,
        "cancel_url": meeting.get_absolute_url(),
        "danger": True,
        "breadcrumbs": [*meeting_crumbs(meeting), Crumb(_("Withdraw the call"))],
    }
    return (invalid if form.is_bound else page)(request, "ui/confirm.html", context)


def _add(request: HttpRequest, meeting: Meeting, form: LateItemForm) -> AgendaItem | None:
    person, reason = person_of(request), form.cleaned_data["late_because"]
    try:
        with transaction.atomic():
            made = add_late_item(meeting, by=person, **form.values())
            for file in form.cleaned_data["attachments"]:
                data = file.read()
                attach_late(made, by=person, name=file.name, data=data, late_because=reason)
            return made
    except Refused as refused:
        add_refusal(form, refused)
        return None


def _attach(request: HttpRequest, found: AgendaItem, form: LateFileForm) -> bool:
    person, reason = person_of(request), form.cleaned_data["late_because"]
    try:
        with transaction.atomic():
            for file in form.cleaned_data["attachments"]:
                data = file.read()
                attach_late(found, by=person, name=file.name, data=data, late_because=reason)
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True


def _item(request: HttpRequest, pk: int) -> AgendaItem:
    visible = AgendaItem.objects.visible_to(person_of(request))
    found = get_object_or_404(visible.select_related("meeting__committee"), pk=pk)
    _require_called(found.meeting, person_of(request))
    return found


def _require_called(meeting: Meeting, person: Person) -> None:
    """Raise PermissionDenied if one does not keep the meeting, Refused when it is not called."""
    if not meeting.committee.can_be_prepared_by(person):
        raise PermissionDenied
    if meeting.state == Meeting.State.PLANNED:
        raise Refused(_("The meeting has not been called yet. Change the agenda itself."))
    if not meeting.can_be_added_to_by(person):
        raise Refused(_("The meeting is over. Its agenda cannot be changed any more."))


def _crumbs(found: AgendaItem, last: str) -> list[Crumb]:
    here = Crumb(found.title, found.get_absolute_url())
    return [*meeting_crumbs(found.meeting), here, Crumb(last)]


@require_http_methods(["GET", "HEAD", "POST"])
def guest_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody without a seat."""
    meeting = prepared_meeting(request, pk)
    refuse_unanswerable(meeting)
    form = GuestForm(request.POST if request.method == "POST" else None, meeting=meeting)
    let_add(form, person_of(request))
    if form.is_valid():
        try:
            guest = with_added(lambda: _add_guest(meeting, form, person_of(request)), form)
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


def _add_guest(meeting: Meeting, form: GuestForm, by: Person) -> Attendance:
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
