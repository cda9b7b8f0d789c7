"""What others owe, for the coordinators who follow it up and ask for it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.kept import KeptAnswers
from kommissorium.core.mail.models import Reminded
from kommissorium.core.ui.owed import Owed
from kommissorium.registers.links import OWED
from kommissorium.tasks import todo as tasks
from kommissorium.yearwheel import owed as yearwheel

_KEPT: Final = KeptAnswers[int, Sequence[Owed[Person]]](most=50)  # coordinators


def can_be_asked_for_by(person: Person) -> bool:
    """Return whether the person follows up what others owe."""
    return person.is_coordinator


def owed_to(person: Person, on: date | None = None) -> list[Owed[Person]]:
    """Return what others are overdue with, the longest first; nothing for who follows nothing up."""
    if not can_be_asked_for_by(person):
        return []
    today = on or timezone.localdate()
    sources = (tasks.owed, yearwheel.owed, *OWED.ask_all())
    found = [one for source in sources for one in source(person, today)]
    asked = set(Reminded.objects.filter(on=today).values_list("recipient", "key"))
    known = [
        one._replace(asked_on=today)
        if ((one.person.email or "").lower(), reminder_key(one, today)) in asked
        else one
        for one in found
    ]
    return sorted(known, key=lambda one: (one.due, one.person.name, one.key))


def kept_owed_to(person: Person) -> Sequence[Owed[Person]]:
    """Return the same for a page to show: kept until something is done."""
    return _KEPT.answer(person.pk, lambda: owed_to(person))


def can_be_asked_for(one: Owed[Person]) -> bool:
    """Return whether a mail reaches who owes it, and none has asked for it today."""
    is_reached = one.person.is_active and bool(one.person.email)
    return is_reached and one.asked_on != timezone.localdate()


@dataclass(frozen=True)
class Debtor:
    """A person and all that they owe, the longest first."""

    person: Person
    things: Sequence[Owed[Person]]

    @property
    def can_be_asked(self) -> bool:
        return any(map(can_be_asked_for, self.things))

    @property
    def was_asked(self) -> bool:
        return all(one.asked_on == timezone.localdate() for one in self.things)


def debtors_of(owed: Iterable[Owed[Person]]) -> list[Debtor]:
    """Return who owes, in the order of what each has owed the longest."""
    found: dict[int, list[Owed[Person]]] = {}
    for one in owed:
        found.setdefault(one.person.pk, []).append(one)
    return [Debtor(things[0].person, things) for things in found.values()]


def reminder_key(one: Owed[Person], on: date) -> str:
    """Return the name of asking for it on a day: once, whoever asks."""
    return f"owed:{one.key}:{on}"
