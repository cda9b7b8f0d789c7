"""What people are to be reminded of about the wheel: before a day, on it and weekly after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Clause, Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.wording import day
from kommissorium.yearwheel.actions.duties import MOST_LEAD
from kommissorium.yearwheel.holding import Holders
from kommissorium.yearwheel.models import Delegation, Occurrence

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


def reminders(on: date) -> Iterator[Reminder]:
    """Yield, for each open occurrence, the newest stage reached by the date, then requests.

    Whoever has taken it over is reminded, else who answers for it. Where neither can be
    reached it is the coordinator; from the fourteenth day overdue they are told as well.
    """
    rows = Occurrence.objects.open().filter(due__lte=on + timedelta(days=MOST_LEAD))
    along = ("duty__committee", "duty__responsible_person", "delegate")
    reached = [
        row
        for row in rows.select_related(*along).order_by("due", "pk")
        if stage(row.due, row.duty.lead_days, on) is not None
    ]
    holders = Holders([row.duty for row in reached], on)
    keepers = cache(lambda committee: _keepers(committee, on))
    for row in reached:
        late = Late(row, on, _who(row, holders.of(row.duty, on)))
        yield from _of_occurrence(late, keepers(row.duty.committee) if _concerns(late) else [])
    yield from _of_requests(on)


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


def _who(row: Occurrence, responsible: Person | None) -> Person | None:
    return row.delegate if can_be_reached(row.delegate) else responsible


def _concerns(late: Late) -> bool:
    return late.days >= ESCALATES or not can_be_reached(late.who)


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
            heading, text = _in_words(late)
        yield Reminder(late.who, late.key, text, url, heading)
    for keeper in keepers:
        if keeper != late.who:
            with translation.override(keeper.language):
                heading, text = _to_keeper(late)
            yield Reminder(keeper, late.key, text, url, heading)


def _in_words(late: Late) -> tuple[str, str]:
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


def _to_keeper(late: Late) -> tuple[str, str]:
    _heading, text = _in_words(late)
    if late.who is not None and can_be_reached(late.who):
        answers = _("%(text)s. %(name)s answers for it.")
        return _("Overdue with others"), answers % {"text": text, "name": late.who.name}
    return _("Nobody to remind"), f"{text}. {_why_nobody(late.who)}"


def _why_nobody(who: Person | None) -> str:
    if who is None:
        return _("Nobody answers for it.")
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
