"""When each periodic job is next due."""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """A job of the schedule. Claimed by a conditional UPDATE of `next_at`."""

    name = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name
