"""The app configuration of the room texts."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig

from kommissorium.core.evidence.row_readers import OPEN, Readers


class TextsConfig(AppConfig):
    """The room of starter texts, imports, drafts in Word and what differs."""

    name = "kommissorium.texts"
    label = "texts"
    readers: ClassVar[Readers] = {
        "textimport": OPEN,
    }
