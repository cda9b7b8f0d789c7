"""Parts of an item while the meeting is held: absences, tasks, choices and advice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.adding import let_add
from kommissorium.core.ui.form_pages import attempt
from kommissorium.meetings.actions.advice import answer_advice, note_advice, withdraw_advice
from kommissorium.meetings.actions.attendance import note_absence, undo_absence
from kommissorium.meetings.actions.item_tasks import choose_at, give_task_at, unchoose_at
from kommissorium.meetings.actions.proceedings import note_dissent, undo_dissent
from kommissorium.meetings.conduct_page import coming_quarter, people_at, tasks_to_choose
from kommissorium.meetings.forms.conduct import (
    AbsenceForm,
    AnswerForm,
    ChosenTasksForm,
    DissentForm,
    ItemTaskForm,
    SpokenAdviceForm,
)
from kommissorium.meetings.models import Absence, Advice, AgendaItem, Dissent
from kommissorium.meetings.views.conduct import recorded_item
from kommissorium.meetings.views.conduct_item import answer
from kommissorium.tasks.models import QuarterTask


@require_POST
def absence_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody is away during the item."""
    item, person = recorded_item(request, pk), person_of(request)
    there = [one for one in people_at(item.meeting) if one.is_present]
    form = AbsenceForm(request.POST, offered=there, auto_id="away_%s")
    done = attempt(form, lambda: note_absence(item, by=person, **form.values()))
    return answer(request, item, "people", None if done else form)


@require_POST
def absence_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that somebody was away."""
    absence = get_object_or_404(Absence, item__in=_visible(request), pk=pk)
    item = recorded_item(request, absence.item_id)
    undo_absence(absence, by=person_of(request))
    return answer(request, item, "people")


@require_POST
def dissent_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody disagrees or reserves their position."""
    item, person = recorded_item(request, pk), person_of(request)
    there = [one for one in people_at(item.meeting) if one.is_present and one.has_vote]
    form = DissentForm(request.POST, offered=there, auto_id="dissent_%s")
    done = attempt(form, lambda: note_dissent(item, by=person, **form.values()))
    return answer(request, item, "people", None if done else form)


@require_POST
def dissent_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that somebody disagreed."""
    dissent = get_object_or_404(Dissent, item__in=_visible(request), pk=pk)
    item = recorded_item(request, dissent.item_id)
    undo_dissent(dissent, by=person_of(request))
    return answer(request, item, "people")


@require_POST
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a task that is born at the item."""
    item, person = recorded_item(request, pk), person_of(request)
    form = let_add(ItemTaskForm(request.POST, auto_id="task_%s"), person)
    done = attempt(form, lambda: give_task_at(item, by=person, **form.cleaned_data))
    return answer(request, item, "tasks", None if done else form)


@require_POST
def choice_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose tasks for the coming quarter."""
    item, person = recorded_item(request, pk), person_of(request)
    _chosen, proposed = tasks_to_choose(item.meeting)
    form = ChosenTasksForm(request.POST, proposed=proposed, auto_id="choice_%s")
    quarter = coming_quarter(item.meeting)
    done = attempt(form, lambda: choose_at(item, quarter, form.chosen(), by=person))
    return answer(request, item, "choices", None if done else form)


@require_POST
def choice_removal(request: HttpRequest, pk: int, choice: int) -> HttpResponse:
    """Take a task off the coming quarter's list."""
    item = recorded_item(request, pk)
    mine = QuarterTask.objects.filter(committee=item.meeting.committee_id)
    row = get_object_or_404(mine.select_related("committee", "task"), pk=choice)
    unchoose_at(item, row, by=person_of(request))
    return answer(request, item, "choices")


@require_POST
def spoken_advice_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what an adviser says at the meeting."""
    item, person = recorded_item(request, pk), person_of(request)
    advisers = [one.person for one in people_at(item.meeting) if one.is_adviser]
    form = SpokenAdviceForm(request.POST, advisers=advisers, auto_id="spoken_%s")
    done = attempt(form, lambda: note_advice(item, by=person, **form.values()))
    return answer(request, item, "advice", None if done else form)


@require_POST
def advice_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down whether the advice was followed."""
    advice = get_object_or_404(
        Advice.objects.select_related("person"), item__in=_visible(request), pk=pk
    )
    item = recorded_item(request, advice.item_id)
    advice.item = item
    form = AnswerForm(request.POST, auto_id=f"answer{advice.pk}_%s")
    done = attempt(
        form,
        lambda: answer_advice(
            advice,
            by=person_of(request),
            followed=form.cleaned_data["followed"] == "yes",
            because=form.cleaned_data["because"],
        ),
    )
    return answer(request, item, "advice", None if done else form)


@require_POST
def spoken_advice_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back advice that was written down at the meeting."""
    rows = Advice.objects.select_related("person").filter(noted_by__isnull=False)
    advice = get_object_or_404(rows, item__in=_visible(request), pk=pk)
    item = recorded_item(request, advice.item_id)
    advice.item = item
    withdraw_advice(advice, by=person_of(request))
    return answer(request, item, "advice")


def _visible(request: HttpRequest) -> object:
    return AgendaItem.objects.visible_to(person_of(request))
