"""Models of meetings."""

from kommissorium.meetings.models.agenda import Advice, AgendaItem, Attachment
from kommissorium.meetings.models.attendance import Absence, Attendance, CalendarFeed
from kommissorium.meetings.models.calendar import Call, Meeting
from kommissorium.meetings.models.decisions import WEIGHED_WITHIN, Decision, LaterWeighing
from kommissorium.meetings.models.minutes import (
    Approval,
    Comment,
    Confirmation,
    Filing,
    Minutes,
    Registration,
    Review,
)
from kommissorium.meetings.models.proceedings import (
    Dissent,
    ItemDraft,
    Outcome,
    Proceedings,
    Weighing,
)
from kommissorium.meetings.models.proposed_weighings import ProposedWeighing
from kommissorium.meetings.models.reading import ItemQuestion, ItemReading, PrivateNote
from kommissorium.meetings.models.row_choices import RowChoice

__all__ = [
    "WEIGHED_WITHIN",
    "Absence",
    "Advice",
    "AgendaItem",
    "Approval",
    "Attachment",
    "Attendance",
    "CalendarFeed",
    "Call",
    "Comment",
    "Confirmation",
    "Decision",
    "Dissent",
    "Filing",
    "ItemDraft",
    "ItemQuestion",
    "ItemReading",
    "LaterWeighing",
    "Meeting",
    "Minutes",
    "Outcome",
    "PrivateNote",
    "Proceedings",
    "ProposedWeighing",
    "Registration",
    "Review",
    "RowChoice",
    "Weighing",
]
