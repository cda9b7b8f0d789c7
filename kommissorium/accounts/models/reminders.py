"""A person's wish for how often to be reminded by mail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderWish(models.TextChoices):
    """Choices of how often a person is reminded by mail of what waits for them."""

    DAILY = "daily", _("Every day there is something new")
    WEEKLY = "weekly", _("On Mondays")
    NEVER = "never", _("Never")


class Reminded(models.Model):
    """Somebody who is reminded by mail as often as they wish."""

    reminders = models.CharField(
        _("reminders by mail"), max_length=10, choices=ReminderWish, default=ReminderWish.DAILY
    )

    class Meta:
        abstract = True

    def wants_reminders(self, *, begins_week: bool) -> bool:
        """Return whether the person is to be reminded by mail on a day, the week's first or not."""
        wish = self.reminders
        return wish == ReminderWish.DAILY or (wish == ReminderWish.WEEKLY and begins_week)
