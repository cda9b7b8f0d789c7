"""Reminders of the wheel: before a date, on it and weekly after; many of a register in one.

Those of one duty and one person that a register put there and that are due in a month are one
line, and those that are so late that no more is said of each are one. It tells of the stage its
first one has reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Clause, Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.actions.duties import MOST_LEAD
from kommissorium.yearwheel.models import Delegation, Occurrence
from kommissorium.yearwheel.register_bundles import address
from kommissorium.yearwheel.responsible import Holders

WEEK = 7  # days
LATEST = 28  # days after: from thirty on it stands on the chair's list (secretariat)
ESCALATES = 14  # days after: from here on the coordinator is told too


@dataclass(frozen=True)
class Late:
    """An occurrence as it stands on a day; `who` answers for it and has perhaps left."""

    row: Occurrence
    on: date
    who: Person | None

    @property
    def days(self) -> int:
        """Return how many days it is overdue; below zero before it is due."""
        return (self.on - self.row.due).days

    @property
    def key(self) -> str:
        # With the day in it, one that is moved is told of again.
        reached = stage(self.row.due, self.row.duty.lead_days, self.on)
        return f"wheel:{self.row.pk}:{self.row.due}:{reached}"


def stage(due: date, lead_days: int, on: date) -> int | None:
    """Return the newest stage reached, in days after it is due; None before all of them.

    The lead time before, a week before where the lead time is longer, the day itself, and
    then each week until the twenty-eighth day.
    """
    days = (on - due).days
    if days >= 0:
        return min(days // WEEK * WEEK, LATEST)
    if days >= -WEEK and lead_days > WEEK:
        return -WEEK
    return -lead_days if days >= -lead_days else None


def can_be_reached(person: Person | None) -> bool:
    """Return whether a mail would get to the person."""
    return person is not None and person.is_active and bool(person.email)


def in_words(late: Late) -> tuple[str, str]:
    """Return the heading it stands under in a mail, and its line, in the active language."""
    # The tasks' own words and headings, so that both stand together in the mail.
    values = {"task": late.row.title, "date": day(late.row.due), "number": late.days}
    if late.days < 0:
        return _("Due soon"), _("%(task)s: due on %(date)s") % values
    if late.days == 0:
        return _("Due today"), _("%(task)s: due today") % values
    text = ngettext(
        "%(task)s: was due on %(date)s, %(number)d day ago",
        "%(task)s: was due on %(date)s, %(number)d days ago",
        late.days,
    )
    return _("Overdue"), text % values


type Why = Literal["own", "others", "nobody"]
type LineKey = tuple[int, int, Why, str]  # the duty, who is told, why, and the month


def reminders_of_registers(lates: Iterable[tuple[Late, Sequence[Person]]]) -> Iterator[Reminder]:
    """Yield a line for each person and bundle. Each is given with who is told besides."""
    lines: dict[LineKey, list[Late]] = {}
    people: dict[int, Person] = {}
    for late, keepers in lates:
        month = "" if _stage(late) == LATEST else f"{late.row.due:%Y-%m}"
        for person, why in _told(late, keepers):
            people[person.pk] = person
            lines.setdefault((late.row.duty_id, person.pk, why, month), []).append(late)
    for (_duty, person_key, why, _month), group in lines.items():
        yield _line(people[person_key], why, group)


def _told(late: Late, keepers: Sequence[Person]) -> Iterator[tuple[Person, Why]]:
    reached = late.who if can_be_reached(late.who) else None
    if reached is not None:
        yield reached, "own"
    for keeper in keepers:
        if keeper != late.who:
            yield keeper, "others" if reached is not None else "nobody"


def _line(person: Person, why: Why, group: Sequence[Late]) -> Reminder:
    first = min(group, key=lambda late: (late.row.due, late.row.pk))
    last = max(late.row.due for late in group)
    # Of those that are long late it is told again when more join them, and else no more.
    key = f"wheel-register:{first.row.duty_id}:{why}:{last:%Y-%m}:{_stage(first)}"
    with translation.override(person.language):
        heading, text = _heading(why, first), _words(group, first)
    url = first.row.get_absolute_url() if len(group) == 1 else _address(person, why, first, group)
    return Reminder(person, key, text, url, heading)


def _heading(why: Why, first: Late) -> str:
    if why == "own":
        return in_words(first)[0]
    return _("Overdue with others") if why == "others" else _("Nobody to remind")


def _words(group: Sequence[Late], first: Late) -> str:
    if len(group) == 1:
        return in_words(first)[1]
    values = {
        "task": first.row.duty.title,
        "date": day(first.row.due),
        "number": len(group),
    }
    if first.days < 0:
        return _("%(task)s: %(number)d are due, the first on %(date)s") % values
    if first.days == 0:
        return _("%(task)s: %(number)d are due, the first today") % values
    return _("%(task)s: %(number)d are due, the first since %(date)s") % values


def _address(person: Person, why: Why, first: Late, group: Sequence[Late]) -> str:
    months = {f"{late.row.due:%Y-%m}" for late in group}
    return address(
        first.row.duty_id,
        month=next(iter(months)) if len(months) == 1 else "",
        state="overdue" if all(late.days > 0 for late in group) else "",
        person=person.pk if why == "own" and first.row.delegate_id == person.pk else None,
    )


def _stage(late: Late) -> int | None:
    return stage(late.row.due, late.row.duty.lead_days, late.on)


def reminders(on: date) -> Iterator[Reminder]:
    """Yield, for each open occurrence, the newest stage reached by the date, then requests.

    What a meeting decided waits for its minutes, not for anybody here.

    Whoever has taken it over is reminded, else who answers for it. Where neither can be
    reached it is the coordinator; from the fourteenth day overdue they are told as well.
    """
    rows = Occurrence.objects.open().filter(due__lte=on + timedelta(days=MOST_LEAD))
    along = ("duty__committee", "duty__responsible_person", "delegate", "meeting")
    reached = [
        row
        for row in rows.select_related(*along).order_by("due", "pk")
        if stage(row.due, row.duty.lead_days, on) is not None and not row.awaits_minutes
    ]
    holders = Holders([row.duty for row in reached], on)
    keepers = cache(lambda committee: _keepers(committee, on))
    lates = [Late(row, on, _who(row, holders.of(row.duty, on))) for row in reached]
    for late in lates:
        if late.row.source is None:
            yield from _of_occurrence(late, _told_too(late, keepers))
    of_registers = [(late, _told_too(late, keepers)) for late in lates if late.row.source]
    yield from reminders_of_registers(of_registers)
    yield from _of_requests(on)


def _who(row: Occurrence, responsible: Person | None) -> Person | None:
    return row.delegate if can_be_reached(row.delegate) else responsible


def _told_too(late: Late, keepers: Callable[[Committee], list[Person]]) -> list[Person]:
    """Return whom it concerns besides who answers for it."""
    concerns = late.days >= ESCALATES or not can_be_reached(late.who)
    return keepers(late.row.duty.committee) if concerns else []


def _keepers(committee: Committee, on: date) -> list[Person]:
    """Return who sits as secretary and can be reached; where nobody does, the coordinators."""
    seats = committee.seats.on(on).filter(role=Clause.Role.SECRETARY).with_holders(on)
    holders = [seat.holder for seat in seats if seat.holder is not None]
    sitting = [holder for holder in holders if can_be_reached(holder)]
    coordinators = Person.objects.active().with_role(OrganisationRole.Kind.COORDINATOR, on)
    return sitting or list(coordinators)


def _of_occurrence(late: Late, keepers: list[Person]) -> Iterator[Reminder]:
    url = late.row.get_absolute_url()
    if late.who is not None and can_be_reached(late.who):
        with translation.override(late.who.language):
            heading, text = in_words(late)
        yield Reminder(late.who, late.key, text, url, heading)
    for keeper in keepers:
        if keeper != late.who:
            with translation.override(keeper.language):
                heading, text = _to_keeper(late)
            yield Reminder(keeper, late.key, text, url, heading)


def _to_keeper(late: Late) -> tuple[str, str]:
    _heading, text = in_words(late)
    if late.who is not None and can_be_reached(late.who):
        answers = _("%(text)s. %(name)s answers for it.")
        return _("Overdue with others"), answers % {"text": text, "name": late.who.name}
    return _("Nobody to remind"), f"{text}. {_why_nobody(late.who)}"


def _why_nobody(who: Person | None) -> str:
    if who is None:
        return _("Nobody is responsible.")
    if not who.is_active:
        return _("%(name)s answers for it and has left.") % {"name": who.name}
    return _("%(name)s answers for it and has no e-mail address.") % {"name": who.name}


def _of_requests(on: date) -> Iterator[Reminder]:
    """Yield the requests to take something over that nobody has answered for a week or more."""
    waiting = Delegation.objects.unanswered().order_by("asked_at", "pk")
    for one in waiting.select_related("occurrence__duty", "to_person", "from_person"):
        weeks = (on - timezone.localdate(one.asked_at)).days // WEEK
        if weeks < 1 or not can_be_reached(one.to_person):
            continue
        with translation.override(one.to_person.language):
            values = {"task": one.occurrence.title, "by": one.from_person.name}
            text = _("%(task)s: %(by)s has asked you to take it over") % values
            heading = _("Waiting for your answer")
        url = one.occurrence.get_absolute_url()
        yield Reminder(one.to_person, f"wheel-request:{one.pk}:{weeks}", text, url, heading)
