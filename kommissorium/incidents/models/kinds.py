"""The choices in fields about incidents."""

from __future__ import annotations

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Answer


class State(models.TextChoices):
    """The state of a case."""

    REPORTED = "reported", _("Reported")
    TRIAGED = "triaged", _("Triaged")
    HANDLING = "handling", _("Being handled")
    CLOSED = "closed", _("Closed")
    EVALUATED = "evaluated", _("Evaluated")


OPEN: Final = (State.REPORTED, State.TRIAGED, State.HANDLING)
TONES: Final = {
    State.REPORTED: "warning",
    State.TRIAGED: "info",
    State.HANDLING: "info",
    State.CLOSED: "success",
    State.EVALUATED: "success",
}


class Nature(models.TextChoices):
    """The nature of a report. Only an incident is severe, evaluated and notified."""

    UNSET = "", _("Not triaged")
    INCIDENT = "incident", _("Security incident")
    OUTAGE = "outage", _("Operational outage within the longest tolerable downtime")
    NONE = "none", _("No incident")


class Type(models.TextChoices):
    """The type of an incident."""

    UNSET = "", _("Not stated")
    PHISHING = "phishing", _("Phishing or a stolen login")
    MISDIRECTED = "misdirected", _("Sent to the wrong recipient")
    MALWARE = "malware", _("Malware or ransomware")
    INTRUSION = "intrusion", _("Unauthorised access")
    LOSS = "loss", _("Lost or stolen equipment or paper")
    OUTAGE = "outage", _("Systems that do not run")
    DENIAL = "denial", _("Denial of service")
    SUPPLIER = "supplier", _("Incident at a supplier")
    ERROR = "error", _("Human error or wrong set-up")
    PHYSICAL = "physical", _("Fire, water or break-in")
    OTHER = "other", _("Something else")


class Severity(models.IntegerChoices):
    """The severity of an incident, for the municipality and the people concerned."""

    LOW = 1, _("1 – low")
    MODERATE = 2, _("2 – moderate")
    HIGH = 3, _("3 – high")
    CRITICAL = 4, _("4 – critical")


class Channel(models.TextChoices):
    """The channel of a report."""

    PERSON = "person", _("By an employee")
    OPEN = "open", _("Without sign-in")
    SERVICE_DESK = "service_desk", _("From the service desk")
    MAIL = "mail", _("By mail")


class Role(models.TextChoices):
    """A person's role in the handling of a case."""

    LEAD = "lead", _("Leads the handling")
    TECHNICAL = "technical", _("Technical handling")
    COMMUNICATION = "communication", _("Communication")
    LEGAL = "legal", _("Law and data protection")
    BUSINESS = "business", _("Speaks for the system or the area")


class EntryKind(models.TextChoices):
    """The kind of a line of the timeline."""

    REPORT = "report", _("From the reporter")
    ANSWER = "answer", _("Answer to the reporter")
    NOTE = "note", _("Note")
    CONTAINMENT = "containment", _("Containment")
    DECISION = "decision", _("Decision")
    EVIDENCE = "evidence", _("Evidence")
    STATE = "state", _("State")
    NOTIFICATION = "notification", _("Notification")


WRITTEN: Final = (  # by hand
    *(EntryKind.NOTE, EntryKind.CONTAINMENT, EntryKind.DECISION, EntryKind.EVIDENCE),
    EntryKind.ANSWER,
)


def question(words: Any, **more: Any) -> Any:
    """Return the field of a question that is answered by yes or no, or not yet."""
    return models.CharField(words, max_length=3, choices=Answer.choices, blank=True, **more)
