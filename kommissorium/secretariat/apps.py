"""The app configuration of the secretariat: overview, setup assistant, navigation."""

from django.apps import AppConfig


class SecretariatConfig(AppConfig):
    name = "kommissorium.secretariat"
    label = "secretariat"
