"""How often a person wishes to be reminded by mail."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

MONDAY = 0


class ReminderWish(models.TextChoices):
    """How often a person is reminded by mail of what waits for them."""

    DAILY = "daily", _("Every day there is something new")
    WEEKLY = "weekly", _("On Mondays")
    NEVER = "never", _("Never")


class Reminded(models.Model):
    """Somebody who is reminded by mail as they wish."""

    reminders = models.CharField(
        _("reminders by mail"), max_length=10, choices=ReminderWish, default=ReminderWish.DAILY
    )

    class Meta:
        abstract = True

    def wants_reminders(self, on: date) -> bool:
        """Return whether the person is to be reminded by mail on that day."""
        is_monday = on.weekday() == MONDAY
        wish = self.reminders
        return wish == ReminderWish.DAILY or (wish == ReminderWish.WEEKLY and is_monday)
