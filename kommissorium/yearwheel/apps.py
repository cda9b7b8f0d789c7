"""The year wheel: what the mandate makes recur, and what came of it each time."""

from django.apps import AppConfig


class YearwheelConfig(AppConfig):
    name = "kommissorium.yearwheel"
    label = "yearwheel"
