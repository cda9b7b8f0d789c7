"""Interface of a register to the rest of the program: a class with empty answers.

A room that keeps a register overrides what it has. Agendas, the answer on a date, the overview,
the menu and the mails iterate over registers() and name none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from kommissorium.accounts.models import Person
from kommissorium.accounts.searched import Searched
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.first_step import FirstStep
from kommissorium.core.ui.todo import Todo
from kommissorium.meetings.facts import FactTable
from kommissorium.meetings.filing import FiledKind
from kommissorium.registers.agenda import AgendaContext, Composer, SubjectKind
from kommissorium.registers.bases import Basis
from kommissorium.registers.config import RegisterConfig
from kommissorium.registers.drafting import Drafter
from kommissorium.registers.findings import Check
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.indicators import Indicator
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.past import PastEvent
from kommissorium.registers.proposing import ProposalKind
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.requirements import Shown
from kommissorium.registers.shown_activities import shown_by_activities
from kommissorium.registers.status import StatusPart
from kommissorium.tasks.models import Task

if TYPE_CHECKING:
    from kommissorium.registers.activities import ActivityKind
    from kommissorium.registers.foreseen import Foreseen
    from kommissorium.registers.happenings import Happening


class Part(NamedTuple):
    """A part of a page: its template and what fills it; `head` is a template for the page's head."""

    template: str
    context: Mapping[str, Any]
    head: str = ""


class Register:
    """A register of the municipality, and what it offers the committee's work."""

    code: ClassVar[str]  # the name of its room, with which its acts begin
    label: ClassVar[str | Promise]  # of its line in the menu
    home: ClassVar[str]  # the name of its first page's address
    prefixes: ClassVar[tuple[str, ...]] = ()  # other addresses that light its line
    for_everybody: ClassVar[bool] = False  # its line stands also with who follows no committee
    # What everybody can do in one press from the overview: its words and its address.
    offered: ClassVar[tuple[str | Promise, str] | None] = None
    place: ClassVar[int]  # its place in the menu, on agendas and among to-dos
    counted_from: ClassVar[tuple[str, ...]] = ()  # rooms whose acts change its count; (): any
    schedule: ClassVar[tuple[Periodic, ...]] = ()
    imports: ClassVar[tuple[type[SheetImport], ...]] = ()  # sheets that can be taken in
    tells: ClassVar[tuple[str, ...]] = ()  # sources on the wheel that its own to-dos tell of
    # What agenda items can be about. Decisions of a meeting take effect in this order.
    subjects: ClassVar[tuple[SubjectKind, ...]] = ()
    activities: ClassVar[tuple[ActivityKind[Any], ...]] = ()  # what a plan of the year promises
    # What it says under the items of the mandate, by what measures the clause.
    agenda: ClassVar[Mapping[str, Composer]] = {}
    # What it suggests that these items say, by what measures the clause.
    drafts: ClassVar[Mapping[str, Drafter]] = {}
    acts: ClassVar[tuple[str, ...]] = ()  # the events its past is put together from
    acts_about: ClassVar[Mapping[str, str]] = {}  # and those about one kind of object alone
    checks: ClassVar[Mapping[str, Check[Any]]] = {}  # by measure, on a date of its past
    # What checks that look at several registers ask, by a code of its own.
    aspects: ClassVar[Mapping[str, Check[Any]]] = {}
    # What it has approved that others stand on, by a code of its own.
    bases: ClassVar[Mapping[str, Basis]] = {}
    lists: ClassVar[tuple[type[ListPage[Any]], ...]] = ()
    # What of it is filed in the municipality's records system when it is finished.
    filings: ClassVar[tuple[FiledKind[Any], ...]] = ()
    searched: ClassVar[tuple[Searched[Any], ...]] = ()  # what search finds of it
    happened: ClassVar[type[models.Model] | None] = None  # what goes wrong (registers.happenings)
    # Which of its counts something can be held against, by a code of its own.
    indicators: ClassVar[Mapping[str, Indicator]] = {}

    def is_shown_to(self, person: Person) -> bool:
        """Return whether the menu leads the person to it."""
        return True

    def home_of(self, person: Person) -> str:
        """Return the name of the page that the menu leads the person to."""
        return self.home

    def count(self, day: date) -> Mapping[str, int]:
        """Return how the register stands on the day, in numbers that are the same for everybody."""
        return {}

    def past(self, events: Iterable[PastEvent], today: Mapping[str, int]) -> Any:
        """Return its past as its checks look at it, from the events of its acts.

        `today` is how it is counted now.
        """
        return None

    def end_of_day(self, day: date) -> None:
        """Do what is done of itself in the evening, before the day's figures are kept; again and
        again makes no difference."""

    def record_figures(self, day: date) -> Event | None:
        """Record in the chain how the register stood on the day; None where it was empty."""
        return None

    def out_of_reach(self, person: Person, day: date) -> Iterable[str]:
        """Return the pages of tasks of the person's that nobody can do any more."""
        return ()

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        """Return what waits for the person in this register, the most urgent first."""
        return ()

    def first_steps(self, person: Person) -> Iterable[FirstStep]:
        """Return with what a new municipality begins in this register, done or not."""
        return ()

    def reminders(self, day: date) -> Iterable[Reminder]:
        """Return what is news to somebody, on which the day's mail goes to them; it says all that
        waits for them."""
        return ()

    def news(self, context: AgendaContext) -> FactTable | None:
        """Return what stands of it under ongoing work: how it is, and what is new."""
        return None

    def status_on(self, quarter: Quarter) -> Iterable[StatusPart]:
        """Return its parts of the status of a quarter that has ended, by what was known then."""
        return ()

    def shows(self, day: date) -> Iterable[Shown]:
        """Return what it shows of the requirements of standards on the day (requirements.py), the
        same for everybody: a room with plans of activities names requirements on its ActivityKind."""
        return [one for kind in self.activities for one in shown_by_activities(kind, day)]

    def owners_who_read(self, day: date) -> set[int]:
        """Return the keys of those who by the day had read what it lays down for owners of assets."""
        return set()

    def parts_of(self, subject: models.Model, person: Person) -> Iterable[Part]:
        """Return its parts of the page of another room's thing."""
        return ()

    def way_on(self, task: Task, person: Person) -> Todo | None:
        """Return the page that a task of its own is gone on from, as far as the person reads it."""
        return None

    def end_notices(self, subject: models.Model) -> Iterable[Part]:
        """Return what is told before somebody ends another room's thing."""
        return ()

    def foreseen(self, person: Person, assets: Sequence[int]) -> Iterable[Foreseen]:
        """Return what it has foreseen that can go wrong, and that the person reads: what is about
        these assets first (registers.foreseen)."""
        return ()

    def foreseen_as(self, person: Person, keys: Sequence[str]) -> Iterable[Foreseen]:
        """Return of these what the person reads, each as it stands today."""
        return ()

    def follows(self, happening: Happening, person: Person) -> Iterable[Part]:
        """Return its parts of the page of something that went wrong in another register."""
        return ()

    def weigh_again(
        self,
        key: str,
        title: str,
        *,
        by: Person,
        committee: Committee,
        due: date,
        is_closed: bool,
    ) -> Task | None:
        """Give who answers for something foreseen the task to weigh it again; None where nobody
        can. The committee decided it: its caller has checked who may."""
        return None


