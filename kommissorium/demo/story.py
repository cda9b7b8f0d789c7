"""What happened in the municipality, told in any order and lived through in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Committee
from kommissorium.demo.almanac import Almanac
from kommissorium.demo.clock import at
from kommissorium.meetings.models import Meeting

type Deed = Callable[[], object]


@dataclass
class Town:
    """What the chapters of the story share. Rows are there once the deed that makes them is done.

    Meetings of the information security committee are known by how many meetings ago they
    were: 0 is the next one.
    """

    almanac: Almanac
    people: dict[str, int] = field(default_factory=dict)
    committees: dict[str, Committee] = field(default_factory=dict)
    meetings: dict[int, Meeting] = field(default_factory=dict)
    group_meetings: dict[int, Meeting] = field(default_factory=dict)
    coordinators: dict[date, Person] = field(default_factory=dict)
    deeds: list[tuple[datetime, Deed]] = field(default_factory=list)

    def tell(self, moment: datetime, deed: Deed) -> None:
        """Let the deed be done at the moment."""
        self.deeds.append((moment, deed))

    def live(self) -> None:
        """Do all deeds in the order of the moments told, on working days.

        A deed waits for the one before it: two days can fall on the same Friday.
        """
        latest = datetime.min.replace(tzinfo=UTC)
        for moment, deed in sorted(self.deeds, key=lambda told: told[0]):
            with at(max(self.almanac.at_work(moment), latest)) as clock:
                deed()
            latest = clock.reading

    def person(self, code: str) -> Person:
        """Fetch a person anew: roles are remembered by an object, and time has passed."""
        found: Person = Person.objects.get(pk=self.people[code])
        return found

    def coordinator(self) -> Person:
        """Return who coordinates information security at the moment that it is."""
        today = self.almanac.day_it_is()
        if today not in self.coordinators:
            kind = OrganisationRole.Kind.COORDINATOR
            found: Person = Person.objects.with_role(kind, today).get()
            self.coordinators[today] = found
        return self.coordinators[today]
