"""Log of who read what; it expires because it names people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kommissorium.accounts.models import Person


class ReadingLog(models.Model):
    """One reading. A room adds `what` was read of it, and the key to it, by the name `of`."""

    of: ClassVar[str]

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{getattr(self, f'{self.of}_id')} {self.at}"
