"""A meeting with its whole agenda, and its pack and attachments."""

from __future__ import annotations

import re
from datetime import date
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person, Reading
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Clause
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import download, download_from, page
from kommissorium.meetings.actions.agenda import detach, order_items
from kommissorium.meetings.actions.calendar import missing_clauses, restore_item
from kommissorium.meetings.answer_page import (
    answers_in_words,
    expected_at,
    leader_in_words,
    presence_in_words,
)
from kommissorium.meetings.kept_packs import BeingMade, kept_pack
from kommissorium.meetings.meeting_page import (
    MeetingReader,
    buttons_of,
    items_of,
    lines_of,
    planned_again,
    steps_of,
)
from kommissorium.meetings.models import AgendaItem, Attachment, Attendance, Meeting
from kommissorium.meetings.pack_builder import EDITIONS, file_name, in_template, write_pack
from kommissorium.meetings.reading_page import who_has_read
from kommissorium.meetings.views.earlier import earlier_page


@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: how far it has come, the next step, the agenda and who is called."""
    person = person_of(request)
    found = _meeting(request, pk)
    if found.registered_at:
        return earlier_page(request, found)
    keeps = found.committee.can_be_prepared_by(person)
    items = items_of(found)
    some_closed = any(item.is_closed for item in items)
    shows_closed = keeps or (some_closed and found.committee.shows_closed_to(person))
    if some_closed and shows_closed:
        note_reading(found, by=person, what=Reading.What.CLOSED)
    may_prepare = keeps and found.is_in_preparation
    context = {
        "meeting": found,
        "steps": steps_of(found),
        "call": getattr(found, "call", None),
        "may_prepare": may_prepare,
        "may_cancel": keeps and found.is_cancellable,
        "may_withdraw_call": found.can_have_its_call_withdrawn_by(person),
        "again": planned_again(found),
        "missing": missing_clauses(found, items) if may_prepare else [],
        "breadcrumbs": [Crumb(_("Meetings"), reverse("meetings")), Crumb(str(found))],
        **_people(found, person, keeps=keeps),
    }
    if keeps and found.is_to_come:
        context["readers"] = who_has_read(items, context["members"])
    own = context["own"]
    was_there = own is not None and own.is_present and own.capacity != Attendance.Capacity.GUEST
    is_told = found.shows_minutes_to(keeps=keeps, was_there=was_there)
    lines = lines_of(items, person, shows_closed=shows_closed, is_told=is_told)
    context |= {"lines": lines, "results": [one for one in lines if one.is_result]}
    return page(request, "meetings/meeting.html", context | {"is_told": is_told})


def _people(found: Meeting, person: Person, *, keeps: bool) -> dict[str, Any]:
    """Return who is seen beside the agenda, and the doors that are open to the reader."""
    rows = list(found.attendances.select_related("person", "seat")) if found.number else []
    own = next((row for row in rows if row.person_id == person.pk), None)
    in_review = found.state == Meeting.State.IN_REVIEW
    leads = found.committee.leading_capacity_of(person) if in_review else ""
    on = timezone.localdate(found.starts_at)
    seats = [] if found.number else list(found.committee.seats.on(on).with_holders(on))
    doors = buttons_of(found, MeetingReader(keeps=keeps, leads=leads, own=own))
    return {
        "primary": doors[0] if doors else None,
        "doors": doors[1:],
        "own": own,
        "seats": seats,
        "members": [one.person for one in rows if one.has_place]
        or [seat.holder for seat in seats if seat.holder],
        "expected": expected_at(rows),
        "answers": presence_in_words(rows) if found.took_place else answers_in_words(rows),
        "leader": leader_in_words(found, rows),
    }


def _day_asked(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that was done to a meeting and its agenda; until a day where one is given."""
    found = _meeting(request, pk)
    until, told = _day_asked(request), Event.objects.about(found)
    events = paged(told.filter(at__date__lte=until) if until else told, request)
    context = {
        "meeting": found,
        "until": until,
        "events": events,
        "entries": entries(list(events), _titles(request, found)),
        "breadcrumbs": [
            Crumb(_("Meetings"), reverse("meetings")),
            Crumb(str(found), found.get_absolute_url()),
            Crumb(_("History")),
        ],
    }
    return page(request, "meetings/history.html", context)


