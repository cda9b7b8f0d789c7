"""Figures for the agenda item of incidents (A3), and details where it is closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.incidents.models import OPEN, Incident, Notification, Severity, Type
from kommissorium.measures.codes import Measure
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.agenda import AgendaContext, Tables

MANY = 2  # of a type since the meeting before: a pattern


def compose_incidents(context: AgendaContext) -> Tables:
    """Return the figures since the meeting before; with each case if all such items are closed."""
    since = Q(state__in=OPEN) | context.since("reported_at") | context.since("closed_at")
    found = list(Incident.objects.incidents().filter(since).order_by("-pk"))
    tables = [_figures(context, found)]
    if is_closed_item(context):
        tables.append(_cases(found))
    return tuple(tables)


def is_closed_item(context: AgendaContext) -> bool:
    """Return whether details may be shown: the items of incidents are closed, all of them."""
    items = [one for one in context.items if _is_ours(one)]
    return bool(items) and all(one.is_closed for one in items)


def _is_ours(item: object) -> bool:
    clause = getattr(item, "clause", None)
    return clause is not None and clause.measure == Measure.AGENDA_INCIDENTS


def _figures(context: AgendaContext, found: Iterable[Incident]) -> FactTable:
    before = context.met_before
    rows = list(found)
    new = [one for one in rows if before is None or one.reported_at >= before]
    closed = [one for one in rows if one.closed_at and (before is None or one.closed_at >= before)]
    numbers = [
        (_("New since the last meeting"), str(len(new))),
        (_("Open now"), str(sum(one.is_open for one in rows))),
        (_("Closed since the last meeting"), str(len(closed))),
        (_("Notifications sent in time"), _in_time(context)),
    ]
    kinds = Counter(one.type for one in new)
    numbers += [
        (_("Pattern: %(type)s") % {"type": Type(kind).label}, _times(number))
        for kind, number in kinds.most_common()
        if number >= MANY
    ]
    lines = tuple(FactRow(f"incidents.figures:{place}", row) for place, row in enumerate(numbers))
    columns = (_("What"), _("Number"))
    lead = _("Names of persons stand in no minutes; details are for a closed item.")
    return FactTable("incidents", _("Incidents"), "", columns, lines, hint=lead)


def _in_time(context: AgendaContext) -> str:
    sent = Notification.objects.filter(context.since("sent_at"), sent_at__isnull=False)
    found = [one.was_late for one in sent if one.due_at]
    values = {"number": found.count(False), "total": len(found)}
    return _("%(number)s of %(total)s") % values if found else "–"


def _times(number: int) -> str:
    return ngettext("%(number)s time", "%(number)s times", number) % {"number": number}


def _cases(found: Iterable[Incident]) -> FactTable:
    rows = tuple(
        FactRow(
            f"incidents.incident:{one.pk}",
            (
                one.case_number,
                one.title if not one.is_restricted else "–",
                str(Severity(one.severity).label) if one.severity else "–",
                one.get_state_display(),
            ),
            one.get_absolute_url(),
            urgent=one.is_open,
        )
        for one in found
    )
    columns = (_("Case"), _("Title"), _("Severity"), _("State"))
    return FactTable("incident_cases", _("The cases"), "", columns, rows)
