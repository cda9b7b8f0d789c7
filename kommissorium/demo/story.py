"""What happened in the municipality, told in any order and built in the past, in its order.

The demonstration has three years behind it, and an event of the chain carries the moment at
which it was written. Setting these moments afterwards would break the chain, and actions take
none: no caller may choose when something happened. So while the demonstration is built, and
nowhere else, the one function that all actions ask for the time tells of another moment.

Fields that took `timezone.now` as their default keep the true one: they say when the row was
made and are shown nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Clause, Committee, Holding
from kommissorium.demo.almanac import Almanac
from kommissorium.meetings.models import Meeting

STEP = timedelta(seconds=12)


@dataclass
class Clock:
    """A clock that advances a little each time somebody looks, as work takes its time."""

    reading: datetime


@contextmanager
def at(moment: datetime) -> Iterator[Clock]:
    """Set that moment for this process. The clock never passes the true time.

    Django itself asks by the module, as our actions do, so that its local date follows.
    """
    true_now = timezone.now
    clock = Clock(moment)

    def now() -> datetime:
        clock.reading = min(clock.reading + STEP, true_now())
        return clock.reading

    timezone.now = now
    try:
        yield clock
    finally:
        timezone.now = true_now


EVENING, EVENINGS = "22.10", "evenings"  # when figures are kept, and the chapter that tells so

type Deed = partial[Any]

# Who stands, in a story that begins after they left, where these stand in a long one.
FORMER = 9  # meetings ago the first of them left
SUCCESSORS = {"birgit.lind": "coordinator", "poul.vesterlund": "chair"}


@dataclass(frozen=True)
class Told:
    """A deed, the moment it is to be done, and the chapter that tells of it."""

    moment: datetime
    deed: Deed
    chapter: str
    at_work: bool = True  # done on a working day

    def __str__(self) -> str:
        """Return when the deed is done and which it is, like "2026-12-14 10.35 reports.bring 1"."""
        does, moment = self.deed.func, timezone.localtime(self.moment)
        *_rooms, chapter = does.__module__.split(".")
        about = (_name_of(one) for one in self.deed.args)
        name = f"{chapter}.{does.__name__.strip('_')}"
        return " ".join(filter(None, (f"{moment:%Y-%m-%d %H.%M}", name, *about)))


def _name_of(about: object) -> str:
    """Return a short name of a deed's object; "" for the town itself and unnamed objects."""
    if isinstance(about, Mapping):
        return str(next(iter(about.values())))[:40]
    return "" if isinstance(about, Town) or str(about).startswith("<") else str(about)


@dataclass
class Town:
    """The state shared by the story's chapters. Rows are there once their deed is done.

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
    left_out: list[str] = field(default_factory=list)  # what the program refused, and why
    chapter: str = ""  # the one that is telling

    def tell(self, moment: datetime, deed: Deed, *, at_work: bool = True) -> None:
        """Schedule the deed at the moment; `at_work` on the last working day until then.

        The story ends with the day before today.
        """
        if timezone.localdate(moment) < self.almanac.today:
            self.deeds.append(Told(moment, deed, self.chapter, at_work))

    def tell_after(self, ago: int, days: int, deed: Deed, hour: str = "9.30") -> None:
        """Schedule the deed some days after a meeting, if the story has begun by then."""
        if self.almanac.has(ago):
            self.tell(self.almanac.after(ago, days, hour), deed)

    def live(self, order: Iterable[Told]) -> Iterator[Told]:
        """Do the deeds in their order; yield each before. One waits for the one before it.

        What the program refuses is left out, with all it would have written.
        """
        latest = datetime.min.replace(tzinfo=UTC)
        for told in order:
            yield told
            with at(max(told.moment, latest)) as clock:
                try:
                    with transaction.atomic():
                        told.deed()
                except OperationalError:  # the database, not the story
                    raise
                except Exception as error:  # noqa: BLE001 a day on which it does not fit
                    self.left_out.append(f"{told}: {type(error).__name__}: {error}")
            latest = clock.reading

    def in_order(self, evening: Callable[[date], object]) -> Iterator[Told]:
        """Yield all deeds as they are done, in the order of the moments told.

        After what is done on a day comes what the program does of an `evening`, of every day
        until yesterday.
        """
        day = self.almanac.start
        for told in sorted(self.deeds, key=lambda told: told.moment):
            moment = self.almanac.at_work(told.moment) if told.at_work else told.moment
            until = timezone.localdate(moment)
            yield from self._evenings(day, until, evening)
            day = max(day, until)
            yield replace(told, moment=moment)
        yield from self._evenings(day, self.almanac.today, evening)

    def _evenings(
        self, first: date, until: date, evening: Callable[[date], object]
    ) -> Iterator[Told]:
        for number in range((until - first).days):
            day = first + timedelta(days=number)
            yield Told(self.almanac.moment(day, EVENING), partial(evening, day), EVENINGS)

    @property
    def successors(self) -> Mapping[str, str]:
        """Return the successors of people who left before the story began."""
        return {} if self.almanac.has(FORMER) else SUCCESSORS

    def who(self, code: str) -> str:
        """Return the code of the person in that place in this story."""
        return self.successors.get(code, code)

    def person(self, code: str) -> Person:
        """Fetch a person anew: roles are remembered by an object, and time has passed."""
        found: Person = Person.objects.get(pk=self.people[self.who(code)])
        return found

    def meeting(self, ago: int) -> Meeting:
        """Fetch a meeting anew: it has moved on since it was planned."""
        found: Meeting = Meeting.objects.select_related("committee").get(pk=self.meetings[ago].pk)
        return found

    def coordinator(self) -> Person:
        """Return the present coordinator of information security in the story."""
        found = self.coordinator_today()
        if found is None:
            raise LookupError("Nobody coordinates information security on that day")
        return found

    def keeper(self) -> Person:
        """Return the keeper of the committee's papers: the deputy chair without a coordinator."""
        return self.coordinator_today() or self.person("deputy")

    def coordinator_today(self) -> Person | None:
        today = self.almanac.day_it_is()
        if self.coordinators.get(today) is None:
            kind = OrganisationRole.Kind.COORDINATOR
            self.coordinators[today] = Person.objects.with_role(kind, today).first()
        return self.coordinators[today]

    def chair(self, key: str) -> Person | None:
        """Return the present chair of the committee in the story; None for a vacant seat."""
        today = self.almanac.day_it_is()
        seats = self.committees[key].seats.on(today).filter(role=Clause.Role.CHAIR)
        held = Holding.objects.filter(seat__in=seats, capacity=Holding.Capacity.HOLDER)
        found = held.filter(to_date=None).select_related("person").first()
        return found.person if found else None
