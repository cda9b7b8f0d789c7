"""Pages about tasks, and what several of them need."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.requests import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.tasks.models import Task


def task_for(request: HttpRequest, pk: int) -> Task:
    """Return a task the person may read. Raises Http404."""
    visible = Task.objects.visible_to(person_of(request))
    return get_object_or_404(visible.select_related("committee", "owner", "given_by"), pk=pk)


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what was posted; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Return whether a valid form was acted on; a refusal stands beside its field then."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True


def form_page(
    request: HttpRequest, form: forms.Form, template: str = "ui/form_page.html", **context: object
) -> HttpResponse:
    """Return the page of one form: as asked for, or (400) with what must be put right."""
    answer = invalid if form.is_bound else page
    return answer(request, template, {"form": form, **context})


def crumbs(*steps: Task | str) -> list[Crumb]:
    """Return the path to a page: the tasks, then each step, the page itself last."""
    path = [Crumb(_("Tasks"), reverse("tasks"))]
    for step in steps:
        match step:
            case Task():
                path.append(Crumb(step.title, step.get_absolute_url()))
            case _:
                path.append(Crumb(step))
    return path
