"""The app configuration of the year wheel."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig

from kommissorium.core.evidence.row_readers import OPEN, Readers, under


class YearwheelConfig(AppConfig):
    name = "kommissorium.yearwheel"
    label = "yearwheel"
    readers: ClassVar[Readers] = {
        "delegation": under("occurrence"),
        "dutycadence": under("duty"),
        "evidence": under("occurrence"),
        "move": under("occurrence"),
        "tag": OPEN,
    }
