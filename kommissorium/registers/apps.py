"""The kit that registers are built with, and how they join the committee's work."""

from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """The room of what all registers have in common; itself it is none."""

    name = "kommissorium.registers"
