"""Systems, data sets and physical archives, and those who own them."""

from __future__ import annotations

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """The room of the registers of what the municipality is to protect."""

    name = "kommissorium.assets"
