"""After the call: late items, late attachments, withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.call import add_late_item, attach_late, withdraw_item
from kommissorium.meetings.forms.call import LateFileForm, LateItemForm, WithdrawalForm
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.views import meeting_crumbs, take_files


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
        "submit_label": _("Add the late item"),
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
        raise Refused(_("The item has been withdrawn already."))
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdraw_item(found, by=person_of(request), because=form.cleaned_data["because"])
        messages.success(request, _("The item is withdrawn."))
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
