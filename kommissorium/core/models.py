"""Imports all models of the room core, where Django looks for them."""

from kommissorium.core.evidence.models import Anchor, Event, Record, RowVersion, Salt, Stamp
from kommissorium.core.files.models import StoredFile
from kommissorium.core.mail.models import OutboxMail, Reminded, ReminderRound
from kommissorium.core.mailbox.models import MailboxState, ReceivedMail
from kommissorium.core.schedule.models import Job
from kommissorium.core.search.models import Passage

__all__ = [
    "Anchor",
    "Event",
    "Job",
    "MailboxState",
    "OutboxMail",
    "Passage",
    "ReceivedMail",
    "Record",
    "Reminded",
    "ReminderRound",
    "RowVersion",
    "Salt",
    "Stamp",
    "StoredFile",
]
