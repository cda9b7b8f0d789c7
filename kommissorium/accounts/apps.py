"""The app configuration of the room accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kommissorium.accounts"
    label = "accounts"
