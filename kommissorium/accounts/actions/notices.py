"""Mails of every change of access: to the person, the chair and the administrators, at once."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.history import entries
from kommissorium.accounts.leaders import chairs
from kommissorium.accounts.models import Municipality, Person, administrators
from kommissorium.accounts.models.second_person import leading_people
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.actions import queue_mail


class Asked(Protocol):
    """Something that waits for the yes of somebody whose yes counts, on a page of its own."""

    def get_absolute_url(self) -> str: ...

    def can_be_accepted_by(self, person: Person, /) -> bool: ...


def tell(event: Event, person: Person, *, before: str = "", asks: Asked | None = None) -> None:
    """Mail what was done about the person; `before` is an e-mail that was theirs until now.

    `asks` waits for a second yes: in the mail to whoever can say it stands where.
    """
    told = Q(pk=person.pk) | Q(pk__in=chairs()) | Q(pk__in=administrators().values("pk"))
    reached = Person.objects.active().exclude(email=None)
    for one in reached.filter(told):
        answers = asks if asks and asks.can_be_accepted_by(one) else None
        _tell_one(event, person, one, one.email or "", answers)
    for one in reached.filter(pk__in=leading_people()).exclude(told) if asks else ():
        if asks and asks.can_be_accepted_by(one):
            _tell_one(event, person, one, one.email or "", asks)
    if before:
        _tell_one(event, person, person, before)
    elif not person.is_active and person.email:
        _tell_one(event, person, person, person.email)


def _tell_one(
    event: Event, person: Person, to: Person, email: str, asks: Asked | None = None
) -> None:
    with translation.override(to.language):
        [entry] = entries([event])
        subject = _("Change of access to Kommissorium: %(name)s") % {"name": person.name}
        body = _(
            "Hello %(name)s\n\nIn Kommissorium, %(municipality)s, this was done about "
            "%(person)s:\n\n%(text)s\nBy: %(by)s\n\nIf this is a surprise to you, tell the "
            "information security coordinator and an administrator at once. The person, the "
            "chair and the administrators all get this mail."
        ) % {
            "name": to.name,
            "municipality": Municipality.current().name,
            "person": person.name,
            "text": entry.text,
            "by": entry.who,
        }
        if asks:
            link = f"{settings.SITE_URL}{asks.get_absolute_url()}"
            subject = _("Your yes or no is needed: %(name)s") % {"name": person.name}
            body += "\n\n" + _("Say yes or no here:\n%(link)s") % {"link": link}
    kind = "accounts.access_changed"
    queue_mail(to=email, kind=kind, key=str(event.seq), subject=subject, body=body)
