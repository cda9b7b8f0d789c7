"""The app configuration of the room tasks."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "kommissorium.tasks"
    label = "tasks"
