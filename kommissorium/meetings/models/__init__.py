"""Models of meetings."""

from kommissorium.meetings.models.agenda import Advice, AgendaItem, Attachment
from kommissorium.meetings.models.attendance import Absence, Attendance, CalendarFeed
from kommissorium.meetings.models.calendar import Call, Meeting
from kommissorium.meetings.models.decisions import WEIGHED_WITHIN, Decision, LaterWeighing
from kommissorium.meetings.models.drafts import ItemDraft
from kommissorium.meetings.models.earlier import Registration
from kommissorium.meetings.models.filing import Filing
from kommissorium.meetings.models.minutes import Approval, Comment, Confirmation, Minutes, Review
from kommissorium.meetings.models.proceedings import Dissent, Outcome, Proceedings, Weighing

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
    "LaterWeighing",
    "Meeting",
    "Minutes",
    "Outcome",
    "Proceedings",
    "Registration",
    "Review",
    "Weighing",
]
