"""Mails of every change of access: to the person, the chair and the administrators, at once."""

from __future__ import annotations

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.history import entries
from kommissorium.accounts.leaders import chairs
from kommissorium.accounts.models import Municipality, Person, administrators
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.actions import queue_mail


def tell(event: Event, person: Person, *, before: str = "") -> None:
    """Mail what was done about the person; `before` is an e-mail that was theirs until now."""
    told = Q(pk=person.pk) | Q(pk__in=chairs()) | Q(pk__in=administrators().values("pk"))
    for one in Person.objects.active().filter(told).exclude(email=None):
        _tell_one(event, person, one, one.email or "")
    if before:
        _tell_one(event, person, person, before)
    elif not person.is_active and person.email:
        _tell_one(event, person, person, person.email)


def _tell_one(event: Event, person: Person, to: Person, email: str) -> None:
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
    kind = "accounts.access_changed"
    queue_mail(to=email, kind=kind, key=str(event.seq), subject=subject, body=body)
