"""The minutes: read, send to review, comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Person, Reading
from kommissorium.accounts.signed_in import municipality_of, person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.minutes import confirmed_in_words, send_to_review
from kommissorium.meetings.actions.review import comment, mark_read, settle_comment
from kommissorium.meetings.entitled_people import (
    Reader,
    Reviewer,
    read_meeting,
    readers_of,
    reviewers,
)
from kommissorium.meetings.forms.conduct import ReviewForm
from kommissorium.meetings.minutes_builder import recorded_of
from kommissorium.meetings.minutes_editions import shown_protocol
from kommissorium.meetings.minutes_page import lay_out
from kommissorium.meetings.models import AgendaItem, Comment, Meeting, Minutes


@require_GET
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the minutes, item by item, with how far they have come."""
    meeting, reader = read_meeting(request, pk)
    found = getattr(meeting, "minutes", None)
    recorded = None if meeting.is_closed_for_changes else recorded_of(meeting)
    protocol = shown_protocol(
        meeting,
        with_closed=reader.sees_closed,
        recorded=recorded,
        municipality=municipality_of(request).name,
    )
    items = recorded.items if recorded else _items(meeting)
    has_closed = any(item.is_closed for item in items)
    if has_closed and reader.sees_closed:
        note_reading(meeting, by=reader.person, what=Reading.What.CLOSED)
    comments = _comments(found, reader, has_closed=has_closed) if found else []
    seen = [item for item in items if reader.sees_closed or not item.is_closed]
    asked = []
    if recorded and found:
        asked = readers_of(recorded.attendances, comments)
    seals = _seals(found, shows_addendum=reader.sees_closed or not has_closed)
    context = {
        "meeting": meeting,
        "minutes": found,
        "protocol": protocol,
        "shown": lay_out(
            replace(protocol, changes_html="", is_without_changes=False), seen, comments
        ),
        "reader": reader,
        "has_closed": has_closed,
        "is_whole": "whole" in request.GET,
        "reviewers": asked,
        "breadcrumbs": [*crumbs_to(meeting)[:-1], Crumb(_("Minutes"))],
        **_rights(meeting, reader, asked),
        **seals,
    }
    return page(request, "meetings/minutes.html", context)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the minutes to those who were present."""
    meeting, reader = read_meeting(request, pk)
    if not reader.keeps:
        raise PermissionDenied
    if meeting.state != Meeting.State.HELD:
        raise Refused(_("Only the minutes of a meeting that has been held can be sent to review."))
    usual = timezone.localdate() + timedelta(days=meeting.committee.review_days)
    posted = request.POST if request.method == "POST" else None
    form = ReviewForm(posted, initial={"review_until": usual})
    if form.is_valid():
        try:
            send_to_review(meeting, by=reader.person, **form.cleaned_data)
            messages.success(request, _("The minutes are sent to review."))
            return redirect("minutes", meeting.pk)
        except Refused as refused:
            add_refusal(form, refused)
    context = {
        "form": form,
        "meeting": meeting,
        "reviewers": reviewers(meeting, timezone.localdate()),
        "breadcrumbs": [*crumbs_to(meeting), Crumb(_("Send to review"))],
    }
    return (invalid if form.is_bound else page)(request, "meetings/minutes_review.html", context)


@require_POST
def comment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on an item, or on the whole of the minutes."""
    found = _in_review(request, pk)
    key = request.POST.get("item", "")
    visible = AgendaItem.objects.visible_to(person_of(request)).filter(meeting=pk)
    item = get_object_or_404(visible, pk=int(key)) if key.isdecimal() else None
    made = comment(found, by=person_of(request), item=item, text=request.POST.get("text", ""))
    messages.success(request, _("Your comment stands beside the minutes."))
    return redirect(f"{found.get_absolute_url()}#comment-{made.pk}")


@require_POST
def comment_settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a comment and be done with it."""
    person = person_of(request)
    visible = Comment.objects.visible_to(person).select_related("minutes__meeting__committee")
    found = get_object_or_404(visible, pk=pk)
    if not found.minutes.concerns(person):
        raise Http404
    if not found.minutes.meeting.committee.can_be_prepared_by(person):
        raise PermissionDenied
    settle_comment(found, by=person, answer=request.POST.get("answer", ""))
    messages.success(request, _("The comment is settled."))
    return redirect(f"{found.minutes.get_absolute_url()}#comment-{found.pk}")


@require_POST
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody present has read the minutes."""
    found = _in_review(request, pk)
    mark_read(found, by=person_of(request))
    messages.success(request, _("It is noted that you have read the minutes."))
    return redirect(found)


def crumbs_to(meeting: Meeting) -> list[Crumb]:
    """Return the path to the minutes of a meeting."""
    return [
        Crumb(_("Meetings"), reverse("meetings")),
        Crumb(str(meeting), meeting.get_absolute_url()),
        Crumb(_("Minutes"), reverse("minutes", args=[meeting.pk])),
    ]


def _in_review(request: HttpRequest, pk: int) -> Minutes:
    """Return minutes that were sent to review; 404 for whoever may not read them."""
    meeting, _reader = read_meeting(request, pk)
    if meeting.state == Meeting.State.HELD:
        raise Http404
    return meeting.minutes


def _items(meeting: Meeting) -> list[AgendaItem]:
    """Return the agenda of approved minutes, with no more than its numbers."""
    items = list(meeting.items.only("number", "is_closed", "meeting"))
    for item in items:
        item.meeting = meeting
    return items


def _comments(found: Minutes, reader: Reader, *, has_closed: bool) -> list[Comment]:
    """Return what was said in the review, to those it concerns, as Comment.visible_to has it."""
    if not reader.is_concerned:
        return []
    said = found.comments.select_related("person", "settled_by", "item")
    if reader.sees_closed:
        return list(said)
    return [one for one in said if (not one.item.is_closed if one.item else not has_closed)]


def _rights(meeting: Meeting, reader: Reader, asked: Sequence[Reviewer]) -> dict[str, Any]:
    """Return what the reader may do now."""
    state, keeps = meeting.state, reader.keeps
    in_review = state == Meeting.State.IN_REVIEW
    unread = [one.person.pk for one in asked if not one.has_read]
    today = timezone.localdate()
    return {
        "may_send": keeps and state == Meeting.State.HELD,
        "may_correct": keeps and state in Meeting.RECORDED,
        "may_comment": in_review and reader.is_concerned,
        "may_settle": in_review and keeps,
        "may_mark_read": in_review and reader.person.pk in unread,
        "may_approve": in_review and bool(meeting.minutes.capacity_to_approve(reader.person)),
        "is_overdue": in_review and meeting.minutes.is_overdue(today),
        "may_see_evidence": Person.can_see_evidence(reader.person),
    }


def _seals(found: Minutes | None, *, shows_addendum: bool) -> dict[str, Any]:
    """Return approval and confirmation; the addendum for whoever may read it."""
    confirmation = getattr(found, "confirmation", None)
    confirmed = (
        confirmed_in_words(confirmation.item.meeting, confirmation.changes) if confirmation else ""
    )
    return {
        "approval": getattr(found, "approval", None),
        "confirmation": confirmation,
        "confirmed": confirmed,
        "shows_addendum": shows_addendum,
    }
