"""Finish a task, drop it, reopen it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.todo import way_back
from kommissorium.tasks.actions import drop_task, finish_task, reopen_task
from kommissorium.tasks.forms import BecauseForm, DoneForm
from kommissorium.tasks.views import crumbs, task_for


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
