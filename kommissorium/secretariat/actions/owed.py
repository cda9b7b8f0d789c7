"""Ask others for what they owe: one mail each, and once a day for each thing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link, Listed
from kommissorium.core.mail.models import Reminded
from kommissorium.core.ui.owed import Owed
from kommissorium.secretariat.owed import (
    can_be_asked_for,
    can_be_asked_for_by,
    owed_to,
    reminder_key,
)


@transaction.atomic
def ask_for_owed(*, by: Person, whom: int | None = None) -> int:
    """Send each who owes something a mail that asks for it; return how many mails there are.

    With `whom`, the key of a person, them alone. What a person was asked for today already is not asked for again, whoever asks.
    """
    if not can_be_asked_for_by(by):
        raise PermissionDenied
    owed = (one for one in owed_to(by) if whom in (None, one.person.pk))
    things = [one for one in owed if can_be_asked_for(one)]
    whose = sorted(things, key=lambda one: one.person.pk)
    return sum(
        _ask(list(group), by) for _pk, group in groupby(whose, key=lambda one: one.person.pk)
    )


def _ask(things: Sequence[Owed[Person]], by: Person) -> bool:
    person, today = things[0].person, timezone.localdate()
    keys = sorted(reminder_key(one, today) for one in things)
    with translation.override(person.language):
        letter = _letter(things, by)
    queued = queue_mail(
        to=person.email or "",
        kind="secretariat.owed",
        key=keys[0],
        letter=letter,
        reply_to=by.email or "",
    )
    if queued:
        to = (person.email or "").lower()
        Reminded.objects.bulk_create(Reminded(recipient=to, key=key, on=today) for key in keys)
        matters = sorted(one.key for one in things)
        record("secretariat.owed_asked_for", person, by=by, facts={"matters": matters})
    return queued


def _letter(things: Sequence[Owed[Person]], by: Person) -> Letter:
    subject = ngettext(
        "Reminder: %(number)d matter is overdue",
        "Reminder: %(number)d matters are overdue",
        len(things),
    )
    asked = ngettext(
        "%(name)s asks you to finish it, or to answer this mail with when it will be done.",
        "%(name)s asks you to finish them, or to answer this mail with when they will be done.",
        len(things),
    )
    return Letter(
        subject % {"number": len(things)},
        Link(_("See all that waits for you"), "/"),
        things[0].person.name,
        lines=[asked % {"name": by.name}],
        lists=[Listed(_("Overdue"), [Link(one.in_mail, one.url) for one in things])],
    )
