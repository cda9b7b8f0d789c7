"""Mails of registers: to several people, to office holders, and to ask somebody to decide.

Nobody is asked to decide about what they put forward themselves, or what they may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person, held_on
from kommissorium.committees.models import Clause, Committee, Holding
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link, Listed
from kommissorium.registers.actions.proposals import ASKED, asked_key
from kommissorium.registers.proposing import ProposalKind


def queue_notices(
    people: Iterable[Person | None],
    kind: str,
    key: object,
    words: Callable[[], Letter],
) -> None:
    """Queue a mail to each who can be reached: `words` gives what it says, in their language."""
    for person in people:
        if person is None or not person.email or not person.is_active:
            continue
        with translation.override(person.language):
            letter = replace(words(), name=person.name)
        queue_mail(to=person.email, kind=kind, key=f"{key}", letter=letter)


def ask_to_decide(
    kind: ProposalKind[Any], proposal: Any, people: Iterable[Person], *, by: Person, path: str
) -> None:
    """Mail what is to be decided on to each of the people, once for each time it is put forward.

    `path` is the page on which they decide. Part of the action that puts it forward.
    """
    for person in people:
        if person.pk == by.pk or not (person.is_active and person.email):
            continue
        if not kind.visible_to(person).filter(pk=proposal.pk).exists():
            continue
        with translation.override(person.language):
            letter = _in_words(kind, proposal, person, by, path)
        queue_mail(to=person.email, kind=ASKED, key=asked_key(proposal), letter=letter)


def _in_words(
    kind: ProposalKind[Any], proposal: Any, person: Person, by: Person, path: str
) -> Letter:
    lines = kind.in_words(proposal)
    bare = [line.removeprefix("– ") for line in lines]
    heading = bare.pop(0) if lines and not lines[0].startswith("– ") else ""
    return Letter(
        kind.asked_in_short(proposal),
        Link(_("Read the matter and answer"), path),
        person.name,
        title=kind.text(proposal).title,
        lines=[_("%(by)s asks for your decision.") % {"by": by.name}, *kind.why(proposal)],
        facts=kind.figures(proposal),
        grid=kind.grid(proposal),
        lists=[Listed.of(heading, bare)] if bare else [],
    )


def is_dpo(person: Person) -> bool:
    """Return whether `person` is the data protection officer: by role, and by an adviser's seat.

    The role alone opens nothing, here as elsewhere.
    """
    if OrganisationRole.Kind.DPO not in person.current_roles:
        return False
    return _seats().filter(person=person, seat__role=Clause.Role.ADVISER).exists()


def is_chair(person: Person) -> bool:
    """Return whether `person` leads a committee, or stands in for whoever does."""
    return Committee.objects.led_by(person).exists()


def coordinators() -> QuerySet[Person]:
    found: QuerySet[Person] = Person.objects.active().with_role(
        OrganisationRole.Kind.COORDINATOR, timezone.localdate()
    )
    return found


def officers() -> QuerySet[Person]:
    """Return the data protection officers."""
    advisers = _seats().filter(seat__role=Clause.Role.ADVISER).values("person")
    found: QuerySet[Person] = Person.objects.active().with_role(
        OrganisationRole.Kind.DPO, timezone.localdate()
    )
    return found.filter(pk__in=advisers)


def chairs() -> QuerySet[Person]:
    """Return who chairs a committee."""
    held = _seats().filter(seat__role=Clause.Role.CHAIR, capacity=Holding.Capacity.HOLDER)
    found: QuerySet[Person] = Person.objects.active().filter(pk__in=held.values("person"))
    return found


def _seats() -> QuerySet[Holding]:
    today = timezone.localdate()
    return Holding.objects.filter(held_on(today), held_on(today, "seat__"))
