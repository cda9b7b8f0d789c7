"""Downloads of the minutes, and of what goes to the records system."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.json_schemas import described
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, download, download_written, invalid, page
from kommissorium.meetings.actions.filing import set_case
from kommissorium.meetings.entitled_people import read_meeting
from kommissorium.meetings.filing import FiledMeetings, receipts_of
from kommissorium.meetings.forms.conduct import CaseForm
from kommissorium.meetings.handover import write_zip
from kommissorium.meetings.minutes_editions import (
    EDITIONS,
    PDF,
    SCHEMA,
    file_name,
    handover_of,
    write_extract,
    write_minutes,
)
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.pack_builder import WORD

EXTRACTS = {"pdf": PDF, "docx": WORD}


@require_GET
def minutes_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Hand out the minutes, with closed items for those the committee names."""
    if form not in EDITIONS:
        raise Http404
    meeting, reader = read_meeting(request, pk)
    edition = EDITIONS[form]
    data = write_minutes(meeting, form, with_closed=reader.sees_closed)
    name = file_name(meeting, edition.ending, is_open=edition.is_open)
    response = download(data, name, edition.media_type)
    return described(response, SCHEMA) if edition.ending == "json" else response


@require_GET
def minutes_addendum(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the addendum with which the minutes were confirmed."""
    meeting, reader = read_meeting(request, pk)
    confirmation = getattr(getattr(meeting, "minutes", None), "confirmation", None)
    if confirmation is None or not confirmation.record.pdf:
        raise Http404
    # It may speak of closed items.
    if not reader.sees_closed and meeting.items.filter(is_closed=True).exists():
        raise Http404
    name = file_name(meeting, "pdf", what=_("addendum"))
    return download(bytes(confirmation.record.pdf), name, PDF)


@require_GET
def item_extract(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Hand out the minutes of one item, for its own case."""
    if form not in EXTRACTS:
        raise Http404
    person = person_of(request)
    visible = AgendaItem.objects.visible_to(person).select_related(
        "meeting__committee",
        "meeting__minutes__approval__record",
        "meeting__minutes__approval__open_record",
    )
    item = get_object_or_404(visible, pk=pk)
    if not item.meeting.minutes_are_readable_by(person):
        raise Http404
    name = file_name(item.meeting, form, what=f"{_('extract')}-{item.number}")
    return download(write_extract(item, form), name, EXTRACTS[form])


@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what the meeting is filed under, and hand it over."""
    meeting = _handed_over(request, pk)
    initial = {
        "case_number": meeting.case_number,
        "kle_number": meeting.kle_number,
        "edit_version": meeting.edit_version,
    }
    form = CaseForm(_posted(request), initial=initial)
    crumbs = [
        Crumb(_("Meetings"), reverse("meetings")),
        Crumb(str(meeting), meeting.get_absolute_url()),
        Crumb(_("Handover")),
    ]
    if form.is_valid():
        try:
            set_case(meeting, by=person_of(request), **form.cleaned_data)
            messages.success(request, _("It is saved."))
            return redirect("meeting_handover", meeting.pk)
        except Refused as refused:
            add_refusal(form, refused)
        except Conflict as theirs:
            back = meeting.get_absolute_url()
            return conflict(request, form, theirs, cancel_url=back, breadcrumbs=crumbs)
    context = {
        "form": form,
        "meeting": meeting,
        "receipt": receipts_of(FiledMeetings(), [meeting]).get(str(meeting.pk)),
        "has_closed": meeting.items.filter(is_closed=True).exists(),
        "breadcrumbs": crumbs,
    }
    return (invalid if form.is_bound else page)(request, "meetings/handover.html", context)


@require_GET
def handover_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out everything of a meeting whose minutes are approved, as a zip."""
    meeting = _handed_over(request, pk)
    if not meeting.is_closed_for_changes:
        raise Http404
    name = file_name(meeting, "zip", what=_("handover"))
    return download_written(partial(write_zip, handover_of(meeting)), name, "application/zip")


def _handed_over(request: HttpRequest, pk: int) -> Meeting:
    """Return the meeting: 404 for whoever may not see it, 403 for whoever may not hand it over."""
    visible = Meeting.objects.visible_to(person_of(request)).select_related("committee")
    meeting = get_object_or_404(visible, pk=pk)
    if not meeting.committee.can_be_prepared_by(person_of(request)):
        raise PermissionDenied
    if not meeting.can_be_handed_over_by(person_of(request)):
        raise Http404
    return meeting


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
