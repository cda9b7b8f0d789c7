"""Current facts under the items of a meeting before it is called."""

from __future__ import annotations

from kommissorium.accounts.models import Person
from kommissorium.meetings.facts import Facts
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.secretariat.agenda_facts import facts_of


def live_facts(meeting: Meeting, person: Person) -> list[tuple[AgendaItem, Facts]]:
    """Return the items under which the registers have something to say now, with what it is.

    None once the meeting is called: the call keeps it under the items. Closed items for whoever
    sees them.
    """
    if meeting.state != Meeting.State.PLANNED:
        return []
    visible = AgendaItem.objects.visible_to(person).standing().filter(meeting=meeting)
    items = list(visible.select_related("clause").order_by("position", "pk"))
    for item in items:
        item.meeting = meeting
    found = facts_of(items, meeting)
    return [(item, found[item.pk]) for item in items if item.pk in found]
