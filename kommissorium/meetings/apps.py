"""The app configuration of the room meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "kommissorium.meetings"
    label = "meetings"
