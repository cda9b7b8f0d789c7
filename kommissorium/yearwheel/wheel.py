"""The year wheel read in a period, and the problems of a committee's duties.

It is read in six queries, however many duties there are and however far one looks; two more for
whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.actions.next_occurrences import DATED, is_due_at
from kommissorium.yearwheel.cadence import planned
from kommissorium.yearwheel.due_days import REACH, DueDays
from kommissorium.yearwheel.models import Duty, Occurrence, titled
from kommissorium.yearwheel.responsible import Holders
from kommissorium.yearwheel.wheel_entries import (
    NO_FILTERS,
    Filters,
    WheelEntry,
    in_danish,
    narrow,
    readable,
    shared,
    state_of,
)


def year_of(
    committee: Committee, year: int, person: Person, filters: Filters = NO_FILTERS
) -> list[WheelEntry]:
    """Return what is on the committee's wheel in a year, for whoever reads it, by day.

    Who does not follow the committee gets what is theirs. Nothing is written.
    """
    follows = Committee.objects.visible_to(person).filter(pk=committee.pk).exists()
    found = Wheel(committee).entries(date(year, 1, 1), date(year, 12, 31))
    return readable(narrow(found, filters), person, follows=follows)


class Wheel:
    """The duties of a committee, or of several, with all it takes to say what is due when.

    `duties` are those it is narrowed to.
    """

    def __init__(
        self,
        *committees: Committee,
        on: date | None = None,
        duties: QuerySet[Duty] | None = None,
    ) -> None:
        self.keys = [committee.pk for committee in committees]
        self.today = on or timezone.localdate()
        waiting = Occurrence.objects.open().filter(duty=OuterRef("pk"), rhythm__in=DATED)
        newest = Occurrence.objects.filter(duty=OuterRef("pk"), rhythm__in=DATED)
        opened = Occurrence.objects.open().filter(duty=OuterRef("pk")).order_by("due")
        added: dict[str, Any] = {
            "next_due": Subquery(opened.values("due")[:1]),
            "open_meeting": Subquery(waiting.values("meeting")[:1]),
            "open_nominal": Subquery(waiting.values("nominal")[:1]),
            "last_nominal": Subquery(newest.order_by("-nominal").values("nominal")[:1]),
            "is_of_register": Exists(Occurrence.objects.of_registers().filter(duty=OuterRef("pk"))),
        }
        rows: Any = Duty.objects.filter(committee__in=self.keys) if duties is None else duties
        found = rows.with_clauses(self.today).annotate(**added)
        found = found.select_related("committee", "responsible_person", "responsible_seat")
        self.duties: Sequence[Any] = list(found.prefetch_related("cadences", "tags"))
        self.holders = Holders(self.duties, self.today)
        self._days_ahead: dict[int, DueDays] = {}

    def entries(self, first: date, last: date) -> list[WheelEntry]:
        """Return what is due from `first` to `last`, both included, by day (two queries)."""
        if not self.duties or not self.keys:
            return []
        by_key = {duty.pk: duty for duty in self.duties}
        # What the cadence gives beside the period can be due in it.
        since, until = _shifted(first, -REACH), _shifted(last, REACH)
        meetings = self._meetings(_shifted(since, -REACH), _shifted(until, REACH))
        rows = self._rows(since, until, meetings)
        rows_of: dict[int, list[Occurrence]] = {}
        for row in rows:
            row.duty = by_key[row.duty_id]
            rows_of.setdefault(row.duty_id, []).append(row)
        found = [self._of_row(row) for row in rows]
        due_days = self._due_days(meetings)
        for duty in self.duties:
            own, days = rows_of.get(duty.pk, []), due_days[duty.committee_id]
            found += self._reckoned(duty, own, days, since, until)
        kept = [entry for entry in found if first <= entry.due <= last]
        return sorted(kept, key=lambda entry: (entry.due, in_danish(entry.title), entry.key))

    def coming(self, duty: Any, number: int) -> list[date]:
        """Return when the next ones a cadence gives after the open row are due, so many or fewer."""
        found: list[date] = []
        if duty.committee_id not in self._days_ahead:
            self._days_ahead[duty.committee_id] = DueDays(duty.committee)
        taken, days = {duty.open_meeting}, self._days_ahead[duty.committee_id]
        for nominal in self._days(duty, date.min, date.max, frozenset()):
            due, meeting = days.of(
                nominal, by_decision=duty.by_decision, since=duty.begins, taken=taken
            )
            taken.add(meeting.pk if meeting else None)
            found.append(due)
            if len(found) == number:
                break
        return found

    def _rows(self, first: date, last: date, meetings: Sequence[Meeting]) -> Sequence[Occurrence]:
        window = Q(due__range=(first, last)) | Q(nominal__range=(first, last))
        window |= Q(meeting__in=[meeting.pk for meeting in meetings])
        rows = Occurrence.objects.filter(window, duty__in=[duty.pk for duty in self.duties])
        return list(rows.select_related("delegate", "responsible_then", "meeting"))

    def _meetings(self, first: date, last: date) -> Sequence[Meeting]:
        kept = Meeting.objects.of_the_calendar()
        return list(kept.filter(committee__in=self.keys, starts_at__date__range=(first, last)))

    def _due_days(self, meetings: Sequence[Meeting]) -> dict[int, DueDays]:
        return {
            duty.committee_id: DueDays(
                duty.committee, [one for one in meetings if one.committee_id == duty.committee_id]
            )
            for duty in self.duties
        }

    def _reckoned(
        self, duty: Any, own: Sequence[Occurrence], days: DueDays, first: date, last: date
    ) -> Iterator[WheelEntry]:
        nominals = frozenset(row.nominal for row in own if row.rhythm in DATED)
        taken = {row.meeting_id for row in own}
        for nominal in self._days(duty, first, last, nominals):
            due, meeting = days.of(
                nominal, by_decision=duty.by_decision, since=duty.begins, taken=taken
            )
            taken.add(meeting.pk if meeting else None)
            yield self._of_day(duty, nominal, due)
        for key, day in days.days.items():
            if key not in taken and is_due_at(duty, day):
                yield self._of_day(duty, day, day, key)

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

    def _of_row(self, row: Occurrence) -> WheelEntry:
        duty = row.duty
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
            meeting=None if row.rhythm in DATED else row.meeting_id,
            was_moved=row.was_moved,
            is_critical=row.result == Occurrence.Result.CRITICAL,
            **shared(duty, who, row.delegate),
        )

    def _of_day(
        self, duty: Any, nominal: date, due: date, meeting: int | None = None
    ) -> WheelEntry:
        return WheelEntry(
            key=f"duty:{duty.pk}:{nominal}" + (f":{meeting}" if meeting else ""),
            occurrence=None,
            title=duty.title,
            due=due,
            nominal=nominal,
            state="overdue" if due < self.today else "projected",
            url=duty.get_absolute_url(),
            meeting=meeting,
            **shared(duty, self.holders.of(duty, max(due, self.today)), None),
        )


def _shifted(day: date, by: timedelta) -> date:
    """Return the day so much later, or the calendar's first or last."""
    number = day.toordinal() + by.days
    return date.fromordinal(min(max(number, date.min.toordinal()), date.max.toordinal()))


