"""The mail that asks for comments on a draft. It holds the title and a link, never the text."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.ui.localised import day
from kommissorium.policies.models import Version
from kommissorium.registers.notices import queue_notices


def queue_asked(version: Version, people: Iterable[Person]) -> None:
    """Ask each of the people for their comments, once for each version."""

    def words() -> tuple[str, str]:
        values = {"title": version.title, "day": day(version.review_ends)}
        text = _("You are asked to read the draft of “%(title)s” and to comment by %(day)s.")
        more = _("Read it, and write at the headings what you think:")
        subject = _("Your comments on a draft are wanted")  # administrators see subjects
        return subject, f"{text % values}\n\n{more}"

    queue_notices(people, "policies.review_asked", version.pk, version.get_absolute_url(), words)
