"""Reminders of the wheel: before a date, on it and weekly after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Clause, Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.yearwheel.actions.duties import MOST_LEAD
from kommissorium.yearwheel.lateness import ESCALATES, WEEK, Late, can_be_reached, in_words, stage
from kommissorium.yearwheel.models import Delegation, Occurrence
from kommissorium.yearwheel.register_reminders import reminders_of_registers
from kommissorium.yearwheel.responsible import Holders


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
