"""The app configuration of the handbook: the policies in force, searched and read."""

from django.apps import AppConfig


class HandbookConfig(AppConfig):
    name = "kommissorium.handbook"
    label = "handbook"
