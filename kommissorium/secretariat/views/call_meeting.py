"""Compose an agenda, call the meeting, and see what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.call import last_day_of_call
from kommissorium.meetings.actions.drafts import keep_own_text, use_draft
from kommissorium.meetings.forms.call import CallForm
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.views import note_items
from kommissorium.secretariat.actions.agendas import compose_agenda
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.call_preview import (
    CallPreview,
    call_preview,
    changes_since_call,
    live_facts,
)
from kommissorium.secretariat.forms import DraftForm


@require_http_methods(["GET", "POST"])
def meeting_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the call will do, and call the meeting."""
    person = person_of(request)
    found = _meeting(request, pk)
    _require_callable(found, keeps=found.is_kept)
    last_day = last_day_of_call(found)
    is_late = timezone.localdate() > last_day
    form = CallForm(request.POST if request.method == "POST" else None, is_late=is_late)
    ahead = call_preview(found)
    note_items(request, found, ahead.items)
    if form.is_bound and form.is_valid():
        try:
            call(found, by=person, late_because=form.cleaned_data.get("late_because", ""))
        except Refused as refused:
            add_refusal(form, refused)
        else:
            _tell(request, ahead)
            return redirect(found)
    context: dict[str, Any] = {
        "meeting": found,
        "form": form,
        "last_day": last_day,
        "is_late": is_late,
        "preview": ahead,
        "breadcrumbs": [*_crumbs(found), Crumb(_("Call the meeting"))],
    }
    return (invalid if form.is_bound else page)(request, "secretariat/call.html", context)


@require_GET
def meeting_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what has changed since the call, in what the reader may see."""
    found = _meeting(request, pk)
    changed = changes_since_call(found, person_of(request))
    told = [one.item for one in changed.facts]
    note_items(request, found, [*changed.late_items, *changed.withdrawn, *told])
    context = {
        "meeting": found,
        "changed": changed,
        "breadcrumbs": [*_crumbs(found), Crumb(_("Changed since the call"))],
    }
    return page(request, "secretariat/changes.html", context)


@require_GET
def meeting_registers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the registers say now under each item the reader may see, until the call."""
    found = _meeting(request, pk)
    told = live_facts(found, person_of(request))
    note_items(request, found, [item for item, _facts in told])
    context = {
        "meeting": found,
        "told": told,
        "breadcrumbs": [*_crumbs(found), Crumb(_("What the registers say now"))],
    }
    return page(request, "secretariat/live_facts.html", context)


def _meeting(request: HttpRequest, pk: int) -> Any:
    """Return the meeting, and as `is_kept` whether the reader prepares its committee."""
    person = person_of(request)
    kept = Committee.objects.prepared_by(person).filter(pk=OuterRef("committee"))
    visible = Meeting.objects.visible_to(person).annotate(is_kept=Exists(kept))
    visible = visible.filter(registered_at=None)
    return get_object_or_404(visible.select_related("committee", "call__record"), pk=pk)


def _require_callable(meeting: Meeting, *, keeps: bool) -> None:
    """Raise PermissionDenied if one does not keep the meeting, Refused when it is past that."""
    if not keeps:
        raise PermissionDenied
    if meeting.state == Meeting.State.PLANNED:
        return
    if meeting.state == Meeting.State.CANCELLED:
        raise Refused(_("The meeting is cancelled and cannot be called."))
    text = _("The meeting has been called already, as number %(number)s.")
    raise Refused(text % {"number": meeting.label})


def _tell(request: HttpRequest, ahead: CallPreview) -> None:
    count = len(ahead.mailed)
    text = ngettext(
        "The meeting is called. The agenda goes to %(count)d person.",
        "The meeting is called. The agenda goes to %(count)d people.",
        count,
    )
    messages.success(request, text % {"count": count})
    for person in ahead.departed:
        text = _("%(name)s has left and gets no mail. Give their place to somebody else.")
        messages.warning(request, text % {"name": person.name})
    for person in ahead.without_mail:
        text = _("%(name)s has no e-mail address. Hand the agenda over on paper.")
        messages.warning(request, text % {"name": person.name})


def _crumbs(meeting: Meeting) -> list[Crumb]:
    return [
        Crumb(_("Meetings"), reverse("meetings")),
        Crumb(str(meeting), meeting.get_absolute_url()),
    ]


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
    note_items(request, meeting, items)
    drafts = [item.draft for item in items if hasattr(item, "draft")]
    context = {
        "meeting": meeting,
        "items": items,
        "made_at": max((draft.made_at for draft in drafts), default=None),
        "breadcrumbs": [*_composing_crumbs(meeting), Crumb(_("Draft of the agenda"))],
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
    items = _items(meeting, "attachments")
    note_items(request, meeting, [] if as_follower else items)
    context = {
        "meeting": meeting,
        "items": items,
        "as_follower": as_follower,
        "breadcrumbs": [
            *_composing_crumbs(meeting),
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


def _composing_crumbs(meeting: Meeting) -> list[Crumb]:
    return [
        Crumb(_("Meetings"), reverse("meetings")),
        Crumb(str(meeting), meeting.get_absolute_url()),
    ]