type ProblemKind = Literal["clause", "responsible", "date"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a duty, as a sentence."""

    kind: ProblemKind
    duty: Duty
    text: str


def mandate_changed(committee: Committee) -> list[Duty]:
    """Return the duties whose clause the mandate in force does not have. Nothing is done to them."""
    return [one.duty for one in problems(Wheel(committee)) if one.kind == "clause"]


def problems(wheel: Wheel) -> list[Problem]:
    """Return what is wrong with the duties that have not ended; asks nothing of the database."""
    found = []
    for duty in wheel.duties:
        if not duty.is_over:
            found += problems_of(duty, wheel)
    return found


def problems_of(duty: Any, wheel: Wheel) -> list[Problem]:
    """Return what is wrong with one duty of the wheel."""
    texts: list[tuple[ProblemKind, str]] = []
    if duty.has_lost_its_clause():
        text = _("Clause %(number)s is gone from the mandate.") % {"number": duty.clause_number}
        texts.append(("clause", text))
    if not duty.cadences.all():
        texts.append(("date", _("It has no date and never falls due.")))
    if who_is_wrong := _responsible(duty, wheel, wheel.today):
        texts.append(("responsible", who_is_wrong))
    return [Problem(kind, duty, text) for kind, text in texts]


def _responsible(duty: Any, wheel: Wheel, today: date) -> str:
    who = wheel.holders.of(duty, today)
    if who is not None:
        left = _("%(name)s answers for it and has left.") % {"name": who.name}
        return "" if who.is_active else left
    seat = duty.responsible_seat
    if seat is None:
        return _("Nobody is responsible.")
    if seat.to_date and seat.to_date < today:
        return _("The responsible seat “%(seat)s” has ended.") % {"seat": seat}
    return _("The responsible seat “%(seat)s” is vacant.") % {"seat": seat}
