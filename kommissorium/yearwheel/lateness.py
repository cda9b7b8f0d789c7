"""Lateness of an occurrence on a date, and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.models import Occurrence

WEEK = 7  # days
LATEST = 28  # days after: from thirty on it stands on the chair's list (secretariat)
ESCALATES = 14  # days after: from here on the coordinator is told too


@dataclass(frozen=True)
class Late:
    """An occurrence as it stands on a day; `who` answers for it and has perhaps left."""

    row: Occurrence
    on: date
    who: Person | None

    @property
    def days(self) -> int:
        """Return how many days it is overdue; below zero before it is due."""
        return (self.on - self.row.due).days

    @property
    def key(self) -> str:
        # With the day in it, one that is moved is told of again.
        reached = stage(self.row.due, self.row.duty.lead_days, self.on)
        return f"wheel:{self.row.pk}:{self.row.due}:{reached}"


def stage(due: date, lead_days: int, on: date) -> int | None:
    """Return the newest stage reached, in days after it is due; None before all of them.

    The lead time before, a week before where the lead time is longer, the day itself, and
    then each week until the twenty-eighth day.
    """
    days = (on - due).days
    if days >= 0:
        return min(days // WEEK * WEEK, LATEST)
    if days >= -WEEK and lead_days > WEEK:
        return -WEEK
    return -lead_days if days >= -lead_days else None


def can_be_reached(person: Person | None) -> bool:
    """Return whether a mail would get to the person."""
    return person is not None and person.is_active and bool(person.email)


def in_words(late: Late) -> tuple[str, str]:
    """Return the heading it stands under in a mail, and its line, in the active language."""
    # The tasks' own words and headings, so that both stand together in the mail.
    values = {"task": late.row.title, "date": day(late.row.due), "number": late.days}
    if late.days < 0:
        return _("Due soon"), _("%(task)s: due on %(date)s") % values
    if late.days == 0:
        return _("Due today"), _("%(task)s: due today") % values
    text = ngettext(
        "%(task)s: was due on %(date)s, %(number)d day ago",
        "%(task)s: was due on %(date)s, %(number)d days ago",
        late.days,
    )
    return _("Overdue"), text % values
