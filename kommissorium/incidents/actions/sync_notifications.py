"""Keep the notifications of a case in step with its triage, its awareness and those sent."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from kommissorium.assets.models import Answer
from kommissorium.incidents.laws import AWARENESS, Rule, rules_of
from kommissorium.incidents.models import Incident, Notification


def sync_notifications(incident: Incident) -> None:
    """Make the rows the laws ask for, and recalculate all deadlines. The caller records it."""
    known = {one.code: one for one in incident.notifications.all()}
    wanted = rules_of(incident.laws) if incident.is_incident else []
    for rule in wanted:
        if rule.code not in known:
            needed = Answer.YES if rule.runs_from else Answer.UNSET
            known[rule.code] = incident.notifications.create(code=rule.code, needed=needed)
    codes = {rule.code for rule in wanted}
    for notification in known.values():
        if notification.code not in codes:
            _withdraw(notification)
        elif notification.because == _withdrawn() and notification.decided_by_id is None:
            needed = Answer.YES if notification.rule.runs_from else Answer.UNSET
            Notification.objects.filter(pk=notification.pk).update(needed=needed, because="")
    for notification in known.values():
        if not notification.sent_at:
            _reckon(notification, known, incident)


def _withdraw(notification: Notification) -> None:
    """Note that the triage no longer asks for it; sent ones stay."""
    if not notification.is_settled:
        Notification.objects.filter(pk=notification.pk).update(
            needed=Answer.NO, because=_withdrawn()
        )


def _withdrawn() -> str:
    return _("The triage no longer asks for it.")


def _reckon(notification: Notification, known: dict[str, Notification], incident: Incident) -> None:
    begin = begin_of(notification, notification.rule, known, incident)
    due = notification.rule.due_from(begin) if begin else None
    if (begin, due) != (notification.from_at, notification.due_at):
        notification.from_at, notification.due_at, notification.told_stage = begin, due, 0
        Notification.objects.filter(pk=notification.pk).update(
            from_at=begin, due_at=due, told_stage=0
        )


def begin_of(
    notification: Notification, rule: Rule, known: dict[str, Notification], incident: Incident
) -> datetime | None:
    """Return the start of its period; None where that has not come.

    The final report follows the notification, one month after it was sent or should have been.
    Where a status was sent in its place, it follows the end of the handling.
    """
    if rule.runs_from == AWARENESS:
        rows = incident.awareness.counting().filter(law=rule.law)
        return rows.order_by("-pk").values_list("at", flat=True).first()
    if not rule.runs_from:
        return None
    if notification.status_sent_at:
        return incident.closed_at
    before = known.get(rule.runs_from)
    return (before.sent_at or before.due_at) if before else None
