"""Compose the agenda of a planned meeting: fill it, and draft the texts of its items."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.meetings.actions.automatic_items import fill_agenda
from kommissorium.meetings.actions.committee_lock import lock_for_meeting
from kommissorium.meetings.actions.drafts import keep_drafts
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.secretariat.actions.returning import bring_back
from kommissorium.secretariat.agenda_drafts import drafts_of


@transaction.atomic
def compose_agenda(meeting: Meeting, *, by: Person) -> list[AgendaItem]:
    """Put on the committee's next agenda what comes to it by itself, and draft what its items say.

    A later agenda is drafted as it is: what must come again comes to the next meeting. Return the items that say something else now. What a person edited stays; the new draft lies
    beside it. Raises Refused when the meeting has been called meanwhile.
    """
    if not meeting.can_be_prepared_by(by):
        raise PermissionDenied
    lock_for_meeting(meeting, Meeting.State.PLANNED)
    if _comes_next(meeting):
        fill_agenda(meeting, by=by)
        bring_back(meeting, by=by)
    return keep_drafts(meeting, drafts_of(meeting), by=by)


def _comes_next(meeting: Meeting) -> bool:
    coming = meeting.committee.meetings.coming().filter(state=Meeting.State.PLANNED)
    return not coming.filter(starts_at__lt=meeting.starts_at).exists()
