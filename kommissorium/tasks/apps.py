"""Tasks: one kind of follow-up, wherever it was born."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "kommissorium.tasks"
    label = "tasks"