@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the items in the order that was dragged."""
    found = _meeting(request, pk)
    keys = request.POST.getlist("order")
    if not all(re.fullmatch(r"\d{1,18}", key) for key in keys):
        raise Refused(_("The agenda has changed meanwhile. Load the page again."))
    order_items(found, [int(key) for key in keys], by=person_of(request))
    if request.headers.get("HX-Request") or request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(found)


@require_POST
def restore(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """Put back an item that the mandate demands."""
    found = _meeting(request, pk)
    if not found.can_be_prepared_by(person_of(request)):
        raise PermissionDenied
    restore_item(found, get_object_or_404(Clause, pk=clause), by=person_of(request))
    messages.success(request, _("The item is on the agenda again."))
    return redirect(found)


def _titles(request: HttpRequest, found: Meeting) -> dict[int, str]:
    """Return the titles of the items that the reader may see."""
    visible = AgendaItem.objects.visible_to(person_of(request)).filter(meeting=found)
    return dict(visible.values_list("pk", "title"))


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    visible = Meeting.objects.visible_to(person_of(request))
    return get_object_or_404(visible.select_related("committee", "call__by", "led_by"), pk=pk)


ASK_AGAIN_SECONDS: Final = 3


@require_GET
def pack(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Hand out a meeting's pack, with closed items for those the committee names.

    While it is made for somebody else, or others come first, a page says so and asks again.
    """
    if form not in EDITIONS:
        raise Http404
    person = person_of(request)
    visible = Meeting.objects.visible_to(person).filter(registered_at=None)
    meeting = get_object_or_404(visible.select_related("committee"), pk=pk)
    with_closed = meeting.committee.shows_closed_to(person)
    name, media_type = file_name(meeting, form), EDITIONS[form].media_type
    if form == "json":
        return download(write_pack(meeting, form, with_closed=with_closed), name, media_type)
    try:
        kept = kept_pack(meeting, form, with_closed=with_closed)
    except BeingMade as waits:
        return _waiting(request, meeting, waits)
    try:
        if form == "docx":
            return download(in_template(meeting, kept.read_bytes()), name, media_type)
        return download_from(kept, name, media_type)
    except FileNotFoundError:  # another version took its place since
        return _waiting(request, meeting, BeingMade(queued=False))


@require_GET
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out an attached file."""
    found = _attachment(request, pk)
    return download_from(found.file.checked(), found.name, found.file.media_type)


@require_http_methods(["GET", "POST"])
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off an item."""
    found = _attachment(request, pk)
    item = found.item
    if not item.can_be_edited_by(person_of(request)):
        raise PermissionDenied
    if request.method == "POST":
        detach(found, by=person_of(request))
        messages.success(request, _("It is removed."))
        return redirect(item)
    context = {
        "title": _("Remove the attachment"),
        "text": _("“%(name)s” is taken off the item.") % {"name": found.name},
        "submit_label": _("Remove the attachment"),
        "cancel_url": item.get_absolute_url(),
        "danger": True,
        "breadcrumbs": [
            Crumb(item.title, item.get_absolute_url()),
            Crumb(_("Remove the attachment")),
        ],
    }
    return page(request, "ui/confirm.html", context)


def _waiting(request: HttpRequest, meeting: Meeting, waits: BeingMade) -> HttpResponse:
    context = {
        "meeting": meeting,
        "queued": waits.queued,
        "seconds": ASK_AGAIN_SECONDS,
        "breadcrumbs": [
            Crumb(str(meeting), meeting.get_absolute_url()),
            Crumb(_("The agenda is being put together")),
        ],
    }
    answer = page(request, "meetings/pack_waiting.html", context, HTTPStatus.ACCEPTED)
    answer.headers["Retry-After"] = str(ASK_AGAIN_SECONDS)
    return answer


def _attachment(request: HttpRequest, pk: int) -> Attachment:
    visible = Attachment.objects.visible_to(person_of(request))
    return get_object_or_404(visible.select_related("file", "item__meeting__committee"), pk=pk)
