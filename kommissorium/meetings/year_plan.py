"""Dates of a year's meetings, how far ahead they are planned (K2), and working days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.committees.meeting_free_weeks import week_ranges
from kommissorium.committees.models import Clause, Committee, Mandate
from kommissorium.core.ui import localised
from kommissorium.measures.days import add_months
from kommissorium.meetings.models import Meeting


def weeks(text: str) -> frozenset[int]:
    """Return the ISO weeks a text such as "7-8, 42" names. Raises ValueError for no week."""
    return frozenset(week for first, last in week_ranges(text) for week in range(first, last + 1))


@lru_cache(maxsize=64)
def days_off(year: int) -> dict[date, str]:
    """Return the Danish public holidays of a year and the days offices are closed besides."""
    holidays = import_module("holidays")  # only here: it takes 20 MB
    named = holidays.country_holidays("DK", years=year, language="da")
    off = {day: str(name) for day, name in named.items()}
    off.setdefault(date(year, 6, 5), "Grundlovsdag")
    off.setdefault(date(year, 12, 24), "Juleaftensdag")
    off.setdefault(date(year, 12, 31), "Nytårsaftensdag")
    ascension = next((day for day, name in off.items() if "himmelfart" in name.lower()), None)
    if ascension:
        off.setdefault(ascension + timedelta(days=1), "Dagen efter Kristi himmelfartsdag")
    return off


def obstacle(day: date, avoided: frozenset[int]) -> str:
    """Return why one would rather not meet on the day, as a sentence; "" when nothing speaks."""
    if name := days_off(day.year).get(day):
        return _("The day is a holiday: %(name)s.") % {"name": name}
    if day.weekday() > 4:  # noqa: PLR2004 Saturday and Sunday
        return _("The day is in a weekend.")
    week = day.isocalendar().week
    if week in avoided:
        return _("Week %(week)d is one of the committee's weeks without meetings.") % {"week": week}
    return ""


def is_working_day(day: date) -> bool:
    """Return whether municipal offices are open: no weekend, no holiday."""
    return day.weekday() <= 4 and day not in days_off(day.year)  # noqa: PLR2004 Friday


DEFAULT_NUMBER = 4
MOST_MEETINGS = 52
FURTHEST_SEARCH = 60  # days from the day aimed at


@dataclass(frozen=True)
class ProposedMeeting:
    """A meeting that could be: local date and the hours of the committee's habit."""

    starts_at: datetime
    ends_at: datetime
    place: str
    link: str


def required_number(committee: Committee, on: date) -> int:
    """Return how many meetings a year the mandate in force asks for; 4 where it says nothing."""
    clause = Clause.objects.in_force(committee, on).filter(measure="meetings_per_year").first()
    number = (clause.min_per_year if clause else None) or DEFAULT_NUMBER
    return min(number, MOST_MEETINGS)


def propose(
    committee: Committee, *, first: date, number: int, taken: Iterable[date] = ()
) -> list[ProposedMeeting]:
    """Return `number` meetings evenly over the twelve months from `first`.

    A slot in which a meeting of `taken` lies already is left out. Days before tomorrow are
    never proposed.
    """
    avoided = weeks(committee.avoided_weeks)
    used = set(taken)
    proposals = []
    for start, end in _slots(first, number):
        if any(start <= day < end for day in used):
            continue
        day = _day_in(start, end, committee.weekday, avoided, used)
        if day is not None:
            used.add(day)
            proposals.append(_at(committee, day))
    return proposals


def taken_dates(committee: Committee) -> list[date]:
    """Return the local dates of the committee's meetings that are not cancelled."""
    kept = committee.meetings.exclude(state=Meeting.State.CANCELLED)
    return [timezone.localdate(at) for at in kept.values_list("starts_at", flat=True)]


def horizon_warning(reaches: date | None, months: int, on: date) -> str:
    """Return what to say when the calendar is shorter than the mandate demands (K2)."""
    demanded = add_months(on, months)
    if reaches and reaches >= demanded:
        return ""
    demand = ngettext(
        "The calendar must show time and place %(months)d month ahead.",
        "The calendar must show time and place %(months)d months ahead.",
        months,
    ) % {"months": months}
    if reaches is None:
        return demand + " " + _("No coming meeting has both.")
    return demand + " " + _("It reaches to %(day)s.") % {"day": localised.day(reaches)}


