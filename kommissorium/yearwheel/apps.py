"""The app configuration of the year wheel."""

from django.apps import AppConfig


class YearwheelConfig(AppConfig):
    name = "kommissorium.yearwheel"
    label = "yearwheel"
