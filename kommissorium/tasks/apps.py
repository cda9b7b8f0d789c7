"""The app configuration of the room tasks."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig

from kommissorium.core.evidence.row_readers import CLOSED, Itself, Readers, under


class TasksConfig(AppConfig):
    name = "kommissorium.tasks"
    label = "tasks"
    readers: ClassVar[Readers] = {
        "delegation": under("task"),
        "ending": under("task"),
        "quartertask": under("task"),
        "task": Itself(CLOSED),
    }
