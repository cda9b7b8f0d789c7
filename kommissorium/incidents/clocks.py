"""Notifications as pages show them: their deadlines, and the drafts of what is to be said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kommissorium.assets.models import Answer
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.localised import left_in_words, moment, number
from kommissorium.incidents.laws import rules
from kommissorium.incidents.models import Incident, Notification
from kommissorium.measures.rules.notifications import SENT
from kommissorium.registers.mails import officers

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


def noted_moments(*cases: int) -> dict[tuple[int, str], datetime]:
    """Return when it was noted of notifications that they were sent, by case and code (one query)."""
    keys = [str(key) for key in cases]
    events = Event.objects.filter(act=SENT, object_kind="incidents.incident", object_id__in=keys)
    rows = events.order_by("seq").values_list("object_id", "facts", "at")
    return {(int(key), json.loads(facts)["notification"]): at for key, facts, at in rows}


def answers_of(notification: Notification) -> list[tuple[str, str]]:
    """Return each question of the authority with the case's answer; "" for nothing yet."""
    known = _known(notification)
    return [(str(one), known.get(one.name, "")) for one in notification.rule.fields]


def draft_of(notification: Notification) -> str:
    """Return the draft as a text to copy or print."""
    parts = [f"{question}\n{answer or '…'}" for question, answer in answers_of(notification)]
    return "\n\n".join([notification.incident.label, *parts])


def _known(notification: Notification) -> dict[str, str]:
    incident = notification.incident
    return {
        "occurred": _occurred(incident),
        "aware": _aware(notification),
        "persons": _listed(incident.person_groups, number(incident.persons)),
        "data": incident.data_groups,
        "contact": ", ".join(f"{one.name}, {one.email}" for one in officers()),
        "effects": incident.effects,
        "remedy": incident.remedy,
        "late": notification.late_because,
        "malice": notification.get_is_malicious_display() if notification.is_malicious else "",
        "borders": notification.get_crosses_borders_display()
        if notification.crosses_borders
        else "",
        "severity": incident.get_severity_display() if incident.severity else "",
    }


def _occurred(incident: Incident) -> str:
    times = []
    if incident.happened_at:
        times.append(_("It began %(moment)s.") % {"moment": moment(incident.happened_at)})
    times.append(_("It was discovered %(moment)s.") % {"moment": moment(incident.discovered_at)})
    systems = ", ".join(one.name for one in incident.assets.all())
    lines = [incident.title, " ".join(times)]
    if systems:
        lines.append(_("Systems and data: %(names)s.") % {"names": systems})
    return "\n".join(filter(None, lines))


def _aware(notification: Notification) -> str:
    """Return since when it is known: the first moment too where a later one counts."""
    rows = notification.incident.awareness.filter(law=notification.rule.law)
    counting = rows.counting().order_by("-pk").first()
    first = rows.filter(is_first=True).first()
    if counting is None or first is None:
        return ""
    if counting.pk == first.pk:
        return f"{moment(first.at)}. {first.because}"
    text = _("%(moment)s (first noted as %(first)s; changed with the reason: %(why)s)")
    values = {"moment": moment(counting.at), "first": moment(first.at), "why": counting.because}
    return text % values


def _listed(*words: str) -> str:
    return ", ".join(filter(None, words))
