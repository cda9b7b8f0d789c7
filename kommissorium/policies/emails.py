"""The mail to who is asked to comment on a draft. It holds the title and a link, never the text."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.ui.localised import day
from kommissorium.policies.models import Version


def queue_asked(version: Version, people: Iterable[Person]) -> None:
    """Ask each of the people for their comments, once for each version."""
    for person in people:
        if not (person.is_active and person.email):
            continue
        with translation.override(person.language):
            values = {
                "name": person.name,
                "title": version.title,
                "day": day(version.review_ends),
                "link": f"{settings.SITE_URL}{version.get_absolute_url()}",
            }
            parts = [
                _("Hello %(name)s") % values,
                _("You are asked to read the draft of “%(title)s” and to comment by %(day)s.")
                % values,
                _("Read it, and write at the headings what you think:\n%(link)s") % values,
            ]
            subject = _("Your comments on a draft are wanted")  # administrators see subjects
        queue_mail(
            to=person.email,
            kind="policies.review_asked",
            key=str(version.pk),
            subject=subject,
            body="\n\n".join(parts),
        )
