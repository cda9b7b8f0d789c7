"""One meeting of the past, as the chapters about it see it, and what is proposed to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final

from kommissorium.committees.models import Committee
from kommissorium.demo.story import Town
from kommissorium.demo.texts import FOLDER, Sheet, rows_of, sheet, words_for
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting, Minutes
from kommissorium.registers.installed import proposal_kind_of
from kommissorium.secretariat.actions.agendas import put_before

SECURITY, GROUP = "security", "group"
# The texts of items that the mandate does not demand: what the tables call them, and the folder.
FOLDERS = {"eget": "extras", "opfølgning": "followups", "sent": "late"}


@dataclass(frozen=True)
class Sitting:
    """A meeting of the committee `key`, by how many meetings ago it was.

    The tables of the small group lie in a folder of their own.
    """

    town: Town
    key: str
    ago: int

    def __str__(self) -> str:
        return f"{self.key} {self.ago}"

    @property
    def committee(self) -> Committee:
        return self.town.committees[self.key]

    @property
    def day(self) -> date:
        days = self.town.almanac
        return days.held_day(self.ago) if self.key == SECURITY else days.group_day(self.ago)

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """Return the texts of the meeting's own items, by the tables' names for them."""
        return own_sheets(self.town, self.ago) if self.key == SECURITY else {}

    def at(self, days: int, hour: str) -> datetime:
        """Return the moment this many days after the meeting."""
        return self.town.almanac.moment(self.day + timedelta(days=days), hour)

    def rows(self, name: str) -> list[Mapping[str, str]]:
        """Return a table's facts about the meeting."""
        return rows_of(name if self.key == SECURITY else f"group/{name}", self.ago)

    def meeting(self) -> Meeting:
        """Fetch the meeting anew: it has moved on since the last deed."""
        planned = self.town.meetings if self.key == SECURITY else self.town.group_meetings
        found: Meeting = Meeting.objects.select_related("committee").get(pk=planned[self.ago].pk)
        return found

    def minutes(self) -> Minutes:
        meeting = self.meeting()
        found: Minutes = Minutes.objects.get(meeting=meeting)
        found.meeting = meeting
        return found

    def items(self, meeting: Meeting) -> list[AgendaItem]:
        """Return the agenda; all items share the meeting."""
        items = list(meeting.items.standing().select_related("clause", "proceedings"))
        for item in items:
            item.meeting = meeting
        return items

    def people(self, meeting: Meeting) -> dict[str, Attendance]:
        """Return the people called, by the codes of the story."""
        codes = {pk: code for code, pk in self.town.people.items()}
        rows = list(meeting.attendances.select_related("person", "seat"))
        for row in rows:
            row.meeting = meeting
        return {codes[row.person_id]: row for row in rows}

    def place_of(self, item: AgendaItem) -> str:
        """Return the tables' name for the item: its measure, its place, or its text's source."""
        if item.clause is None:
            named = (key for key, own in self.sheets.items() if own.title == item.title)
            return next(named, "")
        return item.measure if self.key == SECURITY else str(item.position)


def own_sheets(town: Town, ago: int) -> dict[str, Sheet]:
    """Return the texts that a meeting of the information security committee has of its own."""
    words = words_for(town.almanac, ago)
    return {
        key: sheet(f"{folder}/{ago}.html", words)
        for key, folder in FOLDERS.items()
        if (FOLDER / folder / f"{ago}.html").exists()
    }


NOT_ENDED: Final = "Kvartalet var ikke slut, da dagsordenen blev sendt ud."
NOT_READY: Final = "Den blev først færdig, da dagsordenen var sendt ud."


def put(town: Town, ago: int, proposal: Any, late_because: str = NOT_READY) -> None:
    """Put something on the agenda of a meeting, with the program's proposed texts.

    Once the meeting is called it comes as a late item, for the reason given.
    """
    meeting = town.meeting(ago)
    is_called = meeting.state == Meeting.State.CALLED
    texts = proposal_kind_of(proposal).text(proposal)
    put_before(
        proposal,
        meeting,
        by=town.coordinator(),
        recommendation=texts.recommendation,
        presentation=texts.presentation,
        late_because=late_because if is_called else "",
    )
