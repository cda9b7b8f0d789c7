"""Ask somebody to take over a task, and answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.forms import let_add
from kommissorium.tasks.actions import (
    accept_delegation,
    decline_delegation,
    delegate_task,
    withdraw_delegation,
)
from kommissorium.tasks.forms import BecauseForm, DelegationForm
from kommissorium.tasks.models import Delegation, Task
from kommissorium.tasks.views import crumbs, task_for
from kommissorium.tasks.views.edit import warn_unreached


@require_http_methods(["GET", "POST"])
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to take a task over."""
    task, person = task_for(request, pk), person_of(request)
    if not task.can_be_delegated_by(person):
        raise PermissionDenied
    if request.method == "GET" and not task.is_open:
        raise Refused(_("The task is finished already."))
    form = let_add(DelegationForm(typed(request), task=task), person)
    if attempt(form, lambda: delegate_task(task, by=person, **form.cleaned_data)):
        to = form.cleaned_data["to"]
        messages.success(request, _("%(name)s is asked to take it over.") % {"name": to.name})
        warn_unreached(request, to, person)
        return redirect(task)
    return form_page(
        request,
        form,
        title=_("Hand the task over"),
        lead=task.title,
        submit_label=_("Ask"),
        sends_mail=True,
        cancel_url=task.get_absolute_url(),
        breadcrumbs=crumbs(task, _("Hand the task over")),
    )


@require_POST
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a task over."""
    found = _answerable(request, pk)
    accept_delegation(found, by=person_of(request))
    messages.success(request, _("The task is yours now."))
    return redirect(found.task)


@require_http_methods(["GET", "POST"])
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, and why."""
    found, person = _answerable(request, pk), person_of(request)
    if request.method == "GET" and found.answered_at:
        raise Refused(_("The request has been answered or taken back meanwhile."))
    form = BecauseForm(typed(request))
    if attempt(
        form, lambda: decline_delegation(found, by=person, because=form.cleaned_data["because"])
    ):
        messages.success(request, _("You have said no. The task stays where it was."))
        still = Task.objects.visible_to(person).filter(pk=found.task_id).exists()
        return redirect(found.task if still else "tasks")
    return form_page(
        request,
        form,
        title=_("Say no to the task"),
        lead=found.task.title,
        submit_label=_("Reject"),
        cancel_url=found.task.get_absolute_url(),
        breadcrumbs=crumbs(found.task, _("Reject")),
    )


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request back."""
    found, person = _delegation(request, pk), person_of(request)
    withdraw_delegation(found, by=person)
    messages.success(request, _("It is withdrawn."))
    return redirect(found.task)


def _answerable(request: HttpRequest, pk: int) -> Delegation:
    found = _delegation(request, pk)
    if not found.can_be_answered_by(person_of(request)):
        raise PermissionDenied
    return found


def _delegation(request: HttpRequest, pk: int) -> Delegation:
    visible = Task.objects.visible_to(person_of(request)).values("pk")
    rows = Delegation.objects.filter(task__in=visible)
    return get_object_or_404(rows.select_related("task__committee", "to_person"), pk=pk)
