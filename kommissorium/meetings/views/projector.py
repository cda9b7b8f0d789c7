"""The meeting on a projector: the current item in large type."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.responses import page
from kommissorium.meetings.conduct_page import agenda_of, recorded_of
from kommissorium.meetings.decision_words import outcome_label
from kommissorium.meetings.models import AgendaItem, Meeting

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
