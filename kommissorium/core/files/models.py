"""Stored files, identified by the hash of their content."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """The bytes of an uploaded file, kept once, outside the web root, by their hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> Path:
        folder: Path = settings.FILES_DIR
        return folder / self.sha256[:2] / self.sha256

    def read(self) -> bytes:
        """Return the bytes. Raises OSError when the disk has lost them."""
        return self.path.read_bytes()
