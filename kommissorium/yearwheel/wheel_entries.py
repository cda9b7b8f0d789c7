"""Entries of the wheel in a period: rows of the database and dates calculated ahead.

Six queries, however many duties there are and however far one looks; two more for who asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from kommissorium.accounts.models import LAST_LETTERS, Person
from kommissorium.committees.models import Committee
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.actions.next_occurrences import DATED, is_due_at
from kommissorium.yearwheel.cadence import planned
from kommissorium.yearwheel.models import Duty, Occurrence, titled
from kommissorium.yearwheel.responsible import Holders
from kommissorium.yearwheel.standards import is_requirement

type EntryState = Literal[
    "open", "soon", "overdue", "done", "done_with_fault", "skipped", "projected"
]
OPEN_STATES: frozenset[EntryState] = frozenset({"open", "soon", "overdue"})
DONE_STATES: frozenset[EntryState] = frozenset({"done", "done_with_fault"})


@dataclass(frozen=True)
class WheelEntry:
    """One thing on the wheel. What is reckoned has no `occurrence`; `url` is then the duty's.

    `responsible` is who answers for it: today for what is open, then for what has ended, on the
    day for what is reckoned; "" for nobody. `register_title` is the duty's title where a
    register put it here. A bundle (bundles.py) stands for `number` things, the last due `until`.
    """

    key: str
    duty: int
    occurrence: int | None
    title: str
    clause: str
    due: date
    nominal: date
    state: EntryState
    responsible: str
    responsible_key: int | None
    delegate: str
    delegate_key: int | None
    tags: tuple[tuple[int, str], ...]
    url: str
    is_plan: bool
    meeting: int | None
    register_title: str = ""
    number: int = 1
    until: date | None = None

    @property
    def is_bundle(self) -> bool:
        return self.until is not None

    @property
    def last(self) -> date:
        """Return the day the last of it is due."""
        return self.until or self.due

    @property
    def is_open(self) -> bool:
        """Return whether it is a row that somebody is to do."""
        return self.occurrence is not None and self.state in OPEN_STATES

    @property
    def can_be_chosen(self) -> bool:
        """Return whether it can be dealt with here, and not in a register."""
        return self.is_open and not self.register_title

    @property
    def was_moved(self) -> bool:
        return self.due != self.nominal

    @property
    def words(self) -> list[str]:
        """Return its tags but those that stand for a requirement of a standard."""
        return [name for _key, name in self.tags if not is_requirement(name)]

    def concerns(self, person: Person) -> bool:
        """Return whether `person` answers for it or has taken it over."""
        return person.pk in (self.responsible_key, self.delegate_key)


@dataclass(frozen=True)
class Filters:
    """What the wheel is narrowed to; what is empty narrows nothing."""

    clause: str = ""
    person: int | None = None
    tag: int | None = None
    kind: str = ""
    state: str = ""

    def lets_through(self, entry: WheelEntry) -> bool:
        """Return whether an entry is wanted."""
        return (
            self.clause in ("", entry.clause)
            and self.person in (None, entry.responsible_key, entry.delegate_key)
            and (self.tag is None or any(key == self.tag for key, _name in entry.tags))
            and (not self.kind or (self.kind == Duty.Kind.PLAN) == entry.is_plan)
            and _is_in(entry.state, self.state)
        )


NO_FILTERS = Filters()


def year_of(
    committee: Committee, year: int, person: Person, filters: Filters = NO_FILTERS
) -> list[WheelEntry]:
    """Return what is on the committee's wheel in a year, for who reads it, by day.

    Who does not follow the committee gets what is theirs. Nothing is written.
    """
    follows = Committee.objects.visible_to(person).filter(pk=committee.pk).exists()
    found = Wheel(committee).entries(date(year, 1, 1), date(year, 12, 31))
    return readable(narrow(found, filters), person, follows=follows)


def narrow(entries: Iterable[WheelEntry], filters: Filters) -> list[WheelEntry]:
    """Return the entries that are wanted."""
    return [entry for entry in entries if filters.lets_through(entry)]


def readable(entries: Iterable[WheelEntry], person: Person, *, follows: bool) -> list[WheelEntry]:
    """Return the entries `person` may read: all for who follows the committee, else theirs."""
    return [entry for entry in entries if follows or entry.concerns(person)]


class Wheel:
    """The duties of a committee with all it takes to say what is due when.

    `duties` are those it is narrowed to.
    """

    def __init__(
        self,
        committee: Committee | None,
        on: date | None = None,
        duties: QuerySet[Duty] | None = None,
    ) -> None:
        self.committee = committee
        self.today = on or timezone.localdate()
        waiting = Occurrence.objects.open().filter(duty=OuterRef("pk"), rhythm__in=DATED)
        newest = Occurrence.objects.filter(duty=OuterRef("pk"), rhythm__in=DATED)
        opened = Occurrence.objects.open().filter(duty=OuterRef("pk")).order_by("due")
        added: dict[str, Any] = {
            "next_due": Subquery(opened.values("due")[:1]),
            "open_key": Subquery(waiting.values("pk")[:1]),
            "open_nominal": Subquery(waiting.values("nominal")[:1]),
            "last_nominal": Subquery(newest.order_by("-nominal").values("nominal")[:1]),
            "is_of_register": Exists(Occurrence.objects.of_registers().filter(duty=OuterRef("pk"))),
        }
        rows: Any = Duty.objects.filter(committee=committee) if duties is None else duties
        found = rows.with_clauses(self.today).annotate(**added)
        found = found.select_related("committee", "responsible_person", "responsible_seat")
        self.duties: Sequence[Any] = list(found.prefetch_related("cadences", "tags"))
        self.holders = Holders(self.duties, self.today)

    def entries(self, first: date, last: date) -> list[WheelEntry]:
        """Return what is due from `first` to `last`, both included, by day (two queries)."""
        if not self.duties or self.committee is None:
            return []
        by_key = {duty.pk: duty for duty in self.duties}
        meetings = self._meetings(first, last)
        rows = self._rows(first, last, meetings)
        found = [self._of_row(by_key[row.duty_id], row) for row in rows if first <= row.due <= last]
        for duty in self.duties:
            found += self._reckoned(duty, rows, meetings, first, last)
        return sorted(found, key=lambda entry: (entry.due, in_danish(entry.title), entry.key))

    def coming(self, duty: Any, number: int) -> list[date]:
        """Return the next days a cadence gives after the open row, so many or fewer."""
        days: list[date] = []
        for day in self._days(duty, date.min, date.max, frozenset()):
            days.append(day)
            if len(days) == number:
                break
        return days

    def _rows(self, first: date, last: date, meetings: Sequence[Meeting]) -> Sequence[Occurrence]:
        window = Q(due__range=(first, last)) | Q(nominal__range=(first, last))
        window |= Q(meeting__in=[meeting.pk for meeting in meetings])
        rows = Occurrence.objects.filter(window, duty__committee=self.committee)
        return list(rows.select_related("delegate", "responsible_then"))

    def _meetings(self, first: date, last: date) -> Sequence[Meeting]:
        kept = Meeting.objects.of_the_calendar()
        return list(kept.filter(committee=self.committee, starts_at__date__range=(first, last)))

    def _reckoned(
        self,
        duty: Any,
        rows: Sequence[Occurrence],
        meetings: Sequence[Meeting],
        first: date,
        last: date,
    ) -> Iterator[WheelEntry]:
        own = [row for row in rows if row.duty_id == duty.pk]
        taken = frozenset(row.nominal for row in own if row.rhythm in DATED)
        for day in self._days(duty, first, last, taken):
            yield self._of_day(duty, day)
        met = {row.meeting_id for row in own}
        for meeting in meetings:
            day = timezone.localdate(meeting.starts_at)
            if meeting.pk not in met and is_due_at(duty, day):
                yield self._of_day(duty, day, meeting.pk)

    def _days(self, duty: Any, first: date, last: date, taken: frozenset[date]) -> Iterator[date]:
        """Yield the days the cadence gives and no row has, after the last one that is a row."""
        since = duty.open_nominal or duty.last_nominal
        start = max(first, duty.begins)
        if since is not None:
            if since == date.max:
                return
            start = max(start, since + timedelta(days=1))
        end = min(last, duty.ended_on - timedelta(days=1)) if duty.ended_on else last
        for day in planned(duty.steps(), start, end):
            if day not in taken:
                yield day

    def _of_row(self, duty: Any, row: Occurrence) -> WheelEntry:
        who = self.holders.of(duty, self.today) if row.is_open else row.responsible_then
        return WheelEntry(
            key=f"occurrence:{row.pk}",
            occurrence=row.pk,
            title=titled(row, duty),
            register_title=(row.title_then or duty.title) if row.source else "",
            due=row.due,
            nominal=row.nominal,
            state=state_of(row, duty, self.today),
            url=row.get_absolute_url(),
            meeting=row.meeting_id,
            **_shared(duty, who, row.delegate),
        )

    def _of_day(self, duty: Any, day: date, meeting: int | None = None) -> WheelEntry:
        return WheelEntry(
            key=f"duty:{duty.pk}:{day}" + (f":{meeting}" if meeting else ""),
            occurrence=None,
            title=duty.title,
            due=day,
            nominal=day,
            state="overdue" if day < self.today else "projected",
            url=duty.get_absolute_url(),
            meeting=meeting,
            **_shared(duty, self.holders.of(duty, max(day, self.today)), None),
        )


def state_of(row: Occurrence, duty: Duty, today: date) -> EntryState:
    """Return how an occurrence stands."""
    if row.state == Occurrence.State.SKIPPED:
        return "skipped"
    if row.state == Occurrence.State.DONE:
        return "done" if row.result == Occurrence.Result.NO_FAULT else "done_with_fault"
    if row.due < today:
        return "overdue"
    return "soon" if (row.due - today).days <= duty.lead_days else "open"


def in_danish(words: str) -> str:
    """Return what to sort words by: case does not count, æøå come last."""
    return "".join(LAST_LETTERS.get(letter, letter) for letter in words.casefold())


def _shared(duty: Any, who: Person | None, delegate: Person | None) -> dict[str, Any]:
    return {
        "duty": duty.pk,
        "clause": duty.number_now or duty.clause_number,
        "responsible": who.name if who else "",
        "responsible_key": who.pk if who else None,
        "delegate": delegate.name if delegate else "",
        "delegate_key": delegate.pk if delegate else None,
        "tags": tuple((tag.pk, tag.name) for tag in duty.tags.all()),
        "is_plan": duty.is_plan,
    }


def _is_in(state: EntryState, wish: str) -> bool:
    groups: dict[str, frozenset[EntryState]] = {"open": OPEN_STATES, "done": DONE_STATES}
    return not wish or state in groups.get(wish, {wish})
