"""Evaluations by a committee of what was planned and held."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from kommissorium.accounts.models import Person
from kommissorium.registers.models.proposals import Proposal


class Evaluation(Proposal):
    """An evaluation that a committee decides on. Approved, it never changes.

    A room adds what it is of, and its texts.
    """

    page: ClassVar[str]  # the name of its address

    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        return reverse(self.page, args=[self.pk])
