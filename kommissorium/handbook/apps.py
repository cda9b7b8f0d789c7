"""The app configuration of the handbook: the policies in force, searched and read."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig

from kommissorium.core.evidence.row_readers import OPEN, Readers


class HandbookConfig(AppConfig):
    name = "kommissorium.handbook"
    label = "handbook"
    readers: ClassVar[Readers] = {
        "handbooksettings": OPEN,
    }
