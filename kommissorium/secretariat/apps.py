"""What spans the rooms: the overview, the setup assistant, navigation."""

from django.apps import AppConfig


class SecretariatConfig(AppConfig):
    name = "kommissorium.secretariat"
    label = "secretariat"
