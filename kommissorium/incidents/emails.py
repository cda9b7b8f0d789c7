"""Mails about incidents. They hold no details: a number, what is to be done, and a link."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.ui.localised import moment
from kommissorium.incidents.laws import PASSED
from kommissorium.incidents.models import (
    Incident,
    Notification,
    chairs,
    coordinators,
    officers,
)

FROM_CHAIR = 3  # the stage of a deadline from which the chair is told too


def queue_report(incident: Incident) -> None:
    """Tell the coordinators that something was reported."""
    for person in _reachable(coordinators()):
        with translation.override(person.language):
            _queue(
                person,
                "incidents.reported",
                f"{incident.pk}",
                subject=_("An incident was reported: triage it"),
                text=_("%(label)s was reported and waits to be triaged.")
                % {"label": incident.label},
                path=reverse("incident_triage", args=[incident.pk]),
            )


def queue_addition(incident: Incident, line: int) -> None:
    """Tell those who handle a case that its reporter added something; before that coordinators."""
    handling = Person.objects.filter(pk__in=incident.handlers.current().values("person"))
    for one in _reachable(handling or _triaging(incident)):
        with translation.override(one.language):
            _queue(
                one,
                "incidents.report_added",
                f"{line}",
                subject=_("Something was added to a report of an incident"),
                text=_("Whoever reported %(label)s has added something.")
                % {"label": incident.label},
                path=f"{incident.get_absolute_url()}#timeline",
            )


def _triaging(incident: Incident) -> Iterable[Person]:
    """Return who sees to a case that nobody handles: of one for few who triaged it."""
    if incident.is_restricted:
        return [incident.coordinator] if incident.coordinator else []
    return coordinators()


def queue_owners_told(incident: Incident) -> None:
    """Tell the owners of what is concerned, once; not of a case that few may know of."""
    if incident.is_restricted or not incident.is_incident:
        return
    for asset in incident.assets.all():
        held = asset.ownerships.current().values("person")
        for person in _reachable(Person.objects.filter(pk__in=held)):
            with translation.override(person.language):
                text = _("A security incident concerns %(name)s, which you answer for.")
                more = _("Those who handle it will come to you. You need do nothing else now.")
                _queue(
                    person,
                    "incidents.owner_told",
                    f"{incident.pk}:{asset.pk}",
                    subject=_("An incident concerns %(name)s") % {"name": asset.name},
                    text=f"{text % {'name': asset.name}} {more}",
                    path=asset.get_absolute_url(),
                )


def queue_handler_added(incident: Incident, person: Person) -> None:
    """Tell somebody that they have a part in the handling of a case."""
    for one in _reachable([person]):
        with translation.override(one.language):
            _queue(
                one,
                "incidents.handler_added",
                f"{incident.pk}:{incident.handlers.count()}",
                subject=_("You have a part in the handling of an incident"),
                text=_("You have a part in the handling of %(label)s.") % {"label": incident.label},
                path=incident.get_absolute_url(),
            )


def queue_answer(incident: Incident, line: int) -> None:
    """Tell the reporter that there is an answer."""
    for one in _reachable([incident.reporter] if incident.reporter else []):
        with translation.override(one.language):
            _queue(
                one,
                "incidents.answered",
                f"{line}",
                subject=_("There is an answer to what you reported"),
                text=_("There is an answer to your report %(receipt)s.")
                % {"receipt": incident.receipt},
                path=reverse("incident_reported", args=[incident.receipt]),
            )


def queue_deadline(notification: Notification, stage: int) -> None:
    """Tell those who stand beside the case how a deadline stands."""
    for person in _reachable(_beside(notification.incident, stage)):
        with translation.override(person.language):
            values = {"what": notification.rule.label, "label": notification.incident.label}
            values["due"] = moment(notification.due_at)
            _queue(
                person,
                "incidents.deadline",
                f"{notification.pk}:{notification.due_at:%Y%m%d%H%M}:{stage}",
                subject=_subject(stage) % values,
                text=_("%(label)s: %(what)s is to be sent by %(due)s.") % values,
                path=notification.get_absolute_url(),
            )


def _subject(stage: int) -> str:
    return {
        1: _("A deadline runs: %(what)s"),
        2: _("Half the time is gone: %(what)s"),
        3: _("Six hours left: %(what)s"),
        4: _("One hour left: %(what)s"),
        PASSED: _("The deadline has passed: %(what)s"),
    }[stage]


def _beside(incident: Incident, stage: int) -> Iterable[Person]:
    """Return who hears of a deadline: handlers, officer and coordinators; at last chairs too."""
    handling = Q(pk__in=incident.handlers.current().values("person"))
    found = handling | Q(pk__in=officers().values("pk"))
    if incident.is_restricted:
        return list(Person.objects.filter(found | Q(pk=incident.coordinator_id)))
    found |= Q(pk__in=coordinators().values("pk"))
    if stage >= FROM_CHAIR:
        found |= Q(pk__in=chairs().values("pk"))
    return list(Person.objects.filter(found))


def _reachable(people: Iterable[Person]) -> Iterable[Person]:
    return [one for one in people if one.email and one.is_active]


def _queue(person: Person, kind: str, key: str, *, subject: str, text: str, path: str) -> None:
    hello = _("Hello %(name)s") % {"name": person.name}
    body = f"{hello}\n\n{text}\n\n{settings.SITE_URL}{path}"
    queue_mail(to=person.email or "", kind=kind, key=key, subject=subject, body=body)
