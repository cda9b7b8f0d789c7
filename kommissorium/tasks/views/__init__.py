"""Pages about tasks, and helpers that several of them need."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.tasks.models import Task


def task_for(request: HttpRequest, pk: int) -> Task:
    """Return a task the person may read. Raises Http404."""
    visible = Task.objects.visible_to(person_of(request))
    return get_object_or_404(visible.select_related("committee", "owner", "given_by"), pk=pk)


def crumbs(*steps: Task | str) -> list[Crumb]:
    """Return the path to a page: the tasks, then each step, the page itself last."""
    return path_of(Crumb(_("Tasks"), reverse("tasks")), *steps)
