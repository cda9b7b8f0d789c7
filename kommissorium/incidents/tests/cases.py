"""Incidents in every state, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast
from kommissorium.incidents.actions.evaluations import draft_evaluation
from kommissorium.incidents.actions.handling import add_handler, begin_handling, close_incident
from kommissorium.incidents.actions.notifications import decide_notification, note_sent
from kommissorium.incidents.actions.reports import report_incident, triage_incident
from kommissorium.incidents.evaluation import KIND
from kommissorium.incidents.models import Evaluation, Incident, Notification
from kommissorium.registers.actions.standard_proposals import change_draft

HOUR = timedelta(hours=1)
SENT = {"receipt": "A-1", "late_because": ""}


def reported(cast: Cast, *, by: Person | None = None, **values: Any) -> Incident:
    """Report something, by the employee unless somebody else is named."""
    told = {
        "what": "Jeg trykkede på et link i en mail.",
        "place": "Outlook",
        "personal_data": "",
        "discovered_at": timezone.now(),
        **values,
    }
    return report_incident(by=by or cast.employee, **told).incident


def triage_values(**others: Any) -> dict[str, Any]:
    """Return the values of a triage: a breach of personal data, not significant under NIS 2."""
    return {
        "title": "Phishing mod en medarbejder",
        "nature": "incident",
        "type": "phishing",
        "severity": 3,
        "hits_confidentiality": True,
        "hits_integrity": False,
        "hits_availability": False,
        "area": None,
        "persons": 40,
        "person_groups": "Borgere",
        "data_groups": "Navne og CPR-numre",
        "is_attack": "yes",
        "is_breach": "yes",
        "is_significant": "no",
        "plan_activated": "no",
        "is_restricted": False,
        "processor_told_at": None,
        **others,
    }


def triage(cast: Cast, incident: Incident, aware_at: datetime | None = None, **others: Any) -> None:
    """Triage a case as the coordinator, as it is now."""
    incident.refresh_from_db()
    triage_incident(
        incident,
        by=cast.coordinator,
        values=triage_values(**others),
        assets=list(incident.assets.all()),
        edit_version=incident.edit_version,
        aware_at=aware_at or incident.reported_at,
        aware_because="Medarbejderen ringede.",
    )
    incident.refresh_from_db()


def triaged(cast: Cast, aware_at: datetime | None = None, **others: Any) -> Incident:
    found = reported(cast)
    triage(cast, found, aware_at, **others)
    return found


def handled(cast: Cast, aware_at: datetime | None = None, **others: Any) -> Incident:
    """Return a case that the head of IT handles."""
    found = triaged(cast, aware_at, **others)
    add_handler(found, by=cast.coordinator, person=cast.head_of_it, role="lead")
    begin_handling(found, by=cast.coordinator)
    return found


def notification(incident: Incident, code: str = "gdpr_33") -> Notification:
    found: Notification = incident.notifications.select_related("incident").get(code=code)
    return found


def send(cast: Cast, incident: Incident, code: str = "gdpr_33", **others: Any) -> Notification:
    """Note that something was sent, now unless a moment is given."""
    row = notification(incident, code)
    at = others.pop("sent_at", timezone.now())
    values = {**SENT, **others}
    note_sent(row, by=cast.coordinator, sent_at=at, values=values, edit_version=row.edit_version)
    return notification(incident, code)


def refuse(cast: Cast, incident: Incident, code: str, because: str = "Ingen risiko.") -> None:
    """Say that a notification is not needed."""
    row = notification(incident, code)
    decide_notification(
        row,
        by=cast.coordinator,
        needed="no",
        because=because,
        edit_version=row.edit_version,
    )


def closed(cast: Cast, aware_at: datetime | None = None, **others: Any) -> Incident:
    """Return a closed case with all the notifications that the laws ask for."""
    return finished(cast, handled(cast, aware_at, **others))


def finished(cast: Cast, found: Incident) -> Incident:
    """Refuse all notifications of a case, and close it."""
    for row in found.notifications.exclude(code__in=("police", "insurer", "supplier", "sector")):
        refuse(cast, found, row.code)
    close(cast, found)
    return found


def close(cast: Cast, incident: Incident) -> None:
    incident.refresh_from_db()
    close_incident(
        incident,
        by=cast.coordinator,
        effects="Ingen.",
        remedy="Adgangskoden er skiftet.",
        edit_version=incident.edit_version,
    )
    incident.refresh_from_db()


ANSWERS = {
    "summary": "En medarbejder trykkede på et link.",
    "went_well": "Vi lukkede kontoen på ti minutter.",
    "went_badly": "Vi ringede sent til servicedesken.",
    "cause": "To-trins-login manglede.",
    "contributing": "Mailen lignede en rigtig.",
    "scenario": "Phishing",
    "scenario_key": "",
    "measures": "Filteret virkede ikke.",
    "learning": "Alle skal have to-trins-login.",
}


def evaluation(cast: Cast, **others: Any) -> Evaluation:
    """Draft the evaluation of a closed case."""
    found = draft_evaluation(closed(cast, **others), by=cast.coordinator)
    values = {"edit_version": found.edit_version, "by": cast.coordinator}
    change_draft(KIND, found, ANSWERS, **values)  # type: ignore[arg-type]
    found.refresh_from_db()
    return found
