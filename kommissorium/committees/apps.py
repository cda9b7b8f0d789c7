"""The app configuration of the room committees."""

from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "kommissorium.committees"
    label = "committees"
    leaders = "kommissorium.committees.leaders.leaders"  # asked by the room accounts
