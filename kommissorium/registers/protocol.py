"""Interface of a register to the rest of the program: a class with empty answers.

A room that keeps a register overrides what it has. Agendas, the answer on a date, the overview,
the menu and the mails iterate over what is installed (installed.py) and name none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.functional import Promise

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import Searched
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.todo import Todo
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.filing import FiledKind
from kommissorium.registers.agenda import OnItem, SubjectKind
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.menu import Deed, MenuLine
from kommissorium.registers.numbers import Counts
from kommissorium.registers.opening import Opening
from kommissorium.registers.requirements import Shown
from kommissorium.registers.signals import Signals
from kommissorium.registers.status import StatusPart


class Register:
    """A register of the municipality, and what it offers the committee's work."""

    code: ClassVar[str]  # the name of its room, with which its acts begin
    label: ClassVar[str | Promise]  # of its line in the menu
    menu: ClassVar[MenuLine]
    place: ClassVar[int]  # its place in the menu, on agendas and among to-dos
    stage: ClassVar[int] = 2  # in use from the beginning: 0 with meetings alone, 1 with systems
    counts: ClassVar[Counts] = Counts()
    opening: ClassVar[type[Opening] | None] = None  # what stands above the first of its lists
    signals: ClassVar[tuple[Signals[Any], ...]] = ()  # its numbers, each said once
    schedule: ClassVar[tuple[Periodic, ...]] = ()
    imports: ClassVar[tuple[type[SheetImport], ...]] = ()  # sheets that can be taken in
    # What agenda items can be about. Decisions of a meeting take effect in this order.
    subjects: ClassVar[tuple[SubjectKind, ...]] = ()
    # What it says on the items of the mandate, and suggests that they say, by what measures the clause.
    agenda: ClassVar[Mapping[str, OnItem]] = {}
    lists: ClassVar[tuple[type[ListPage[Any]], ...]] = ()
    # What of it is filed in the municipality's records system when it is finished.
    filings: ClassVar[tuple[FiledKind[Any], ...]] = ()
    searched: ClassVar[tuple[Searched[Any], ...]] = ()  # what search finds of it
    deeds: ClassVar[
        tuple[Deed, ...]
    ] = ()  # what is done in it, where search leads who looks for it

    def todos(self, person: Person, day: date, /) -> Iterable[Todo]:
        """Return what waits for the person in this register, the most urgent first."""
        return ()

    def reminders(self, day: date, /) -> Iterable[Reminder]:
        """Return what is news to somebody, on which the day's mail goes to them; it says all that
        waits for them."""
        return ()

    def status_on(self, quarter: Quarter, /) -> Iterable[StatusPart]:
        """Return its parts of the status of a quarter that has ended, by what was known then."""
        return ()

    def shows(self, day: date, /) -> Iterable[Shown]:
        """Return what it shows of the requirements of standards on the day (requirements.py), the
        same for everybody."""
        return ()
