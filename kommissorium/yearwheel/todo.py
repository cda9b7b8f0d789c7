"""To-do items of the year wheel: what a person is to do, and what its keepers follow up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person, held_on
from kommissorium.committees.models import Holding
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import USUAL, Todo
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.actions.duties import MOST_LEAD
from kommissorium.yearwheel.defaults.effort import EFFORT, OF_A_CLAUSE
from kommissorium.yearwheel.models import Delegation, Occurrence
from kommissorium.yearwheel.register_bundles import address
from kommissorium.yearwheel.reminders import ESCALATES, Late, can_be_reached, stage
from kommissorium.yearwheel.responsible import Holders

NAMED: Final = 3  # of the tasks that a meeting decides on


def todos_of(
    person: Person, today: date, *, kept: Collection[int] = (), told: Sequence[str] = ()
) -> Iterator[Todo]:
    """Yield what of the wheel waits for the person; four queries.

    `kept` are the committees (keys) whose wheel the person keeps: of those they also follow up
    what others are late with. Sources that begin with one of `told` their register tells of.
    """
    rows = _reached(_near(person, today, kept, told), today)
    holders = Holders([one.duty for one in rows], today)
    lates = [Late(one, today, one.delegate or holders.of(one.duty, today)) for one in rows]
    yield from _own([late.row for late in lates if late.who == person])
    yield from _requests(person)
    others = [late for late in lates if late.who != person and late.row.duty.committee_id in kept]
    yield from _followed(others, today)


def _near(
    person: Person, today: date, kept: Collection[int], told: Sequence[str]
) -> QuerySet[Occurrence]:
    """Return the open occurrences that may be the person's or are of a wheel they keep."""
    held = Holding.objects.filter(held_on(today), person=person, capacity=Holding.Capacity.HOLDER)
    concerns = Q(delegate=person) | Q(duty__responsible_person=person)
    concerns |= Q(duty__responsible_seat__in=held.values("seat")) | Q(duty__committee__in=kept)
    rows = Occurrence.objects.open().filter(concerns, due__lte=today + timedelta(days=MOST_LEAD))
    for source in told:
        rows = rows.filter(Q(source=None) | ~Q(source__startswith=source))
    return rows


def _reached(rows: QuerySet[Occurrence], today: date) -> list[Occurrence]:
    """Return those it is time for: what a meeting decides is prepared until it is called.

    Most of them it is not, so that is seen before they are fetched with all that belongs to them.
    """
    near = not_called(rows).order_by().values_list("pk", "due", "duty__lead_days")
    keys = [key for key, due, lead in near if stage(due, lead, today) is not None]
    along = ("duty__committee", "duty__responsible_person", "delegate", "meeting")
    found = Occurrence.objects.filter(pk__in=keys).select_related(*along)
    return list(found.order_by("due", "pk"))


def not_called(rows: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """Return those not before a meeting that was called: what it decides is prepared until then."""
    is_called = Q(duty__by_decision=True, meeting__isnull=False)
    return rows.exclude(is_called & ~Q(meeting__state=Meeting.State.PLANNED))


def _own(rows: Sequence[Occurrence]) -> Iterator[Todo]:
    """Yield a line each; one for many of a register, and one for what a meeting is to decide."""
    groups: dict[tuple[str, int], list[Occurrence]] = {}
    for row in rows:
        groups.setdefault(_group(row), []).append(row)
    for (kind, _key), group in groups.items():
        if len(group) == 1:
            yield _line(group[0])
        else:
            yield _of_register(group) if kind == "register" else _of_meeting(group)


def _group(row: Occurrence) -> tuple[str, int]:
    if row.source:
        return "register", row.duty_id
    # Whoever holds a seat sees the committee's meetings; others get their own line.
    if row.duty.by_decision and row.meeting_id and row.duty.responsible_seat_id:
        return "meeting", row.meeting_id
    return "alone", row.pk


def _line(row: Occurrence) -> Todo:
    committee = row.duty.committee
    note = _("Task of the year wheel · %(committee)s") % {"committee": committee}
    is_theirs = row.source_link and row.delegate_id
    url = row.source_link if is_theirs else row.get_absolute_url()
    return Todo(row.title, _("Do it"), url or "", due=row.due, note=note, minutes=_minutes(row))


def _of_register(group: Sequence[Occurrence]) -> Todo:
    first = group[0]
    text = _("%(task)s: %(number)d to do") % {"task": first.duty.title, "number": len(group)}
    note = _("Task of the year wheel · the first is due on %(day)s") % {"day": day(first.due)}
    url = address(first.duty_id, person=first.delegate_id)
    minutes = sum(map(_minutes, group))
    return Todo(text, _("See which"), url, due=first.due, note=note, minutes=minutes)


def _of_meeting(group: Sequence[Occurrence]) -> Todo:
    first, meeting = group[0], group[0].meeting
    text = ngettext(
        "Prepare %(number)d task of the year wheel for the meeting.",
        "Prepare %(number)d tasks of the year wheel for the meeting.",
        len(group),
    ) % {"number": len(group)}
    more = " …" if len(group) > NAMED else ""
    note = "; ".join(row.title for row in group[:NAMED]) + more
    url = meeting.get_absolute_url() if meeting else first.get_absolute_url()
    minutes = sum(map(_minutes, group))
    return Todo(text, _("Open the agenda"), url, due=first.due, note=note, minutes=minutes)


def _minutes(row: Occurrence) -> int:
    """Return the estimate of one time: of one of many of a register, of a default, of a clause."""
    if row.source:
        return USUAL
    return EFFORT.get(row.duty.default_key, OF_A_CLAUSE).minutes


def _requests(person: Person) -> Iterator[Todo]:
    asked = Delegation.objects.unanswered().filter(to_person=person)
    for one in asked.select_related("occurrence__duty", "from_person").order_by("asked_at", "pk"):
        values = {"task": one.occurrence.title, "by": one.from_person.name}
        text = _("%(task)s: %(by)s has asked you to take it over") % values
        url = one.occurrence.get_absolute_url()
        yield Todo(text, _("Answer"), url, due=one.occurrence.due)


def _followed(others: Sequence[Late], today: date) -> Iterator[Todo]:
    """Yield what is long overdue with others, and what nobody can be reminded of."""
    nobody = [late for late in others if not can_be_reached(late.who)]
    late = [one for one in others if can_be_reached(one.who) and one.days >= ESCALATES]
    if nobody:
        text = ngettext(
            "%(number)d task of the year wheel has nobody who can be reminded of it.",
            "%(number)d tasks of the year wheel have nobody who can be reminded of them.",
            len(nobody),
        )
        yield _followed_up(text, nobody, today, "")
    if late:
        text = ngettext(
            "%(number)d task of the year wheel is long overdue with others.",
            "%(number)d tasks of the year wheel are long overdue with others.",
            len(late),
        )
        yield _followed_up(text, late, today, "overdue")


def _followed_up(text: str, lates: Sequence[Late], today: date, state: str) -> Todo:
    row = lates[0].row
    text = text % {"number": len(lates)}
    if len(lates) == 1:
        who = lates[0].who
        note = f"{row.title} · {who.name}" if who else row.title
        return Todo(text, _("See"), row.get_absolute_url(), note=note)
    url = reverse("wheel_year", args=[row.duty.committee_id, today.year])
    return Todo(text, _("See which"), f"{url}?state={state}" if state else url)
