"""What happened in the municipality, told in any order and lived through in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Clause, Committee, Holding
from kommissorium.demo.almanac import Almanac
from kommissorium.demo.clock import at
from kommissorium.meetings.models import Meeting

type Deed = Callable[[], object]


@dataclass
class Town:
    """What the chapters of the story share. Rows are there once the deed that makes them is done.

    Meetings of the information security committee are known by how many meetings ago they
    were: 0 is the next one. `tasks` holds the keys of tasks by what the story calls them, and
    `duties` what the story calls the duties, by their keys.
    """

    almanac: Almanac
    people: dict[str, int] = field(default_factory=dict)
    committees: dict[str, Committee] = field(default_factory=dict)
    meetings: dict[int, Meeting] = field(default_factory=dict)
    group_meetings: dict[int, Meeting] = field(default_factory=dict)
    tasks: dict[tuple[str, int, int], int] = field(default_factory=dict)
    duties: dict[int, str] = field(default_factory=dict)
    coordinators: dict[date, Person | None] = field(default_factory=dict)
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
        found = self._coordinator_today()
        if found is None:
            raise LookupError("Nobody coordinates information security on that day")
        return found

    def keeper(self) -> Person:
        """Return who keeps the committee's papers: the deputy chair while nobody coordinates."""
        return self._coordinator_today() or self.person("deputy")

    def _coordinator_today(self) -> Person | None:
        today = self.almanac.day_it_is()
        if self.coordinators.get(today) is None:
            kind = OrganisationRole.Kind.COORDINATOR
            self.coordinators[today] = Person.objects.with_role(kind, today).first()
        return self.coordinators[today]

    def chair(self, key: str) -> Person | None:
        """Return who chairs the committee at the moment that it is; None for a vacant seat."""
        today = self.almanac.day_it_is()
        seats = self.committees[key].seats.on(today).filter(role=Clause.Role.CHAIR)
        held = Holding.objects.filter(seat__in=seats, capacity=Holding.Capacity.HOLDER)
        found = held.filter(to_date=None).select_related("person").first()
        return found.person if found else None