def registers() -> tuple[Register, ...]:
    """Return the registers that are installed, in their order."""
    found = [
        config.register for config in apps.get_app_configs() if isinstance(config, RegisterConfig)
    ]
    return tuple(sorted(found, key=lambda register: register.place))


def subject_kinds() -> dict[str, SubjectKind]:
    """Return what agenda items can be about, in the order in which decisions take effect."""
    return {kind.kind: kind for register in registers() for kind in register.subjects}


def proposal_kinds() -> dict[str, ProposalKind[Any]]:
    """Return what can be put before a committee, by the name in its address."""
    kinds = subject_kinds().values()
    return {kind.slug: kind for kind in kinds if isinstance(kind, ProposalKind)}


def proposal_kind_of(proposal: models.Model) -> ProposalKind[Any]:
    """Return the kind of what can be put before a committee."""
    return next(kind for kind in proposal_kinds().values() if isinstance(proposal, kind.model))


def activity_kinds() -> dict[str, ActivityKind[Any]]:
    """Return the kinds of activities that are planned for a year, by the name in their addresses."""
    return {kind.slug: kind for register in registers() for kind in register.activities}


def register_of_activities(kind: ActivityKind[Any]) -> Register:
    """Return the register that a kind of activity belongs to."""
    return next(register for register in registers() if kind in register.activities)


def register_with(kind: SubjectKind) -> Register:
    """Return the register that a kind of subject belongs to."""
    return next(register for register in registers() if kind in register.subjects)


def register_of(code: str) -> Register:
    """Return the register of that code. Raises LookupError for one that is not installed."""
    for register in registers():
        if register.code == code:
            return register
    raise LookupError(code)


def basis_of(code: str) -> Basis | None:
    """Return what others can stand on by that code; None where no register has it."""
    return next((one.bases[code] for one in registers() if code in one.bases), None)


def list_of(code: str) -> type[ListPage[Any]]:
    """Return the list of that code. Raises LookupError where no register has one."""
    for register in registers():
        for one in register.lists:
            if one.code == code:
                return one
    raise LookupError(code)


def way_on(task: Task, person: Person) -> Todo | None:
    """Return where one goes on from a task: what the first register says that knows it."""
    found = (register.way_on(task, person) for register in registers())
    return next((one for one in found if one), None)
