"""Mails of a register to several people at once, each in their own language."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.actions import queue_mail


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
