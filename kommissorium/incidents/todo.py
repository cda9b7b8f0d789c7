"""To-do items of incidents on the overview, with the running deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.ui.localised import moment
from kommissorium.core.ui.todo import Todo
from kommissorium.incidents.models import Awareness, Incident, IncidentSettings, Notification, State
from kommissorium.registers.mails import is_dpo

MOST = 20  # lines of a kind: the list has the rest


def todos_of(person: Person) -> Iterator[Todo]:
    """Yield the deadlines of cases the person works on, reports to triage, words to give."""
    visible = Incident.objects.visible_to(person)
    keys = visible.order_by().values("pk")
    if person.is_coordinator or is_dpo(person) or _handles(person):
        yield from _deadlines(Notification.objects.running().filter(incident__in=keys))
    if person.is_coordinator:
        for one in visible.filter(state=State.REPORTED).order_by("reported_at")[:MOST]:
            text = _("%(label)s is to be triaged.") % {"label": one.label}
            url = reverse("incident_triage", args=[one.pk])
            yield Todo(text, _("Triage"), url, urgent=True, by_law=True)
        least = IncidentSettings.current().evaluated_from
        closed = visible.incidents().filter(state=State.CLOSED, severity__gte=least)
        if number := closed.filter(evaluations=None).count():
            text = ngettext(
                "%(number)d closed incident is to be evaluated by the committee.",
                "%(number)d closed incidents are to be evaluated by the committee.",
                number,
            )
            url = f"{reverse('incidents')}?state=closed"
            yield Todo(text % {"number": number}, _("See them"), url, minutes=30 * number)
    if is_dpo(person):
        rows = Awareness.objects.filter(is_first=False, answered_at=None, incident__in=keys)
        for row in rows.select_related("incident")[:MOST]:
            text = _("%(label)s: does another time count as when it became known?")
            url = reverse("incident_awareness_word", args=[row.pk])
            yield Todo(text % {"label": row.incident.label}, _("Give your word"), url, urgent=True)


def _deadlines(notifications: object) -> Iterator[Todo]:
    for notification in notifications.select_related("incident").order_by("due_at")[:MOST]:  # type: ignore[attr-defined]
        values = {"label": notification.incident.label, "what": notification.rule.label}
        text = _("%(label)s: %(what)s") % values
        due = timezone.localdate(notification.due_at)
        note = moment(notification.due_at)
        url = notification.get_absolute_url()
        line = Todo(text, _("See"), url, urgent=True, due=due, note=note)
        yield line._replace(by_law=True, minutes=40)


def _handles(person: Person) -> bool:
    return Incident.objects.open().filter(handlers__person=person, handlers__ended_at=None).exists()
