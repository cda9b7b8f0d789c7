"""What happened in the municipality, told in any order and lived through in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Clause, Committee, Holding
from kommissorium.demo.almanac import Almanac
from kommissorium.demo.clock import at
from kommissorium.meetings.models import Meeting

type Deed = Callable[[], object]

# Who stands, in a story that begins after they left, where these stand in a long one.
FORMER = 9  # meetings ago the first of them left
SUCCESSORS = {"birgit.lind": "coordinator", "poul.vesterlund": "chair"}


@dataclass(frozen=True)
class Told:
    """A deed, the moment it is to be done at, and the chapter that tells of it."""

    moment: datetime
    deed: Deed
    chapter: str


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
    deeds: list[Told] = field(default_factory=list)
    chapter: str = ""  # the one that is telling

    def tell(self, moment: datetime, deed: Deed) -> None:
        """Let the deed be done at the moment."""
        self.deeds.append(Told(moment, deed, self.chapter))

    def tell_after(self, ago: int, days: int, deed: Deed, hour: str = "9.30") -> None:
        """Let the deed be done so many days after a meeting, if the story has begun by then."""
        if self.almanac.has(ago):
            self.tell(self.almanac.after(ago, days, hour), deed)

    def live(self) -> Iterator[Told]:
        """Do all deeds in the order of the moments told, on working days; yield each before.

        A deed waits for the one before it: two days can fall on the same Friday.
        """
        latest = datetime.min.replace(tzinfo=UTC)
        for told in sorted(self.deeds, key=lambda told: told.moment):
            yield told
            with at(max(self.almanac.at_work(told.moment), latest)) as clock:
                told.deed()
            latest = clock.reading

    @property
    def successors(self) -> Mapping[str, str]:
        """Return who stands where somebody stands who left before the story began."""
        return {} if self.almanac.has(FORMER) else SUCCESSORS

    def who(self, code: str) -> str:
        """Return the code of who stands there in this story."""
        return self.successors.get(code, code)

    def person(self, code: str) -> Person:
        """Fetch a person anew: roles are remembered by an object, and time has passed."""
        found: Person = Person.objects.get(pk=self.people[self.who(code)])
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
