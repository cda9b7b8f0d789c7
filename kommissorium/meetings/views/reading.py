"""An agenda read item by item: the cards, what is done beside them, and the copy for no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django import forms
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Municipality, Person, Reading
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.reading import (
    answer_question,
    ask_question,
    mark_item,
    write_note,
)
from kommissorium.meetings.forms.reading import NoteForm, QuestionAnswerForm, QuestionForm
from kommissorium.meetings.models import AgendaItem, ItemQuestion, Meeting
from kommissorium.meetings.reading_page import (
    ReadingCard,
    cards_of,
    open_one,
    own_progress,
    without_closed,
)
from kommissorium.meetings.views import meeting_crumbs

KEPT_AFTER: Final = timedelta(days=1)  # so long after the meeting a browser may show its copy
WORKER: Final = "vendor/reading_worker.js"
# What stands around a page, and leads nowhere without network.
NO_FRAME: Final[dict[str, object]] = {
    "person": None,
    "csrf_token": "",
    "navigation": [],
    "breadcrumbs": [],
    "messages": (),
    "setup_url": "",
    "tell_mail_waits": False,
    "scarce_space": None,
}


@require_GET
def meeting_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the agenda as cards, with what the reader has read, agreed with and noted."""
    asked = request.GET.get("item", "")
    key = int(asked) if re.fullmatch(r"\d{1,18}", asked) else None
    return _shown(request, _meeting(request, pk), key)


@require_GET
def meeting_read_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the same for the browser to keep; closed items only where the municipality lets it."""
    person, meeting = person_of(request), _meeting(request, pk)
    cards = cards_of(meeting, person)
    progress = own_progress(cards, person)
    if Municipality.current().closed_items_offline:
        _note_closed(meeting, cards, person)
    else:
        cards = without_closed(cards)
    open_one(cards, None)
    context = _context(meeting, cards, person) | NO_FRAME | {"progress": progress, "is_copy": True}
    answer = page(request, "meetings/read.html", context)
    until = meeting.ends_at + KEPT_AFTER
    answer.headers["X-Kept-Until"] = until.isoformat()
    return answer


@require_GET
def meeting_read_worker(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the script that answers for the page without network; it governs that page alone."""
    _meeting(request, pk)
    return HttpResponse(_worker(), content_type="text/javascript")


def _worker() -> bytes:
    """Return the script, which the build puts among the static files under a name with its hash."""
    if found := finders.find(WORKER):
        return Path(found).read_bytes()
    kept: Any = staticfiles_storage
    with kept.open(kept.stored_name(WORKER)) as file:
        script: bytes = file.read()
    return script


@require_POST
def item_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark an item read, agreed with or unread, and go on to the next that is not read."""
    person, item = person_of(request), _item(request, pk)
    mark: Any = request.POST.get("mark")
    if mark not in {"read", "agree", "unread"}:
        mark = "read"
    mark_item(item, by=person, mark=mark)
    after = item if mark == "unread" else _next_unread(item, person)
    return redirect(_address(after))


def _next_unread(item: AgendaItem, person: Person) -> AgendaItem:
    """Return the next item that is not read yet, after this one and then from the start."""
    cards = cards_of(item.meeting, person)
    here = next(place for place, card in enumerate(cards) if card.item.pk == item.pk)
    ahead = [*cards[here + 1 :], *cards[:here]]
    left = (card.item for card in ahead if card.counts and not card.reading)
    return next(left, item)


@require_POST
def item_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a private note on an item; an empty one is gone."""
    person, item = person_of(request), _item(request, pk)
    if not item.can_be_noted_on_by(person):
        raise PermissionDenied
    form = NoteForm(item.pk, request.POST)
    if form.is_valid():
        try:
            write_note(item, by=person, text=form.cleaned_data["text"])
            return redirect(_address(item))
        except Refused as refused:
            add_refusal(form, refused)
    return _shown(request, item.meeting, item.pk, form)


@require_POST
def question_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask about an item before the meeting."""
    person, item = person_of(request), _item(request, pk)
    if not item.can_be_read_ahead_by(person):
        raise PermissionDenied
    form = QuestionForm(item.pk, request.POST)
    if form.is_valid():
        try:
            ask_question(item, by=person, text=form.cleaned_data["text"])
            return redirect(_address(item))
        except Refused as refused:
            add_refusal(form, refused)
    return _shown(request, item.meeting, item.pk, form)


@require_POST
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question that was asked before the meeting."""
    person = person_of(request)
    items = AgendaItem.objects.visible_to(person)
    rows = ItemQuestion.objects.filter(item__in=items).select_related("item__meeting__committee")
    question = get_object_or_404(rows, pk=pk)
    if not question.can_be_answered_by(person):
        raise PermissionDenied
    form = QuestionAnswerForm(question.pk, request.POST)
    if form.is_valid():
        try:
            answer_question(question, by=person, answer=form.cleaned_data["answer"])
            return redirect(_address(question.item))
        except Refused as refused:
            add_refusal(form, refused)
    return _shown(request, question.item.meeting, question.item_id, form, question=question.pk)


def _shown(
    request: HttpRequest,
    meeting: Meeting,
    key: int | None = None,
    form: forms.Form | None = None,
    question: int = 0,
) -> HttpResponse:
    """Return the page with the card of the key open; a form that was refused is shown again there."""
    person = person_of(request)
    cards = cards_of(meeting, person)
    _note_closed(meeting, cards, person)
    open_one(cards, key)
    for card in cards:
        if form and card.item.pk == key:
            _put(card, form, question)
    context = _context(meeting, cards, person)
    return (invalid if form else page)(request, "meetings/read.html", context)


def _put(card: ReadingCard, form: forms.Form, question: int) -> None:
    if isinstance(form, NoteForm):
        card.note_form = form
    elif isinstance(form, QuestionForm):
        card.question_form = form
    elif isinstance(form, QuestionAnswerForm):
        card.answer_again(question, form)


def _note_closed(meeting: Meeting, cards: Sequence[ReadingCard], person: Person) -> None:
    if any(card.item.is_closed and card.shown for card in cards):
        note_reading(meeting, by=person, what=Reading.What.CLOSED)


def _context(meeting: Meeting, cards: Sequence[ReadingCard], person: Person) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "cards": cards,
        "progress": own_progress(cards, person),
        "may_mark": any(card.may_mark for card in cards),
        "sits": meeting.committee.has_seat_for(person),
        "whose": person.pseudonym,
        "copied_at": timezone.now(),
        "copies_closed": Municipality.current().closed_items_offline,
        "breadcrumbs": [*meeting_crumbs(meeting), Crumb(_("Read the meeting"))],
    }


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """Return a meeting that can be read; 404 for who may not follow it, and for a cancelled one."""
    visible = Meeting.objects.visible_to(person_of(request)).filter(registered_at=None)
    readable = visible.exclude(state=Meeting.State.CANCELLED)
    return get_object_or_404(readable.select_related("committee"), pk=pk)


def _item(request: HttpRequest, pk: int) -> AgendaItem:
    visible = AgendaItem.objects.visible_to(person_of(request))
    return get_object_or_404(visible.select_related("meeting__committee"), pk=pk)


def _address(item: AgendaItem) -> str:
    page_of = reverse("meeting_read", args=[item.meeting_id])
    return f"{page_of}?item={item.pk}#item-{item.pk}"
