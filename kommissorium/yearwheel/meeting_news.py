"""News of the wheel for a meeting: what ended since the last one, what is late, what comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from kommissorium.accounts.models import held_on
from kommissorium.committees.models import Holding
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.actions.next_occurrences import DATED
from kommissorium.yearwheel.cadence import planned
from kommissorium.yearwheel.due_days import DueDays
from kommissorium.yearwheel.models import Duty, DutyCadence, Occurrence, titled
from kommissorium.yearwheel.register_bundles import address
from kommissorium.yearwheel.wheel_entries import state_of


@dataclass(frozen=True)
class NewsEntry:
    """One thing of the wheel. What is reckoned has no `row`; nobody answers: `who` is "".

    A `bundle` names several that registers put there for one duty, `number` in all and due on
    `days`; `row` is then the first of them.
    """

    duty: Duty
    row: Occurrence | None
    nominal: date
    due: date
    who: str
    number: int = 1
    bundle: str = ""
    days: tuple[date, ...] = ()

    @property
    def due_days(self) -> tuple[date, ...]:
        """Return when it is due; of a bundle, when each of it is."""
        return self.days or (self.due,)

    @property
    def key(self) -> str:
        """Return the name of the row in the chain; it differs from that of any other row."""
        if self.bundle:
            return f"yearwheel.duty:{self.duty.pk}:{self.bundle}"
        return f"yearwheel.occurrence:{self.row.pk}" if self.row else self.day_key

    @property
    def day_key(self) -> str:
        """Return a name that stays when what was reckoned becomes a row."""
        if self.bundle:
            return self.key
        if self.row and self.row.rhythm not in DATED:
            return f"yearwheel.occurrence:{self.row.pk}"
        return f"yearwheel.duty:{self.duty.pk}:{self.nominal}"

    @property
    def title(self) -> str:
        if self.bundle:
            return f"{self.duty.title} ({self.number})"
        return titled(self.row, self.duty) if self.row else self.duty.title

    @property
    def url(self) -> str:
        if self.bundle:
            return address(self.duty.pk, state=self.bundle)
        return self.row.get_absolute_url() if self.row else self.duty.get_absolute_url()

    @property
    def is_open(self) -> bool:
        return self.row is None or self.row.is_open

    @property
    def ended_at(self) -> datetime | None:
        return self.row.ended_at if self.row else None


@dataclass(frozen=True)
class WheelNews:
    """News of the wheel for a meeting. `ended` by when, `overdue` and `coming` by the day due."""

    has_duties: bool
    ended: Sequence[NewsEntry]
    overdue: Sequence[NewsEntry]
    coming: Sequence[NewsEntry]

    def done(self, *, with_fault: bool) -> list[NewsEntry]:
        """Return what was done, with faults or without any."""
        rows = [one for one in self.ended if one.row and one.row.state == Occurrence.State.DONE]
        return [one for one in rows if one.row and _has_fault(one.row) == with_fault]

    @property
    def skipped(self) -> list[NewsEntry]:
        return [one for one in self.ended if one.row and one.row.state == Occurrence.State.SKIPPED]

    def fed(self, measure: str, on: date) -> list[NewsEntry]:
        """Return what the item with the measure is told: what ended, and what is open by `on`.

        Open is what falls due by the date, or is within its lead time then.
        """
        found = [one for one in self.ended if one.duty.feeds == measure]
        found += [one for one in self.overdue if one.duty.feeds == measure]
        for one in self.coming:
            is_near = one.due - timedelta(days=one.duty.lead_days) <= on
            is_later = one.row is not None and one.row.meeting_id is not None and one.due > on
            if one.duty.feeds == measure and one.row is not None and is_near and not is_later:
                found.append(one)
        return found


def news_of(meeting: Meeting, today: date, last: date) -> WheelNews:
    """Return what the meeting is told of its committee's wheel, to what falls due by `last`.

    What ended is told since the meeting before began, all of it at the first. What a meeting
    decided whose minutes are not approved is not told yet. Three queries, however many duties
    there are. Nothing is written.
    """
    told = [_of_row(row) for row in _rows(meeting, today, last)]
    cadences = _cadences(meeting.committee_id, today)
    waiting = [one for one in told if one.is_open and not (one.row and one.row.awaits_minutes)]
    ended = [one for one in told if not one.is_open]
    late = [one for one in waiting if one.due < today]
    coming = [one for one in waiting if one.due >= today]
    coming += _reckoned(cadences, DueDays(meeting.committee), today, last)
    return WheelNews(
        has_duties=bool(told or cadences),
        ended=sorted(_bundled(ended, today), key=_by_end),
        overdue=sorted(_bundled(late, today), key=_by_day),
        coming=sorted(_bundled(coming, today), key=_by_day),
    )


def _bundled(told: Iterable[NewsEntry], today: date) -> list[NewsEntry]:
    """Return the things, those that registers put there as one for each duty and state."""
    found: list[NewsEntry] = []
    groups: dict[tuple[int, str], list[NewsEntry]] = {}
    for one in told:
        if one.row is None or one.row.source is None:
            found.append(one)
        else:
            state = state_of(one.row, one.duty, today)
            groups.setdefault((one.duty.pk, state), []).append(one)
    for (_duty, name), group in groups.items():
        found += [_one_of(group, name)] if len(group) > 1 else group
    return found


def _one_of(group: Sequence[NewsEntry], state: str) -> NewsEntry:
    first = min(group, key=_by_day)
    people = {one.who for one in group if one.who}
    several = _("%(number)d people") % {"number": len(people)} if people else ""
    who = next(iter(people)) if len(people) == 1 else several
    days = tuple(sorted(one.due for one in group))
    return replace(first, who=who, number=len(group), bundle=state, days=days)


def _rows(meeting: Meeting, today: date, last: date) -> Iterable[Any]:
    before = Meeting.objects.before(meeting).values("starts_at")[:1]
    added: dict[str, Any] = {
        "since": Subquery(before),
        "holder": Subquery(_holder(today, "duty__responsible_seat")),
    }
    rows = Occurrence.objects.filter(duty__committee=meeting.committee_id).annotate(**added)
    waiting = Q(state=Occurrence.State.OPEN, due__lte=last)
    ended = ~Q(state=Occurrence.State.OPEN) & (Q(since=None) | Q(ended_at__gte=F("since")))
    along = ("duty__responsible_person", "delegate", "responsible_then", "meeting")
    return rows.filter(waiting | ended).select_related(*along)


def _of_row(row: Any) -> NewsEntry:
    if row.is_open:
        who = row.delegate.name if row.delegate else _answers(row.duty, row.holder)
    else:
        who = row.responsible_then.name if row.responsible_then else ""
    return NewsEntry(row.duty, row, row.nominal, row.due, who)


def _cadences(committee: int, today: date) -> Sequence[Any]:
    dated = Occurrence.objects.filter(duty=OuterRef("duty"), rhythm__in=DATED)
    added: dict[str, Any] = {
        "newest": Subquery(dated.order_by("-nominal").values("nominal")[:1]),
        "newest_meeting": Subquery(dated.order_by("-nominal").values("meeting")[:1]),
        "holder": Subquery(_holder(today, "duty__responsible_seat")),
    }
    rows = DutyCadence.objects.filter(duty__committee=committee).annotate(**added)
    return list(rows.select_related("duty__responsible_person").order_by("duty", "pk"))


def _reckoned(
    cadences: Iterable[Any], days: DueDays, today: date, last: date
) -> Iterator[NewsEntry]:
    """Yield what the cadences give to come and no row has, in the order of the duties."""
    for _key, group in groupby(cadences, key=lambda cadence: cadence.duty_id):
        rows = list(group)
        duty, newest = rows[0].duty, rows[0].newest or date.min
        end = min(last, duty.ended_on - timedelta(days=1)) if duty.ended_on else last
        if newest >= end:
            continue
        first = max(today, duty.begins, newest + timedelta(days=1))
        taken = {rows[0].newest_meeting}
        for nominal in planned([row.step for row in rows], first, end):
            due, met = days.of(
                nominal, by_decision=duty.by_decision, since=duty.begins, taken=taken
            )
            taken.add(met.pk if met else None)
            yield NewsEntry(duty, None, nominal, due, _answers(duty, rows[0].holder))


def _holder(today: date, seat: str) -> QuerySet[Holding, str]:
    held = Holding.objects.filter(
        held_on(today), seat=OuterRef(seat), capacity=Holding.Capacity.HOLDER
    )
    return held.order_by("pk").values_list("person__name", flat=True)[:1]


def _answers(duty: Duty, holder: str | None) -> str:
    """Return the name of who answers for it today: the seat's holder, else the person named."""
    return holder or (duty.responsible_person.name if duty.responsible_person else "")


def _has_fault(row: Occurrence) -> bool:
    return row.result not in Occurrence.FAULTLESS


def _by_end(one: NewsEntry) -> tuple[str, str]:
    return one.ended_at.isoformat() if one.ended_at else "", one.key


def _by_day(one: NewsEntry) -> tuple[date, str, str]:
    return one.due, one.title, one.key
