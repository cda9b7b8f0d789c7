"""The ground floor: evidence, mail, files, documents and page components."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "kommissorium.core"
    label = "core"
