"""Stored files, identified by the hash of their content."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused


class FileDamaged(Refused):
    """The disk has lost a file, or holds other bytes than were stored."""


class StoredFile(models.Model):
    """The bytes of an uploaded file, kept once, outside the web root, by their hash."""

    UNKEPT = "never changes, and its key is the hash of its bytes"

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
        """Return the stored bytes. Raises FileDamaged when the disk no longer has them."""
        return self.checked().read_bytes()

    def checked(self) -> Path:
        """Return the path of the bytes that were stored. Raises FileDamaged as `read` does."""
        if not self.path.exists():
            raise FileDamaged(
                _("The file has disappeared from the server. Tell those who run Kommissorium.")
            )
        if self.what_is_wrong():
            raise FileDamaged(
                _(
                    "The file on the server is not the one that was added, so it is not handed out."
                    " Tell those who run Kommissorium."
                )
            )
        return self.path

    def what_is_wrong(self) -> str:
        """Return in English how the disk differs from the stored bytes; "" when it does not.

        A link is never followed: what it leads to can be exchanged without a trace here.
        """
        try:
            there = self.path.lstat()
            if stat.S_ISLNK(there.st_mode) or self.path.parent.is_symlink():
                return "it is a link and no file"
            if not stat.S_ISREG(there.st_mode):
                return "it is no file"
            if there.st_size != self.size:
                return f"it has {there.st_size:,} bytes and not the {self.size:,} that were stored"
            with os.fdopen(os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except OSError as error:
            return f"it cannot be read: {error.strerror}"
        return "" if same else "it holds other bytes than were stored"
