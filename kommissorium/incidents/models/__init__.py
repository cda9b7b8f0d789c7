"""The nouns of the register of incidents."""

from kommissorium.incidents.models.incidents import Handler, Incident
from kommissorium.incidents.models.kinds import (
    OPEN,
    TONES,
    WRITTEN,
    Channel,
    EntryKind,
    Nature,
    Role,
    Severity,
    State,
    Type,
)
from kommissorium.incidents.models.notifications import Awareness, Notification
from kommissorium.incidents.models.settings import Checklist, IncidentSettings, Step
from kommissorium.incidents.models.timeline import (
    ConcernedPerson,
    Entry,
    Evaluation,
    Lesson,
)

__all__ = [
    "OPEN",
    "TONES",
    "WRITTEN",
    "Awareness",
    "Channel",
    "Checklist",
    "ConcernedPerson",
    "Entry",
    "EntryKind",
    "Evaluation",
    "Handler",
    "Incident",
    "IncidentSettings",
    "Lesson",
    "Nature",
    "Notification",
    "Role",
    "Severity",
    "State",
    "Step",
    "Type",
]
