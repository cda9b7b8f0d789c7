"""Compose an agenda: the drafts of its items, what they say now, and how a member sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.meetings.actions.drafts import keep_own_text, use_draft
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.secretariat.actions.composing import compose_agenda
from kommissorium.secretariat.forms import DraftForm

FOLLOWER = "follower"


@require_http_methods(["GET", "POST"])
def meeting_composing(request: HttpRequest, pk: int) -> HttpResponse:
    """Compose the agenda when posted; show what its items say, and what is new beside that."""
    meeting = _planned(request, pk)
    if request.method == "POST":
        written = compose_agenda(meeting, by=person_of(request))
        beside = sum(_has_news(item) for item in _items(meeting))
        messages.success(request, _composed(len(written), beside))
        return redirect("meeting_composing", pk)
    items = _items(meeting)
    drafts = [item.draft for item in items if hasattr(item, "draft")]
    context = {
        "meeting": meeting,
        "items": items,
        "made_at": max((draft.made_at for draft in drafts), default=None),
        "breadcrumbs": [*_crumbs(meeting), Crumb(_("Draft of the agenda"))],
    }
    return page(request, "secretariat/composing.html", context)


@require_POST
def item_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the new draft in the place of an item's texts, or keep these."""
    person = person_of(request)
    visible = AgendaItem.objects.visible_to(person).select_related("meeting__committee", "clause")
    item = get_object_or_404(visible.filter(draft__isnull=False), pk=pk)
    if not item.meeting.committee.can_be_prepared_by(person):
        raise PermissionDenied
    _refuse_past(item.meeting)
    form = DraftForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose whether the item gets the new draft or keeps its text."))
    seen = form.cleaned_data
    if seen["choice"] == "use":
        versions = {name: seen[name] for name in ("edit_version", "draft_version")}
        use_draft(item, by=person, **versions)
    else:
        keep_own_text(item, by=person, draft_version=seen["draft_version"])
    url = reverse("meeting_composing", args=[item.meeting_id])
    return redirect(f"{url}#item-{item.pk}")


@require_GET
def meeting_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the agenda as a member reads it, or as somebody who follows it without a seat."""
    meeting = _planned(request, pk)
    as_follower = request.GET.get("as") == FOLLOWER
    context = {
        "meeting": meeting,
        "items": _items(meeting, "attachments"),
        "as_follower": as_follower,
        "breadcrumbs": [
            *_crumbs(meeting),
            Crumb(_("Draft of the agenda"), reverse("meeting_composing", args=[pk])),
            Crumb(_("The agenda as a member sees it")),
        ],
    }
    return page(request, "secretariat/preview.html", context)


def _planned(request: HttpRequest, pk: int) -> Meeting:
    """Return a meeting whose agenda the person can compose.

    Raises PermissionDenied for whoever does not prepare it, Refused when it is past that.
    """
    person = person_of(request)
    visible = Meeting.objects.visible_to(person).filter(registered_at=None)
    meeting = get_object_or_404(visible.select_related("committee"), pk=pk)
    if not meeting.committee.can_be_prepared_by(person):
        raise PermissionDenied
    _refuse_past(meeting)
    return meeting


def _refuse_past(meeting: Meeting) -> None:
    if meeting.is_in_preparation:
        return
    if meeting.state == Meeting.State.CANCELLED:
        raise Refused(_("The meeting is cancelled. Nothing is drafted for it any more."))
    if meeting.took_place:
        raise Refused(_("The meeting has been held. Its agenda stands as it was called."))
    if meeting.state == Meeting.State.CALLED:
        raise Refused(
            _("The meeting has been called. Its agenda stands as it is; late items can be added.")
        )
    raise Refused(_("The day of the meeting is over. Move the meeting first."))


def _items(meeting: Meeting, *along: str) -> Sequence[Any]:
    items = list(meeting.items.select_related("clause", "draft").prefetch_related(*along))
    for item in items:
        item.meeting = meeting
    return items


def _has_news(item: AgendaItem) -> bool:
    return hasattr(item, "draft") and item.draft.has_news


def _composed(written: int, beside: int) -> str:
    text = ngettext("%(number)d item got a new text.", "%(number)d items got new texts.", written)
    said = text % {"number": written} if written else _("The texts are up to date.")
    if not beside:
        return said
    text = ngettext(
        "%(number)d item that you have edited has something new beside it.",
        "%(number)d items that you have edited have something new beside them.",
        beside,
    )
    return f"{said} {text % {'number': beside}}"


def _crumbs(meeting: Meeting) -> list[Crumb]:
    return [
        Crumb(_("Meetings"), reverse("meetings")),
        Crumb(str(meeting), meeting.get_absolute_url()),
    ]
