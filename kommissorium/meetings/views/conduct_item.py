"""One item while the meeting is held: its facts and all that is written down."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.forms import let_add
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.meetings.actions.row_choices import decided_on
from kommissorium.meetings.autosave_boxes import aspects, boxes
from kommissorium.meetings.conduct_page import (
    agenda_of,
    asks_for_weighing,
    coming_quarter,
    people_at,
    progress_of,
    tasks_of,
    tasks_to_choose,
)
from kommissorium.meetings.entitled_people import has_quorum, quorum_of
from kommissorium.meetings.facts import facts_html
from kommissorium.meetings.forms.conduct import (
    AbsenceForm,
    AnswerForm,
    ChosenTasksForm,
    DissentForm,
    ItemTaskForm,
    SpokenAdviceForm,
)
from kommissorium.meetings.forms.row_choices import RowChoicesForm
from kommissorium.meetings.models import Absence, AgendaItem, Dissent, Minutes
from kommissorium.meetings.models.agenda import COMING_TASKS
from kommissorium.meetings.reading_page import asked_of
from kommissorium.meetings.rows_to_choose import rows_of
from kommissorium.meetings.views import note_item
from kommissorium.meetings.views.conduct import crumbs, is_htmx, recorded_meeting, to_meeting
from kommissorium.tasks.quarters import quarter_name


@require_GET
def conduct_item(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show an item with all that can be written down of it."""
    meeting = recorded_meeting(request, pk)
    if meeting is None:
        return to_meeting(request, pk)
    items = agenda_of(meeting)
    item = next((one for one in items if one.number == number), None)
    if item is None:
        raise Http404
    context = _with_new_people(_whole(item, items), request)
    return page(request, "meetings/conduct/item.html", context)


def answer(
    request: HttpRequest, item: AgendaItem, part: str, form: forms.Form | None = None, **more: Any
) -> HttpResponse:
    """Return a part of the page after something was written, or the page with it.

    `form` is one that could not be accepted; it is shown again with what was typed.
    """
    status = HTTPStatus.BAD_REQUEST if form else HTTPStatus.OK
    if is_htmx(request):
        context = {
            **PARTS[part](item, people_at(item.meeting, item), form),
            **more,
            "item": item,
            "is_answer": True,
        }
        context = _with_new_people(context, request)
        return page(request, f"meetings/conduct/{part}.html", context, status=status)
    address = reverse("conduct_item", args=[item.meeting_id, item.number])
    if form is None:
        return redirect(f"{address}#{part}")
    items = agenda_of(item.meeting)
    own = next(one for one in items if one.pk == item.pk)
    context = _with_new_people(_whole(own, items, form) | more, request)
    return page(request, "meetings/conduct/item.html", context, status=status)


