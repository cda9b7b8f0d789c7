"""The list of cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.db.models import F, Min, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kommissorium.accounts.models import danish_order
from kommissorium.assets.models import Answer
from kommissorium.core.ui.localised import left_in_words
from kommissorium.incidents.models import (
    Handler,
    Incident,
    Nature,
    Notification,
    Severity,
    State,
    Type,
)
from kommissorium.incidents.tabs import tab_line
from kommissorium.registers.lists.columns import column, field_column
from kommissorium.registers.lists.filters import Choice, Flag, Words, mentions
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.lists.ordering import place_of

SOON: Final = timedelta(hours=6)


def case_order(_page: IncidentList) -> Combinable:
    """Return the order of case numbers: by year, then by number."""
    return F("year") * 100_000 + F("number")


def _mine(page: IncidentList) -> Q:
    own = Handler.objects.current().filter(person=page.person)
    return Q(pk__in=own.values("incident"))


def _late(_page: IncidentList) -> Q:
    late = Notification.objects.running().filter(due_at__lt=timezone.now())
    return Q(pk__in=late.values("incident"))


def _countdown(row: Any, page: IncidentList) -> str:
    if row.next_due is None:
        return ""
    left = row.next_due - timezone.now()
    return page.badge(left_in_words(left), "warning" if left > SOON else "error")


class IncidentList(ListPage[Incident]):
    """The cases a person may read; without a filter all of them, the newest first."""

    code = "incidents"
    title = _("Incidents")
    counted = ngettext_lazy("%(number)s incident", "%(number)s incidents", "value")
    file_name = _("incidents")
    template = "incidents/incidents.html"
    model = Incident
    columns = (
        column("heading", _("Title"), order=danish_order("title")),
        column("case", _("Case"), value="case_number", order=case_order),
        column(
            "state",
            _("State"),
            choices=State.choices,
            tone="tone",
            order=place_of("state", State.values),
        ),
        field_column(Incident, "nature", order=place_of("nature", Nature.values)),
        field_column(Incident, "type", order=place_of("type", Type.values)),
        field_column(Incident, "severity", order="severity"),
        field_column(Incident, "reported_at", order="reported_at"),
        field_column(Incident, "discovered_at", order="discovered_at"),
        column("next_due", _("Next deadline"), kind="moment", cell=_countdown),
        column("area", _("Area"), value="area.name", order=danish_order("area__name")),
        field_column(Incident, "is_breach", order=place_of("is_breach", Answer.values)),
        field_column(Incident, "is_significant", order=place_of("is_significant", Answer.values)),
        field_column(Incident, "is_attack", order=place_of("is_attack", Answer.values)),
        field_column(Incident, "persons", order="persons"),
    )
    usual = ("case", "state", "next_due", "type", "severity", "reported_at")
    on_phone = ("state", "next_due")
    filters = (
        Words(lambda word: mentions(word, "title", "what", "place", "receipt")),
        Choice("state", _("State"), State.choices, is_folded=False),
        Choice("type", _("Type"), Type.choices),
        Choice("severity", _("Severity"), [(str(key), word) for key, word in Severity.choices]),
        Choice("nature", _("What it is"), Nature.choices),
        Flag("breach", _("Personal data breaches"), Q(is_breach=Answer.YES)),
        Flag("significant", _("Significant under NIS 2"), Q(is_significant=Answer.YES)),
        Flag("late", _("A deadline has passed"), _late),
        Flag("mine", _("Handled by me"), _mine),
    )
    default_sort = "-reported_at"
    order = ("-reported_at", "-pk")
    related = ("area",)

    def rows(self) -> QuerySet[Incident]:
        found = Incident.objects.visible_to(self.person)
        if not Incident.can_be_kept_by(self.person) and not found.exists():
            raise Http404
        return found

    def prepare(self, rows: Sequence[Incident]) -> None:
        """Add to each the deadline that comes next (one query)."""
        running = Notification.objects.running().filter(incident__in=[one.pk for one in rows])
        due = dict(running.order_by().values_list("incident").annotate(due=Min("due_at")))
        for row in rows:
            row.next_due = due.get(row.pk)  # type: ignore[attr-defined]

    def context(self) -> dict[str, Any]:
        return {"line": tab_line(self.person, "incidents")}
