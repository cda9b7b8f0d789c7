"""Numbers of the incidents: their predicates and words, and what is measured by them.

No list is narrowed by them: it shows a person the cases that they may read, and these count all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kommissorium.assets.models import Answer
from kommissorium.incidents.models import OPEN, Incident, Nature, Notification, State
from kommissorium.measures.days import year_before
from kommissorium.measures.rules import notifications as rules
from kommissorium.registers.agenda import Weight
from kommissorium.registers.numbers import Indicator, Numbers, percentage
from kommissorium.registers.signals import OfTable, Signal, TableSignals

TO_AUTHORITY: Final = "gdpr_33"  # the notification of a personal data breach
OPEN_INCIDENTS: Final[Signal[OfTable]] = Signal(
    code="incidents_open",
    label=_("Open when the period ended"),
    holds=lambda _day: Q(nature=Nature.INCIDENT, state__in=OPEN),
    sentence=ngettext_lazy("One incident is open.", "%(number)d incidents are open.", "number"),
    none=_("No incident is open."),
    wanted="less",
)
INCIDENTS: Final = TableSignals(signals=(OPEN_INCIDENTS,), rows=Incident.objects.all)
RUNNING: Final[Signal[OfTable]] = Signal(
    code="running",
    label=_("Notifications and deadlines"),
    holds=lambda _day: Q(due_at__isnull=False),
)
UNSENT: Final[Signal[OfTable]] = Signal.of(
    rules.UNSENT,
    label=_("A deadline has passed"),
    holds=lambda _day: Q(due_at__lt=timezone.now()),
    point=ngettext_lazy(
        "asks whoever handles the case to send the notification that has not been sent at once, or to "
        "write why it is not needed",
        "asks those who handle the cases to send the notifications that have not been sent at once, or "
        "to write why they are not needed",
        "number",
    ),
    weight=Weight.DECIDE,
)
NOTIFICATIONS: Final = TableSignals(signals=(RUNNING, UNSENT), rows=Notification.objects.running)


def count_incidents(day: date) -> dict[str, int]:
    """Count the reports until the day and those open today; past days keep their figures."""
    known = Incident.objects.filter(reported_at__date__lte=day)
    by_state = dict(known.order_by().values_list("state").annotate(Count("pk")))
    return {
        "reported": by_state.get(State.REPORTED, 0),
        "open": sum(by_state.get(state, 0) for state in OPEN),
        "closed": by_state.get(State.CLOSED, 0),
        "evaluated": by_state.get(State.EVALUATED, 0),
        **INCIDENTS.counted(known, day),
        **NOTIFICATIONS.count(day),
    }


def count_breaches(day: date) -> Numbers:
    """Count the breaches the authority was to be told of within the twelve months before the day,
    and those of them it was told of in time."""
    owed = Notification.objects.filter(code=TO_AUTHORITY).exclude(needed=Answer.NO)
    owed = owed.filter(due_at__date__gte=year_before(day), due_at__date__lt=day)
    in_time = Q(sent_at__lte=F("due_at"))
    return owed.order_by().aggregate(breaches=Count("pk"), in_time=Count("pk", filter=in_time))


INDICATORS: Final[Mapping[str, Indicator]] = {
    "breaches_in_time": percentage(
        _("Personal data breaches notified within 72 hours"),
        "in_time",
        "breaches",
        _(
            "Of the personal data breaches whose deadline ran out in the last twelve months: how "
            "many the Danish Data Protection Agency was told of within it."
        ),
        numbers=count_breaches,
    ),
}
