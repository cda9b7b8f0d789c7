"""The calendar of meetings, their agendas and their packs."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "kommissorium.meetings"
    label = "meetings"