def _with_new_people(context: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """Let who may add people give a task to somebody new; what is closed is noted as read."""
    note_item(request, context["item"])
    if form := context.get("task_form"):
        let_add(form, person_of(request))
    return context


def _whole(
    item: AgendaItem, items: list[AgendaItem], form: forms.Form | None = None
) -> dict[str, Any]:
    standing = [one for one in items if not one.is_withdrawn]
    before = [one for one in standing if one.position < item.position]
    after = [one for one in standing if one.position > item.position]
    parts: dict[str, Any] = {}
    if not item.is_withdrawn:
        people = people_at(item.meeting, item)
        for part in PARTS.values():
            parts |= part(item, people, form)
    return {
        **parts,
        "meeting": item.meeting,
        "item": item,
        "lines": [(one, progress_of(one)) for one in items],
        "boxes": boxes(item),
        "aspects": aspects(item) if asks_for_weighing(item) else [],
        "facts": facts_html(item.facts),
        "attachments": list(item.attachments.select_related("file")),
        "asked": asked_of(item, answers=False),
        "minutes": _minutes(item),
        "previous": before[-1] if before else None,
        "next": after[0] if after else None,
        "breadcrumbs": [
            *crumbs(item.meeting),
            Crumb(_("Hold the meeting"), reverse("conduct", args=[item.meeting_id])),
            Crumb(_("Item %(number)d") % {"number": item.number}),
        ],
    }


def _minutes(item: AgendaItem) -> list[Minutes]:
    if not item.confirms_minutes:
        return []
    return list(Minutes.objects.filter(presented_at=item).select_related("meeting"))


def _people(item: AgendaItem, people: list[Any], form: forms.Form | None) -> dict[str, Any]:
    there = [one for one in people if one.is_present]
    voters = [one for one in there if one.has_vote and one.away_pk is None]
    grounds, kinds = dict(Absence.Ground.choices), dict(Dissent.Kind.choices)
    return {
        "there": there,
        "away": [(one, grounds[one.away_ground]) for one in there if one.away_pk],
        "dissents": [(one, kinds[one.dissent_kind]) for one in there if one.dissent_pk],
        "quorum": quorum_of(item.meeting, people),
        "has_quorum": has_quorum(item.meeting, people),
        "absence_form": _kept(form, AbsenceForm)
        or AbsenceForm(offered=[one for one in there if not one.away_pk], auto_id="away_%s"),
        "dissent_form": _kept(form, DissentForm)
        or DissentForm(offered=[one for one in voters if not one.dissent_pk], auto_id="dissent_%s"),
    }


def _tasks(item: AgendaItem, _people: list[Any], form: forms.Form | None) -> dict[str, Any]:
    tasks = tasks_of(item)
    return {
        "tasks": [(task, task.born_id == str(item.pk)) for task in tasks],
        "task_form": _kept(form, ItemTaskForm) or ItemTaskForm(auto_id="task_%s"),
    }


def _choices(item: AgendaItem, _people: list[Any], form: forms.Form | None) -> dict[str, Any]:
    if item.measure != COMING_TASKS:
        return {"quarter": ""}
    chosen, proposed = tasks_to_choose(item.meeting)
    return {
        "quarter": quarter_name(coming_quarter(item.meeting)),
        "chosen": chosen,
        "proposed": proposed,
        "choice_form": _kept(form, ChosenTasksForm)
        or ChosenTasksForm(proposed=proposed, auto_id="choice_%s"),
    }


def _rows(item: AgendaItem, _people: list[Any], form: forms.Form | None) -> dict[str, Any]:
    rows = rows_of(item)
    if not rows:
        return {"row_form": None}
    written = item.recorded.decision if item.recorded else ""
    return {
        "row_form": _kept(form, RowChoicesForm) or RowChoicesForm(rows),
        "says_otherwise": bool(written) and written != decided_on(rows)[0],
    }


def _advice(item: AgendaItem, people: list[Any], form: forms.Form | None) -> dict[str, Any]:
    given = list(item.advice.select_related("person", "noted_by"))
    advised = {one.person_id for one in given}
    advisers = [one.person for one in people if one.is_adviser and one.person_id not in advised]
    return {
        "advices": [(one, _answer_form(one, form)) for one in given],
        "spoken_form": _kept(form, SpokenAdviceForm)
        or (SpokenAdviceForm(advisers=advisers, auto_id="spoken_%s") if advisers else None),
    }


def _answer_form(advice: Any, form: forms.Form | None) -> forms.Form:
    name = f"answer{advice.pk}_%s"
    if isinstance(form, AnswerForm) and form.auto_id == name:
        return form
    followed = {None: "", True: "yes", False: "no"}[advice.followed]
    initial = {"followed": followed, "because": advice.because}
    return AnswerForm(initial=initial, auto_id=name)


def _kept(form: forms.Form | None, kind: type[forms.Form]) -> forms.Form | None:
    return form if isinstance(form, kind) else None


PARTS = {
    "people": _people,
    "tasks": _tasks,
    "choices": _choices,
    "advice": _advice,
    "rows": _rows,
}
