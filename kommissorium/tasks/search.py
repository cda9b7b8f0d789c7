"""Search in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.search import Searched
from kommissorium.tasks.models import Task


class SearchedTasks(Searched[Task]):
    """Tasks, open and ended."""

    model, label = Task, _("Tasks")
    fields = ("description", "done_word", "dropped_because")
    named = ("owner",)
    dated = "due"


SEARCHED = (SearchedTasks(),)
