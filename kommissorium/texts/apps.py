"""The app configuration of the room texts."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    """The room of starter texts, imports, drafts in Word and what differs."""

    name = "kommissorium.texts"
    label = "texts"
