"""One item of an agenda: read, write, remove and move."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.kept import KeptAnswers
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, invalid, page
from kommissorium.meetings.actions.agenda import (
    FIELDS,
    add_item,
    attach,
    change_item,
    move_item,
    remove_item,
)
from kommissorium.meetings.facts import COMPOSERS, Facts, from_json
from kommissorium.meetings.forms import ItemForm
from kommissorium.meetings.forms.row_choices import RowChoicesForm
from kommissorium.meetings.meeting_page import tasks_of
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.reading_page import asked_of
from kommissorium.meetings.rows_to_choose import rows_of
from kommissorium.meetings.views import meeting_crumbs, note_item, take_files

ALONG = ("meeting__committee", "clause", "proceedings", "decided", "draft")  # of an item's page


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an item with its texts, facts and attachments, and the way to the ones beside it."""
    return item_page(request, _item(request, pk))


def item_page(
    request: HttpRequest, found: AgendaItem, row_form: RowChoicesForm | None = None
) -> HttpResponse:
    """Return the page of an item; with choices that could not be saved it shows them again."""
    person = person_of(request)
    note_item(request, found)
    shown = AgendaItem.objects.visible_to(person).filter(pk=OuterRef("pk"))
    rows = found.meeting.items.annotate(is_shown=Exists(shown)).values_list("pk", "is_shown")
    order, visible = [pk for pk, _shown in rows], {pk for pk, is_shown in rows if is_shown}
    place = order.index(found.pk)
    number = found.number or place + 1
    keeps = found.meeting.committee.can_be_prepared_by(person)
    context = {
        "number": number,
        **case_of(found),
        "minutes": list(found.presents_minutes.select_related("meeting")),
        "advices": list(found.advice.select_related("person")),
        "asked": asked_of(found, answers=keeps and found.meeting.is_to_come),
        "may_advise": found.can_be_advised_on_by(person),
        "previous": next((pk for pk in reversed(order[:place]) if pk in visible), None),
        "next": next((pk for pk in order[place + 1 :] if pk in visible), None),
        "may_prepare": keeps and found.meeting.is_in_preparation,
        "may_add": keeps and found.meeting.state == Meeting.State.CALLED,
        "breadcrumbs": [*meeting_crumbs(found.meeting), Crumb(_("Item %d") % number)],
        "row_form": row_form or _row_form(found, person),
        **_carried(found, person),
        **_results(found, person),
    }
    return (invalid if row_form else page)(request, "meetings/item.html", context)


def case_of(found: AgendaItem) -> dict[str, Any]:
    """Return what is told of an item beside its texts: what the registers say, and its annexes."""
    return {
        "item": found,
        "facts": from_json(found.facts),
        "now": _now(found),
        "attachments": list(found.attachments.select_related("file")),
    }


def _row_form(found: AgendaItem, person: Person) -> RowChoicesForm | None:
    """Return the form for whoever prepares the agenda; the meeting has its own page."""
    rows = rows_of(found) if found.can_be_edited_by(person) else []
    return RowChoicesForm(rows) if rows else None


_NOW: Final = KeptAnswers[int, Facts | None](most=100)  # of items


def _now(item: AgendaItem) -> Facts | None:
    """Return what the registers say of the item until the meeting is called; None for nothing.

    Kept until something is done.
    """
    if item.meeting.state != Meeting.State.PLANNED or not (item.clause_id or item.subject_kind):
        return None
    return _NOW.answer(item.pk, lambda: _composed(item))


def _composed(item: AgendaItem) -> Facts | None:
    found = (compose(item, item.meeting) for compose in COMPOSERS)
    return next((one for one in found if one and one.tables), None)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an item to an agenda."""
    visible = Meeting.objects.visible_to(person_of(request)).select_related("committee")
    meeting = get_object_or_404(visible, pk=pk)
    if not meeting.can_be_prepared_by(person_of(request)):
        raise PermissionDenied
    form = _form(request)
    if request.method == "POST" and form.is_valid() and take_files(form):
        made = _add(request, meeting, form)
        if made is not None:
            messages.success(request, _("The item is on the agenda."))
            return redirect(meeting)
    context = {
        "form": form,
        "title": _("Add an item"),
        "lead": str(meeting),
        "submit_label": _("Add"),
        "cancel_url": meeting.get_absolute_url(),
        "breadcrumbs": [*meeting_crumbs(meeting), Crumb(_("Add an item"))],
    }
    return (invalid if form.is_bound else page)(request, "meetings/item_form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an item."""
    found = _editable(request, pk)
    initial = {name: getattr(found, name) for name in (*FIELDS, "edit_version")}
    form, cancel_url = _form(request, initial), _came_from(request, found)
    crumbs = [
        *meeting_crumbs(found.meeting),
        Crumb(found.title, found.get_absolute_url()),
        Crumb(_("Edit")),
    ]
    if request.method == "POST" and form.is_valid() and take_files(form):
        try:
            if _change(request, found, form):
                messages.success(request, _("It is saved."))
                return redirect(cancel_url)
        except Conflict as theirs:
            return conflict(
                request,
                form,
                theirs,
                cancel_url=cancel_url,
                breadcrumbs=crumbs,
            )
    context = {
        "form": form,
        "item": found,
        "title": _("Edit the item"),
        "lead": str(found.meeting),
        "submit_label": _("Save"),
        "cancel_url": cancel_url,
        "breadcrumbs": crumbs,
    }
    return (invalid if form.is_bound else page)(request, "meetings/item_form.html", context)


