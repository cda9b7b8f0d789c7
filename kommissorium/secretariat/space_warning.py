"""Warns administrators that the space for files is nearly used up: on pages, and once by mail."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.core.files.quota import Space, space
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link


def scarce_space(person: Person | None) -> Space | None:
    """Return the space where a page of this person warns of it."""
    if person is None or not person.is_administrator:
        return None
    now = space()
    return now if now.is_scarce else None


@transaction.atomic
def warn_of_space() -> int:
    """Queue a mail to each administrator when space is scarce; return how many were new.

    Each is told once of one quota: the mail is known by it.
    """
    now = space()
    if not now.is_scarce:
        return 0
    kind = OrganisationRole.Kind.ADMINISTRATOR
    people = Person.objects.active().with_role(kind, timezone.localdate()).exclude(email=None)
    return sum(_tell(person, now) for person in people)


def _tell(person: Person, now: Space) -> bool:
    with translation.override(person.language):
        said = _(
            "When the space for uploaded files is full, no more files can be attached; everything "
            "else goes on. Whoever runs the program can give it more: KOMMISSORIUM_STORAGE_GB."
        )
        letter = Letter(
            _("%(percent)d %% of the space for files is used") % {"percent": now.percent},
            Link(_("See the settings"), reverse("settings")),
            person.name,
            lines=[said],
            facts=[(_("Used"), str(now))],
        )
    return queue_mail(
        to=str(person.email),
        kind="secretariat.space_scarce",
        key=str(now.most),
        letter=letter,
    )
