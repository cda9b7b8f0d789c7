"""Committees, their mandates and their seats."""

from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "kommissorium.committees"
    label = "committees"
