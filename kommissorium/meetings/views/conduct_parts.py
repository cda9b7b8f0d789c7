"""Parts of an item while the meeting is held: absences, tasks, choices, and advice."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Conflict
from kommissorium.core.ui.form_pages import attempt
from kommissorium.core.ui.forms import let_add
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, invalid, page
from kommissorium.meetings.actions.advice import (
    answer_advice,
    change_advice,
    give_advice,
    note_advice,
    withdraw_advice,
)
from kommissorium.meetings.actions.attendance import note_absence, undo_absence
from kommissorium.meetings.actions.proceedings import (
    choose_at,
    give_task_at,
    note_dissent,
    unchoose_at,
    undo_dissent,
)
from kommissorium.meetings.conduct_page import coming_quarter, people_at, tasks_to_choose
from kommissorium.meetings.forms.conduct import (
    AbsenceForm,
    AdviceForm,
    AnswerForm,
    ChosenTasksForm,
    DissentForm,
    ItemTaskForm,
    SpokenAdviceForm,
)
from kommissorium.meetings.models import Absence, Advice, AgendaItem, Dissent
from kommissorium.meetings.views import note_item
from kommissorium.meetings.views.conduct import crumbs, recorded_item
from kommissorium.meetings.views.conduct_item import answer
from kommissorium.meetings.views.items import case_of
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


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give advice on an item; whoever has given some already is sent to it."""
    person = person_of(request)
    rows = AgendaItem.objects.visible_to(person).select_related("meeting__committee", "proceedings")
    item = get_object_or_404(rows, pk=pk)
    if not item.can_be_advised_on_by(person):
        raise PermissionDenied
    mine = item.advice.filter(person=person).first()
    if mine is not None:
        return redirect("advice_edit", mine.pk)
    form = AdviceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and attempt(
        form, lambda: give_advice(item, by=person, text=form.cleaned_data["text"])
    ):
        messages.success(request, _("Your advice stands beside the item."))
        return redirect(item)
    return _page(request, form, item, _("Give advice"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one's advice otherwise."""
    advice = _mine(request, pk)
    initial = {"text": advice.text, "edit_version": advice.edit_version}
    form = AdviceForm(request.POST if request.method == "POST" else None, initial=initial)
    try:
        if form.is_bound and attempt(form, lambda: _change(advice, form, request)):
            messages.success(request, _("It is saved."))
            return redirect(advice.item)
    except Conflict as theirs:
        return conflict(
            request,
            form,
            theirs,
            cancel_url=advice.item.get_absolute_url(),
            breadcrumbs=_crumbs(advice.item, _("Change your advice")),
        )
    return _page(request, form, advice.item, _("Change your advice"))


@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's advice back."""
    advice = _mine(request, pk)
    item = advice.item
    if request.method == "POST":
        withdraw_advice(advice, by=person_of(request))
        messages.success(request, _("It is withdrawn."))
        return redirect(item)
    context = {
        "title": _("Withdraw your advice"),
        "text": _("The advice is taken off the item. That it was given stays in the history."),
        "submit_label": _("Withdraw the advice"),
        "cancel_url": item.get_absolute_url(),
        "danger": True,
        "breadcrumbs": _crumbs(item, _("Withdraw your advice")),
    }
    return page(request, "ui/confirm.html", context)


def _change(advice: Advice, form: AdviceForm, request: HttpRequest) -> None:
    version = form.cleaned_data["edit_version"] or 0
    text = form.cleaned_data["text"]
    change_advice(advice, by=person_of(request), text=text, edit_version=version)


def _mine(request: HttpRequest, pk: int) -> Advice:
    """Return the advice: 404 for whoever may not read its item, 403 for whoever did not give it."""
    person = person_of(request)
    rows = Advice.objects.filter(item__in=AgendaItem.objects.visible_to(person))
    joined = rows.select_related("item__meeting__committee", "item__proceedings", "person")
    advice = get_object_or_404(joined, pk=pk)
    if not advice.can_be_changed_by(person):
        raise PermissionDenied
    return advice


def _page(request: HttpRequest, form: AdviceForm, item: AgendaItem, title: str) -> HttpResponse:
    note_item(request, item)
    context = {
        **case_of(item),
        "case_template": "meetings/parts/advice_case.html",
        "form": form,
        "title": title,
        "lead": item.title,
        "submit_label": _("Save the advice"),
        "cancel_url": item.get_absolute_url(),
        "breadcrumbs": _crumbs(item, title),
    }
    return (invalid if form.is_bound else page)(request, "ui/form_beside.html", context)


def _crumbs(item: AgendaItem, title: str) -> list[Crumb]:
    return [*crumbs(item.meeting), Crumb(item.title, item.get_absolute_url()), Crumb(title)]