@require_http_methods(["GET", "POST"])
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    found = _editable(request, pk)
    if request.method == "POST":
        remove_item(found, by=person_of(request))
        messages.success(request, _("The item is off the agenda."))
        return redirect(found.meeting)
    context = {
        "title": _("Remove the item"),
        "text": _("“%(title)s” and what is attached to it are taken off the agenda.")
        % {"title": found.title},
        "submit_label": _("Remove the item"),
        "cancel_url": found.get_absolute_url(),
        "danger": True,
        "breadcrumbs": [*meeting_crumbs(found.meeting), Crumb(_("Remove the item"))],
    }
    return page(request, "ui/confirm.html", context)


@require_POST
def position(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an item one place up or down."""
    found = _editable(request, pk)
    places = -1 if request.GET.get("to") == "up" else 1
    move_item(found, by=person_of(request), places=places)
    return redirect(f"{found.meeting.get_absolute_url()}#item-{found.pk}")


def _came_from(request: HttpRequest, found: AgendaItem) -> str:
    """Return where an editor goes back to: the draft of the agenda, or the item."""
    if request.GET.get("from") != "composing":
        return found.get_absolute_url()
    return f"{reverse('meeting_composing', args=[found.meeting_id])}#item-{found.pk}"


def _carried(found: AgendaItem, person: Person) -> dict[str, Any]:
    """Return the items this one continues and is continued by, where `person` may read them."""
    keys = Q(pk=found.carried_from_id) | Q(carried_from=found.pk)
    beside = AgendaItem.objects.visible_to(person).filter(keys)
    beside = beside.select_related("meeting", "proceedings")
    kept = beside.exclude(meeting__state=Meeting.State.CANCELLED)
    rows = {row.pk == found.carried_from_id: row for row in kept}
    return {"before": rows.get(True), "after": rows.get(False)}


def _results(found: AgendaItem, person: Person) -> dict[str, Any]:
    """Return what came of the item: its decision, until then its draft, and its tasks."""
    meeting = found.meeting
    decision = None if meeting.cancelled_because else getattr(found, "decided", None)
    is_told = not decision and meeting.took_place and meeting.minutes_are_readable_by(person)
    draft = found.recorded if is_told and found.recorded and found.recorded.outcome else None
    text = decision.text if decision else draft.decision if draft else ""
    tasks = tasks_of([found], person)[found.pk] if decision or is_told else []
    told = {"told": decision or draft, "told_text": text}
    return {"decision": decision, **told, "tasks": tasks}


def _add(request: HttpRequest, meeting: Meeting, form: ItemForm) -> AgendaItem | None:
    values = {name: value for name, value in form.values().items() if name != "edit_version"}
    try:
        with transaction.atomic():
            made = add_item(meeting, by=person_of(request), **values)
            _attach(request, made, form)
            return made
    except Refused as refused:
        add_refusal(form, refused)
        return None


def _change(request: HttpRequest, found: AgendaItem, form: ItemForm) -> bool:
    values = {**form.values(), "edit_version": form.cleaned_data["edit_version"] or 0}
    try:
        with transaction.atomic():
            change_item(found, by=person_of(request), **values)
            _attach(request, found, form)
            return True
    except Refused as refused:
        add_refusal(form, refused)
        return False


def _attach(request: HttpRequest, found: AgendaItem, form: ItemForm) -> None:
    for file in form.cleaned_data["attachments"]:
        attach(found, by=person_of(request), name=file.name, data=file.read())


def _form(request: HttpRequest, initial: dict[str, object] | None = None) -> ItemForm:
    if request.method == "POST":
        form = ItemForm(request.POST, request.FILES, initial=initial)
        return form.with_skeleton() if "skeleton" in request.POST else form
    return ItemForm(initial=initial)


def _item(request: HttpRequest, pk: int) -> AgendaItem:
    visible = AgendaItem.objects.visible_to(person_of(request))
    return get_object_or_404(visible.select_related(*ALONG), pk=pk)


def _editable(request: HttpRequest, pk: int) -> AgendaItem:
    found = _item(request, pk)
    if not found.can_be_edited_by(person_of(request)):
        raise PermissionDenied
    note_item(request, found)
    return found
