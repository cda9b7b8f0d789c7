"""People, sign-in and roles in the whole organisation."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kommissorium.accounts"
    label = "accounts"
