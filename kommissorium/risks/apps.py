"""Risks: how they are assessed, treated and accepted, and the level the committee sets."""

from __future__ import annotations

from django.apps import AppConfig


class RisksConfig(AppConfig):
    """The room of the register of risks."""

    name = "kommissorium.risks"
