"""A to-do line, one thing that waits for a person; and a first step of a new municipality."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final, NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import day

SOON = 7  # days before it is due
USUAL: Final = 15  # minutes: to look at a thing, say something of it and be done


class Press(NamedTuple):
    """The request that one press of an item's button sends: it does the whole thing."""

    url: str
    fields: tuple[tuple[str, str], ...] = ()


class Todo(NamedTuple):
    """One thing to do: a sentence, and the button that leads to the page for it.

    `url` is the page of the thing: what has the same one is the same thing. With a `press` the
    button does it on the spot. `in_mail` is what a mail says of what is closed. `by_law` is what
    has its time from a law. `minutes` are an estimate of those who wrote the thing, for doing it.
    """

    text: str
    action: str
    url: str
    urgent: bool = False
    due: date | None = None
    note: str = ""
    press: Press | None = None
    in_mail: str = ""
    by_law: bool = False
    minutes: int = USUAL

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()

    @property
    def is_pressing(self) -> bool:
        return self.urgent or self.is_late

    @property
    def rank(self) -> tuple[bool, bool, date]:
        """Return its place among others: what a law gives a few days first, then what presses."""
        near = self.due is None or (self.due - timezone.localdate()).days <= SOON
        return not (self.by_law and near), not self.is_pressing, self.due or date.max

    @property
    def when(self) -> str:
        """Return its due day, or how late it is, in words; "" for no day."""
        if self.due is None:
            return ""
        today = timezone.localdate()
        days = (today - self.due).days
        if days > 0:
            text = ngettext("%(number)d day overdue", "%(number)d days overdue", days)
            return text % {"number": days}
        if days == 0:
            return _("Due today")
        return day(self.due) if self.due.year != today.year else _day_and_month(self.due)

    @property
    def tone(self) -> str:
        """Return the tone of the badge of its due day."""
        if self.due is None or (self.due - timezone.localdate()).days > SOON:
            return "neutral"
        return "error" if self.is_late else "warning"


def in_order(things: Iterable[Todo], gone: Collection[str] = ()) -> list[Todo]:
    """Return each thing once, the most urgent first; not those of pages that are `gone`.

    Of two lines about the same page the first one stays.
    """
    found: dict[str, Todo] = {}
    for thing in things:
        if thing.url not in gone:
            found.setdefault(thing.url, thing)
    return sorted(found.values(), key=lambda one: one.rank)


def way_back(request: HttpRequest) -> str:
    """Return the page of ours whose list was pressed; "" for none."""
    back = request.POST.get("back") or request.GET.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""


def _day_and_month(value: date) -> str:
    return date_format(value, "MONTH_DAY_FORMAT")


class FirstStep(NamedTuple):
    """One step: its name, what is missing, and the button that leads to the page for it."""

    title: str
    text: str
    action: str
    url: str
    is_done: bool
    tells_of: str = ""  # the address of a to-do that need not be told besides