def month_later(begin: datetime, months: int) -> datetime:
    """Return the moment so many calendar months later, at the same time of day here, in UTC."""
    local = timezone.localtime(begin)
    day = add_months(local.date(), months)
    naive = datetime.combine(day, local.time())
    return timezone.make_aware(naive).astimezone(UTC)


def _slots(first: date, number: int) -> Iterator[tuple[date, date]]:
    length = (add_months(first, 12) - first).days
    for index in range(number):
        yield (
            first + timedelta(days=length * index // number),
            first + timedelta(days=length * (index + 1) // number),
        )


def _day_in(
    start: date, end: date, weekday: int, avoided: frozenset[int], used: set[date]
) -> date | None:
    # Two thirds into its slot a quarterly meeting has the quarter's figures to look at.
    aim = start + (end - start) * 2 // 3
    earliest = timezone.localdate() + timedelta(days=1)
    candidates = [
        day
        for offset in range(-FURTHEST_SEARCH, FURTHEST_SEARCH + 1)
        if (day := aim + timedelta(days=offset)) >= earliest
        and start <= day < end
        and day not in used
        and not obstacle(day, avoided)
    ]
    return min(candidates, key=lambda day: (day.weekday() != weekday, abs(day - aim)), default=None)


def _at(committee: Committee, day: date) -> ProposedMeeting:
    starts_at = timezone.make_aware(datetime.combine(day, committee.start_time))
    ends_at = starts_at + timedelta(minutes=committee.minutes)
    return ProposedMeeting(starts_at, ends_at, committee.place, committee.link)


HORIZON_MONTHS = 6


@dataclass(frozen=True)
class Reach:
    """The last day that has time and place, and what to say when that is too near."""

    committee: Committee
    until: date | None
    months: int
    warning: str
    may_plan: bool


def reaches(person: Person, on: date | None = None) -> list[Reach]:
    """Return how far the calendars of the committees a person follows reach; one query."""
    on = on or timezone.localdate()
    visible: Any = Committee.objects.visible_to(person)
    prepared = Committee.objects.prepared_by(person).filter(pk=OuterRef("pk"))
    rows = visible.annotate(
        may_plan=Exists(prepared),
        last_start=Subquery(_last_start(on)),
        demanded=Subquery(_demanded(on)),
    )
    return [_reach(row, on) for row in rows]


def with_reach(meetings: Any, on: date) -> Any:
    """Add to each meeting what `warning_beside` takes of its committee; no query of its own."""
    last_start = Subquery(_last_start(on, "committee"))
    return meetings.annotate(last_start=last_start, demanded=Subquery(_demanded(on, "committee")))


def warning_beside(meeting: Any, on: date) -> str:
    """Return what to say of the calendar's reach, of a meeting fetched by `with_reach`."""
    until = timezone.localdate(meeting.last_start) if meeting.last_start else None
    return horizon_warning(until, meeting.demanded or HORIZON_MONTHS, on)


def _reach(row: Any, on: date) -> Reach:
    until = timezone.localdate(row.last_start) if row.last_start else None
    months = row.demanded or HORIZON_MONTHS
    warning = horizon_warning(until, months, on)
    return Reach(row, until, months, warning, row.may_plan)


def _last_start(on: date, committee: str = "pk") -> Any:
    morning = timezone.make_aware(datetime.combine(on, time.min))
    placed = Meeting.objects.filter(committee=OuterRef(committee), starts_at__gte=morning)
    kept = placed.exclude(state=Meeting.State.CANCELLED).exclude(place="", link="")
    return kept.order_by("-starts_at").values("starts_at")[:1]


def _demanded(on: date, committee: str = "pk") -> Any:
    begun = Mandate.objects.approved().filter(
        committee=OuterRef(OuterRef(committee)), effective_from__lte=on
    )
    newest = begun.order_by("-effective_from", "-version").values("pk")[:1]
    clauses = Clause.objects.filter(mandate=Subquery(newest), measure="calendar_horizon")
    return clauses.values("horizon_months")[:1]
