"""The app configuration of the room core: evidence, mail, files, documents and parts of pages."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "kommissorium.core"
    label = "core"
