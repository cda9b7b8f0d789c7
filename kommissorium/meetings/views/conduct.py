"""Hold a meeting: attendance, opening it, the projector, and helpers of its pages."""

from __future__ import annotations

import hashlib
import json
import re
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import clock, day
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.meetings.actions.attendance import (
    awaited_among,
    note_all_present,
    note_apology,
    note_presence,
)
from kommissorium.meetings.actions.open_and_close import leader_among, open_meeting
from kommissorium.meetings.conduct_page import agenda_of, people_at, progress_of, recorded_of
from kommissorium.meetings.decision_words import outcome_label
from kommissorium.meetings.entitled_people import has_quorum, quorum_of
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting
from kommissorium.meetings.views import note_item

APOLOGY = "apology"
EARLY = "early"  # in the address of the page that asks


@require_GET
def conduct(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is there, and the way into the agenda."""
    found = recorded_meeting(request, pk)
    if found is None:
        return to_meeting(request, pk)
    return page(request, "meetings/conduct/start.html", _start(found))


@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the meeting has begun, and go to the first item; ask first before its day.

    The page that asks stands under an address of its own: what is sent from there is meant.
    """
    person = person_of(request)
    visible = Meeting.objects.visible_to(person).select_related("committee")
    found = get_object_or_404(visible, pk=pk)
    if not found.is_held_by(person):
        raise PermissionDenied
    is_early = timezone.localdate(found.starts_at) > timezone.localdate() and not found.opened_at
    if is_early and EARLY not in request.GET:
        return redirect(f"{reverse('meeting_opening', args=[found.pk])}?{EARLY}")
    if request.method == "GET":
        return _ask_to_open(request, found) if is_early else redirect("conduct", found.pk)
    open_meeting(found, by=person)
    first = found.items.standing().first()
    if first is None:
        return redirect("conduct", found.pk)
    return redirect("conduct_item", found.pk, first.number)


@require_POST
def all_present(request: HttpRequest, pk: int) -> HttpResponse:
    """Note as present all who are expected and have not sent apologies."""
    person = person_of(request)
    visible = Meeting.objects.visible_to(person).select_related("committee")
    found = get_object_or_404(visible, pk=pk)
    note_all_present(found, by=person)
    if is_htmx(request):
        return _people(request, found)
    return redirect(f"{reverse('conduct', args=[found.pk])}#attendance")


@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody is present, absent or has sent apologies."""
    person = person_of(request)
    visible = Attendance.objects.visible_to(person)
    found = get_object_or_404(visible.select_related("meeting__committee", "person"), pk=pk)
    wish = request.POST.get("presence", "")
    try:
        if wish == APOLOGY:
            note_apology(found, by=person)
        else:
            note_presence(found, by=person, presence=wish)
    except Refused as refused:
        sentence = " ".join(refused.errors.values())
        return _people(request, found.meeting, sentence, HTTPStatus.BAD_REQUEST)
    if is_htmx(request):
        return _people(request, found.meeting)
    return redirect(f"{reverse('conduct', args=[found.meeting_id])}#person-{found.pk}")


def recorded_meeting(request: HttpRequest, pk: int) -> Meeting | None:
    """Return the meeting for whoever records it; None if they may only read of it, or not yet."""
    mine = Committee.objects.prepared_by(person_of(request))
    held = Meeting.objects.filter(state__in=Meeting.RECORDED, committee__in=mine)
    return held.select_related("committee").filter(pk=pk).first()


def to_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect whoever cannot record it to the meeting's own page; 404 if they may not see it."""
    person = person_of(request)
    visible = Meeting.objects.visible_to(person).select_related("committee")
    found = get_object_or_404(visible, pk=pk)
    if found.committee.can_be_prepared_by(person):
        text = (
            _("Call the meeting before you hold it.")
            if found.state == Meeting.State.PLANNED
            else _("The meeting is closed. What was recorded cannot be changed any more.")
        )
        messages.info(request, text)
    return redirect(found)


def recorded_item(request: HttpRequest, pk: int) -> AgendaItem:
    """Return the item: 404 for whoever may not read it, 403 for whoever may not write it down."""
    person = person_of(request)
    visible = AgendaItem.objects.visible_to(person)
    rows = visible.select_related("meeting__committee", "clause", "proceedings")
    found = get_object_or_404(rows, pk=pk)
    if not found.meeting.can_be_recorded_by(person):
        raise PermissionDenied
    return found


def is_htmx(request: HttpRequest) -> bool:
    """Return whether a part of the page asks, not the browser for a whole one."""
    return "HX-Request" in request.headers


def crumbs(meeting: Meeting) -> list[Crumb]:
    return [
        Crumb(_("Meetings"), reverse("meetings")),
        Crumb(str(meeting), meeting.get_absolute_url()),
    ]


def _ask_to_open(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    text = _(
        "The meeting is on %(day)s. If it is opened now, the minutes say that it began today at "
        "%(time)s. You can write under the items without opening it. It can be closed on its day; "
        "move it if it is held earlier."
    )
    now = timezone.localtime()
    context = {
        "title": _("Open the meeting before its day?"),
        "text": text % {"day": day(meeting.starts_at), "time": clock(now)},
        "submit_label": _("Open the meeting now"),
        "cancel_url": reverse("conduct", args=[meeting.pk]),
        "breadcrumbs": [*crumbs(meeting), Crumb(_("Open the meeting"))],
    }
    return page(request, "ui/confirm.html", context)


def _people(
    request: HttpRequest, meeting: Meeting, error: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    template = "attendance" if is_htmx(request) else "start"
    context = {**_start(meeting), "error": error}
    return page(request, f"meetings/conduct/{template}.html", context, status=status)


def _start(meeting: Meeting) -> dict[str, Any]:
    people = people_at(meeting)
    items = agenda_of(meeting)
    standing = [item for item in items if not item.is_withdrawn]
    return {
        "meeting": meeting,
        "people": people,
        "leader": leader_among(people),
        "quorum": quorum_of(meeting, people),
        "has_quorum": has_quorum(meeting, people),
        "lines": [(item, progress_of(item)) for item in items],
        "first": standing[0] if standing else None,
        "present": sum(one.is_present for one in people),
        "awaited": len(awaited_among(people)),
        "breadcrumbs": [*crumbs(meeting), Crumb(_("Hold the meeting"))],
    }


WORDS = 12  # letters of the mark that tells one state of the screen from another


@require_GET
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the item named in the address, else the one that was written in last."""
    return page(request, "meetings/screen/screen.html", _context(request, pk))


@require_GET
def now(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the screen as it is now; with nothing where it has not changed."""
    context = _context(request, pk)
    if request.GET.get("seen") == context["mark"]:
        return HttpResponse(status=204)
    return page(request, "meetings/screen/now.html", context)


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    person = person_of(request)
    visible = Meeting.objects.visible_to(person).select_related("committee")
    meeting = get_object_or_404(visible, pk=pk)
    items = [item for item in agenda_of(meeting) if not item.is_withdrawn]
    wish = request.GET.get("item", "")
    named = wish if re.fullmatch(r"[0-9]{1,4}", wish) else ""
    item = _named(items, int(named)) if named else _latest(items)
    shows = item is None or not item.is_closed or meeting.committee.shows_closed_to(person)
    if named and not shows:
        raise Http404
    if item and shows:
        note_item(request, item)
    recorded = recorded_of(item) if item and shows else None
    outcome = outcome_label(item, recorded.outcome) if item and recorded else ""
    return {
        "meeting": meeting,
        "item": item,
        "number": item.number or items.index(item) + 1 if item else 0,
        "count": len(items),
        "shows": shows,
        "recorded": recorded,
        "outcome": outcome,
        "named": named,
        "mark": _mark(item, recorded, shows),
    }


def _named(items: list[AgendaItem], number: int) -> AgendaItem:
    found = next((item for item in items if item.number == number), None)
    if found is None:
        raise Http404
    return found


def _latest(items: list[AgendaItem]) -> AgendaItem | None:
    """Return the item that was written in last; the first where nothing is written yet."""
    written = [item for item in items if item.recorded and item.recorded.versions]
    first = items[0] if items else None
    return max(written, key=lambda item: item.recorded.changed_at, default=first)


def _mark(item: AgendaItem | None, recorded: Any, shows: bool) -> str:
    """Return a mark that differs whenever what stands on the screen differs."""
    texts: list[Any] = [item.pk if item else 0, shows]
    if item and recorded:
        texts += [item.title, item.recommendation, item.type]
        texts += [recorded.outcome, recorded.decision, recorded.not_discussed, recorded.nothing_new]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:WORDS]
