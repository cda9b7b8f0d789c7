"""The opening of the incidents: deadlines that have passed, reports that wait, and the year by kind.

Of cases each reads their own: it counts those that who looks at it may read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.charts.columns import Columns
from kommissorium.core.ui.localised import moment, span
from kommissorium.incidents.models import OPEN, Incident, Nature, Notification, State, Type
from kommissorium.incidents.signals import OPEN_INCIDENTS
from kommissorium.measures.days import add_months
from kommissorium.registers.mails import is_chair, is_dpo
from kommissorium.registers.opening import Figure, Opening, Wrong

MONTHS: Final = 12
KINDS: Final = 3  # that have a fill of their own; the others are one


class IncidentOpening(Opening):
    """How the cases stand that a coordinator, a chair or the data protection officer may read."""

    is_same_for_all = False

    @staticmethod
    def is_read_by(person: Person) -> bool:
        return person.is_coordinator or is_dpo(person) or is_chair(person)

    @cached_property
    def cases(self) -> QuerySet[Incident]:
        return Incident.objects.visible_to(self.person).order_by()

    @cached_property
    def running(self) -> list[Notification]:
        """Return what has a deadline and is not sent, what ran out first at its top (one query)."""
        own = Notification.objects.running().filter(incident__in=self.cases.values("pk"))
        return list(own.select_related("incident").order_by("due_at", "pk"))

    @cached_property
    def late(self) -> list[Notification]:
        now = timezone.now()
        return [one for one in self.running if one.due_at and one.due_at < now]

    @cached_property
    def open(self) -> list[Incident]:
        """Return the cases that are not closed, the oldest first (one query)."""
        fields = ("pk", "state", "nature", "reported_at", "year", "number", "title", "receipt")
        found = self.cases.filter(state__in=OPEN).order_by("reported_at", "pk")
        return list(found.only(*fields))

    @property
    def reported(self) -> list[Incident]:
        return [one for one in self.open if one.state == State.REPORTED]

    @cached_property
    def is_empty(self) -> bool:
        return not self.open and not self.cases.exists()

    def wrongs(self) -> Iterator[str]:
        if self.late:
            text = ngettext(
                "%(number)d notification is %(span)s over its deadline.",
                "%(number)d notifications are over their deadlines, the first by %(span)s.",
                len(self.late),
            )
            over = timezone.now() - (self.late[0].due_at or timezone.now())
            yield text % {"number": len(self.late), "span": span(over)}
        if number := len(self.reported):
            text = ngettext(
                "%(number)d report waits to be triaged.",
                "%(number)d reports wait to be triaged.",
                number,
            )
            yield text % {"number": number}

    def right(self) -> str:
        if self.is_empty:
            return ""
        return _("No deadline has passed, and every report is triaged.")

    def more(self) -> str:
        """Return when the next deadline runs out; how many are open where none does."""
        if len(self.running) > len(self.late):
            due = self.running[len(self.late)].due_at
            return _("The next deadline runs out %(moment)s.") % {"moment": moment(due)}
        number = sum(one.nature == Nature.INCIDENT for one in self.open)
        return "" if self.is_empty else OPEN_INCIDENTS.said(number)

    def wrong(self) -> Wrong | None:
        if self.late:
            first = self.late[0]
            title = f"{first.incident.label}: {first.rule.label}"
            said = _("The deadline was %(moment)s.") % {"moment": moment(first.due_at)}
            return Wrong(title, said, _("See the notification"), first.get_absolute_url())
        if not self.reported:
            return None
        oldest = self.reported[0]
        said = _("Reported %(moment)s.") % {"moment": moment(oldest.reported_at)}
        if self.person.is_coordinator:
            url = reverse("incident_triage", args=[oldest.pk])
            return Wrong(oldest.label, said, _("Triage"), url)
        return Wrong(oldest.label, said, _("See the case"), oldest.get_absolute_url())

    def figure(self) -> Figure | None:
        """Return the security incidents of the last months by type (one query)."""
        months = months_until(self.day, MONTHS)
        rows = self.cases.incidents().filter(reported_at__date__gte=months[0])  # type: ignore[attr-defined]
        found: defaultdict[str, Counter[date]] = defaultdict(Counter)
        by_month = rows.annotate(month=TruncMonth("reported_at")).values_list("type", "month")
        for kind, month, number in by_month.annotate(number=Count("pk")):
            found[kind][timezone.localdate(month)] += number
        greatest = sorted(found, key=lambda one: (-found[one].total(), one))
        own, rest = greatest[:KINDS], greatest[KINDS:]
        groups: list[tuple[str, Any]] = [(str(Type(one).label), found[one]) for one in own]
        if rest:
            groups.append((_("Other types"), sum((found[one] for one in rest), Counter())))
        picture = Columns(
            _("Security incidents of the last twelve months, by month and type."),
            [name for name, _numbers in groups],
            [[numbers[month] for month in months] for _name, numbers in groups],
            [date_format(month, "M Y").lower() for month in months],
        )
        if not picture.is_drawn:
            return None
        return Figure(_("Security incidents by month and type"), picture, *picture.table)


def months_until(day: date, number: int) -> list[date]:
    """Return the first days of so many months, the day's own last."""
    first = day.replace(day=1)
    return [add_months(first, place - number + 1) for place in range(number)]
