"""Mails of registers: to several people, to office holders, and to ask somebody to decide.

Nobody is asked to decide about what they put forward themselves, or what they may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person, held_on
from kommissorium.committees.models import Clause, Committee, Holding
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.richtext import plain_text
from kommissorium.registers.actions.proposals import ASKED, asked_key
from kommissorium.registers.proposing import ProposalKind


def queue_notices(
    people: Iterable[Person | None],
    kind: str,
    key: object,
    path: str,
    words: Callable[[], tuple[str, str]],
) -> None:
    """Queue a mail to each who can be reached: `words` gives subject and text, in their language.

    The address of the page it is about stands below the text.
    """
    for person in people:
        if person is None or not person.email or not person.is_active:
            continue
        with translation.override(person.language):
            subject, text = words()
            hello = _("Hello %(name)s") % {"name": person.name}
            body = f"{hello}\n\n{text}\n\n{settings.SITE_URL}{path}"
            queue_mail(to=person.email, kind=kind, key=f"{key}", subject=subject, body=body)


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
            subject, body = _in_words(kind, proposal, person, by, path)
        queue_mail(to=person.email, kind=ASKED, key=asked_key(proposal), subject=subject, body=body)


def _in_words(
    kind: ProposalKind[Any], proposal: Any, person: Person, by: Person, path: str
) -> tuple[str, str]:
    text = kind.text(proposal)
    values = {"name": person.name, "by": by.name, "title": text.title}
    parts = [
        _("Hello %(name)s") % values,
        _("%(by)s asks for your decision: %(title)s") % values,
        plain_text(text.presentation),
        "\n".join(kind.in_words(proposal)),
        _("Look at it, and approve or reject it here:\n%(link)s")
        % {"link": f"{settings.SITE_URL}{path}"},
    ]
    # The page of mails shows the subject to administrators, who may not know of the matter.
    subject = _("Your decision is needed: %(kind)s") % {"kind": kind.listed[0]}
    return subject, "\n\n".join(filter(None, parts))


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
