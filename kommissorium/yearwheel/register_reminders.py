"""Reminders of what registers have put on the wheel: one line for many.

Those of one duty and one person that are due in a month are one line, and those that are so
late that no more is said of each are one. It tells of the stage its first one has reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.lateness import LATEST, Late, can_be_reached, in_words, stage
from kommissorium.yearwheel.register_bundles import address

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
