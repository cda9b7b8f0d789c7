"""The time each periodic job is next due."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy


class Job(models.Model):
    """A job of the schedule. Claimed by a conditional UPDATE of `next_at`."""

    UNSEALED = gettext_lazy("when the worker did what")

    name = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name
