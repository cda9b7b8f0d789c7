"""Deadlines as pages show them: the notification, the time left, and the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kommissorium.assets.models import Answer
from kommissorium.core.ui.countdown import left_in_words
from kommissorium.core.ui.localised import moment
from kommissorium.incidents.laws import rules
from kommissorium.incidents.models import Incident, Notification

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """A notification with its state at a moment."""

    notification: Notification
    now: datetime

    @property
    def tone(self) -> str:
        notification = self.notification
        if notification.sent_at:
            return "warning" if notification.was_late else "success"
        if notification.needed == Answer.NO:
            return "neutral"
        if notification.due_at is None:
            return "neutral" if not notification.rule.law else "info"
        if notification.due_at <= self.now:
            return "error"
        return "warning" if notification.due_at - self.now <= 6 * HOUR else "info"

    @property
    def words(self) -> str:
        """Return its state, in a few words."""
        notification = self.notification
        if notification.sent_at:
            return _("Sent after the deadline") if notification.was_late else _("Sent")
        if notification.needed == Answer.NO:
            return _("Need not be sent")
        if notification.due_at is None:
            if notification.status_sent_at:
                return _("A month after the case is closed")
            return _("To be decided") if not notification.needed else _("Without undue delay")
        return left_in_words(notification.due_at - self.now)

    @property
    def when(self) -> str:
        """Return the moment that counts, in words; "" for none."""
        return moment(
            self.notification.sent_at
            or (self.notification.due_at if self.notification.is_running else None)
        )


def clocks_of(incident: Incident, now: datetime) -> list[Clock]:
    """Return the notifications of a case in the order of the laws (one query)."""
    order = {rule.code: place for place, rule in enumerate(rules())}
    found = sorted(incident.notifications.all(), key=lambda one: order.get(one.code, len(order)))
    return [Clock(one, now) for one in found]
