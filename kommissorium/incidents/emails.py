"""Mails about incidents. They hold no details: a number, what to do, and a link."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.ui.localised import moment
from kommissorium.incidents.models import Incident, Notification
from kommissorium.measures.rules.notifications import PASSED
from kommissorium.registers.mails import chairs, coordinators, officers, queue_notices

FROM_CHAIR = 3  # the stage of a deadline from which the chair is told too


def queue_report(incident: Incident) -> None:
    """Tell the coordinators that something was reported."""

    def words() -> Letter:
        text = _("%(label)s was reported and waits to be triaged.")
        said = [text % {"label": incident.label}]
        return Letter(
            _("An incident was reported: triage it"), Link(_("Triage it"), path), lines=said
        )

    path = reverse("incident_triage", args=[incident.pk])
    queue_notices(coordinators(), "incidents.reported", incident.pk, words)


def queue_receipt(incident: Incident, person: Person) -> None:
    """Tell whoever reported by mail that it came; where it is theirs, the page to follow it on."""

    def words() -> Letter:
        text = _(
            "Your mail was taken in as report %(receipt)s. Those who handle incidents are told."
        )
        said = [text % {"receipt": incident.receipt}]
        if incident.reporter_id != person.pk:
            said.append(_("Did you not write it? Then tell those who handle incidents."))
        return Letter(
            _("Your report has been received"), Link(_("See the report"), path), lines=said
        )

    is_own = incident.reporter_id == person.pk
    path = (
        reverse("incident_reported", args=[incident.receipt])
        if is_own
        else reverse("incident_report")
    )
    queue_notices([person], "incidents.receipt", incident.pk, words)


def queue_addition(incident: Incident, line: int) -> None:
    """Tell the handlers of a case that its reporter added something; before that coordinators."""

    def words() -> Letter:
        text = _("Whoever reported %(label)s has added something.") % {"label": incident.label}
        subject = _("Something was added to a report of an incident")
        return Letter(subject, Link(_("Read what was added"), path), lines=[text])

    handling = Person.objects.filter(pk__in=incident.handlers.current().values("person"))
    few = [incident.coordinator] if incident.is_restricted else coordinators()
    path = f"{incident.get_absolute_url()}#timeline"
    queue_notices(handling or few, "incidents.report_added", line, words)


def queue_owners_told(incident: Incident) -> None:
    """Tell the owners of the assets concerned, once; not of a case that few may know of."""
    if incident.is_restricted or not incident.is_incident:
        return
    for asset in incident.assets.all():
        name, leads = {"name": asset.name}, asset.get_absolute_url()

        def words(name: dict[str, str] = name, path: str = leads) -> Letter:
            text = _("A security incident concerns %(name)s, which you answer for.") % name
            more = _("Those who handle it will come to you. You need do nothing else now.")
            subject = _("An incident concerns something you answer for")
            return Letter(subject, Link(_("See %(name)s") % name, path), lines=[text, more])

        owners = Person.objects.filter(pk__in=asset.ownerships.current().values("person"))
        queue_notices(owners, "incidents.owner_told", f"{incident.pk}:{asset.pk}", words)


def queue_handler_added(incident: Incident, person: Person) -> None:
    """Tell somebody that they have a part in the handling of a case."""

    def words() -> Letter:
        text = _("You have a part in the handling of %(label)s.") % {"label": incident.label}
        subject = _("You have a part in the handling of an incident")
        return Letter(subject, Link(_("Read the case"), incident.get_absolute_url()), lines=[text])

    key = f"{incident.pk}:{incident.handlers.count()}"
    queue_notices([person], "incidents.handler_added", key, words)


def queue_answer(incident: Incident, line: int) -> None:
    """Tell the reporter that there is an answer."""

    def words() -> Letter:
        text = _("There is an answer to your report %(receipt)s.") % {"receipt": incident.receipt}
        subject = _("There is an answer to what you reported")
        return Letter(subject, Link(_("Read the answer"), path), lines=[text])

    path = reverse("incident_reported", args=[incident.receipt])
    queue_notices([incident.reporter], "incidents.answered", line, words)


def queue_deadline(notification: Notification, stage: int) -> None:
    """Tell the people responsible for the case how a deadline stands."""

    def words() -> Letter:
        values = {"what": notification.rule.label, "label": notification.incident.label}
        values["due"] = moment(notification.due_at)
        text = _("%(label)s: %(what)s is to be sent by %(due)s.")
        path = notification.get_absolute_url()
        return Letter(_subject(stage), Link(_("See the deadline"), path), lines=[text % values])

    people = _beside(notification.incident, stage)
    key = f"{notification.pk}:{notification.due_at:%Y%m%d%H%M}:{stage}"
    queue_notices(people, "incidents.deadline", key, words)


def _subject(stage: int) -> str:
    """Return the subject, which administrators see: of no law, and so of no kind of case."""
    return {
        1: _("A deadline runs in a case of yours"),
        2: _("Half the time is gone in a case of yours"),
        3: _("Six hours are left in a case of yours"),
        4: _("One hour is left in a case of yours"),
        PASSED: _("A deadline has passed in a case of yours"),
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
