"""The app configuration of the room beginnings."""

from django.apps import AppConfig


class BeginningsConfig(AppConfig):
    """The room of starter texts, and of imports of documents."""

    name = "kommissorium.beginnings"
    label = "beginnings"
