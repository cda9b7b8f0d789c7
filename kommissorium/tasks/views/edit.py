"""Create a task, change it, and finish, drop or reopen it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.forms import let_add
from kommissorium.core.ui.responses import conflict
from kommissorium.core.ui.todo import way_back
from kommissorium.tasks.actions import change_task, drop_task, finish_task, give_task, reopen_task
from kommissorium.tasks.forms import BecauseForm, DoneForm, EditForm, GiveForm
from kommissorium.tasks.models import Task
from kommissorium.tasks.views import crumbs, task_for


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Give somebody a task, or oneself."""
    person = person_of(request)
    form = GiveForm(typed(request), by=person, initial=_start(request, person))
    let_add(form, person)
    if given := attempt(form, lambda: _give(person, form)):
        messages.success(request, _("The task is given."))
        warn_unreached(request, given.value.owner, person)
        return redirect(given.value)
    return form_page(
        request,
        form,
        title=_("New task"),
        submit_label=_("Give the task"),
        cancel_url=reverse("tasks"),
        breadcrumbs=crumbs(_("New task")),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a task."""
    task, person = task_for(request, pk), person_of(request)
    if not task.can_be_changed_by(person):
        raise PermissionDenied
    if not task.is_open:
        raise Refused(_("The task is finished. Open it again to change it."))
    form = EditForm(typed(request), kept=task.owner, initial=EditForm.values_of(task))
    let_add(form, person)
    back, path = task.get_absolute_url(), crumbs(task, _("Edit"))
    try:
        if attempt(form, lambda: change_task(task, by=person, **form.cleaned_data)):
            messages.success(request, _("It is saved."))
            if "owner" in form.changed_data:
                warn_unreached(request, task.owner, person)
            return redirect(task)
    except Conflict as theirs:
        return conflict(
            request,
            form,
            theirs,
            cancel_url=back,
            breadcrumbs=path,
        )
    return form_page(
        request,
        form,
        title=_("Edit the task"),
        lead=task.title,
        cancel_url=back,
        breadcrumbs=path,
    )


def warn_unreached(request: HttpRequest, whom: Person, by: Person) -> None:
    """Say that somebody hears nothing from the program, or cannot come in and answer."""
    if whom == by or whom.has_login:
        return
    text = (
        _("%(name)s cannot sign in yet. Tell them yourself, or ask for an invitation.")
        if whom.email
        else _("%(name)s has no e-mail here and hears nothing of it. Tell them yourself.")
    )
    messages.warning(request, text % {"name": whom.name})


def _give(person: Person, form: GiveForm) -> Task:
    values = form.cleaned_data
    if not Task.can_be_given_by(person, values["committee"], values["owner"]):
        text = (
            _("Only those who prepare the committee can give its tasks to others.")
            if values["committee"]
            else _("Choose a committee you prepare, or give the task to yourself.")
        )
        raise Refused(committee=text)
    return give_task(by=person, **values)


def _start(request: HttpRequest, person: Person) -> dict[str, Any]:
    prepared = list(Committee.objects.prepared_by(person)[:2])
    only = prepared[0].pk if len(prepared) == 1 else None
    return {"owner": person.pk, "committee": request.GET.get("committee") or only}


@require_http_methods(["GET", "POST"])
def completion(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a task is done and what was done."""
    task, person = task_for(request, pk), person_of(request)
    if not task.can_be_finished_by(person):
        raise PermissionDenied
    if request.method == "GET" and not task.is_open:
        raise Refused(_("The task is finished already."))
    form = DoneForm(typed(request))
    if attempt(form, lambda: finish_task(task, by=person, word=form.cleaned_data["word"])):
        messages.success(request, _("The task is done: %(title)s") % {"title": task.title})
        return redirect(way_back(request) or task)
    return form_page(
        request,
        form,
        title=_("The task is done"),
        lead=task.title,
        submit_label=_("Done"),
        cancel_url=task.get_absolute_url(),
        breadcrumbs=crumbs(task, _("Done")),
    )


@require_http_methods(["GET", "POST"])
def dropping(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a task will not be done, and why."""
    task, person = task_for(request, pk), person_of(request)
    if not task.can_be_changed_by(person):
        raise PermissionDenied
    if request.method == "GET" and not task.is_open:
        raise Refused(_("The task is finished already."))
    form = BecauseForm(typed(request))
    if attempt(form, lambda: drop_task(task, by=person, because=form.cleaned_data["because"])):
        messages.success(request, _("The task is dropped."))
        return redirect(task)
    return form_page(
        request,
        form,
        "ui/confirm.html",
        title=_("Drop the task"),
        text=_("“%(title)s” will not be done. It stays in the lists as dropped, with the reason.")
        % {"title": task.title},
        submit_label=_("Drop the task"),
        danger=True,
        cancel_url=task.get_absolute_url(),
        breadcrumbs=crumbs(task, _("Drop the task")),
    )


@require_http_methods(["GET", "POST"])
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a finished task again."""
    task, person = task_for(request, pk), person_of(request)
    if not task.can_be_changed_by(person):
        raise PermissionDenied
    if request.method == "GET" and task.is_open:
        raise Refused(_("The task is open already."))
    form = BecauseForm(typed(request))
    if attempt(form, lambda: reopen_task(task, by=person, because=form.cleaned_data["because"])):
        messages.success(request, _("The task is open again."))
        return redirect(task)
    return form_page(
        request,
        form,
        title=_("Open the task again"),
        lead=task.title,
        submit_label=_("Open it again"),
        cancel_url=task.get_absolute_url(),
        breadcrumbs=crumbs(task, _("Open it again")),
    )
