"""A thing that somebody owes the committee, for those who follow it up and ask for it again."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import day


class Owed[P](NamedTuple):
    """What a person is overdue with: its title and page, when it was due, and how many it is.

    `key` names it ("task:12"). Of what `is_closed` a mail says no title. `asked_on` is the last
    day on which the person was asked for it.
    """

    person: P
    title: str
    url: str
    due: date
    key: str
    number: int = 1
    is_closed: bool = False
    asked_on: date | None = None

    @property
    def matter(self) -> str:
        """Return its title, and how many it is."""
        if self.number == 1:
            return self.title
        return _("%(task)s: %(number)d to do") % {"task": self.title, "number": self.number}

    @property
    def when(self) -> str:
        """Return how late it is, in words."""
        days = (timezone.localdate() - self.due).days
        text = ngettext("%(number)d day overdue", "%(number)d days overdue", days)
        return text % {"number": days}

    @property
    def in_mail(self) -> str:
        """Return it as the line of a mail, in the active language."""
        days = (timezone.localdate() - self.due).days
        text = ngettext(
            "%(task)s: was due on %(date)s, %(number)d day ago",
            "%(task)s: was due on %(date)s, %(number)d days ago",
            days,
        )
        matter = _("A task from a closed item") if self.is_closed else self.matter
        return text % {"task": matter, "date": day(self.due), "number": days}
