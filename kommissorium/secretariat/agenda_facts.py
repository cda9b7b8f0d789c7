"""Facts under each agenda item, composed from what the registers say.

OWN is the table of what the meetings, tasks and the year wheel say: what measures the clause,
and who fills its item. The registers bring what they say themselves. Under each item stand
besides the duties of the year wheel that feed it. Facts from closed items stay out: an item is
read by all who follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import day
from kommissorium.measures.codes import Measure
from kommissorium.meetings.facts import FactRow, Facts, FactTable, to_json
from kommissorium.meetings.models import AgendaItem, Meeting, Minutes
from kommissorium.meetings.year_plan import warning_beside, with_reach
from kommissorium.registers.agenda import AgendaContext, Composer, Tables
from kommissorium.registers.installed import registers, subject_kinds
from kommissorium.secretariat.put_off import registers_in_use
from kommissorium.secretariat.wheel_facts import fed_table, wheel_tables
from kommissorium.tasks.models import QuarterTask, Task
from kommissorium.tasks.quarters import next_quarter, quarter_name, quarter_of
from kommissorium.yearwheel.meeting_news import WheelNews, news_of

MOST_DONE, MOST_MEETINGS = 100, 8
ONGOING = Measure.AGENDA_ONGOING  # the item under which each register tells how it stands


def compose(meeting: Meeting) -> dict[int, dict[str, Any]]:
    """Return the facts of each item that has a composer, as plain data by the item's key."""
    items = meeting.items.standing().select_related("clause")
    return {key: to_json(facts) for key, facts in facts_of(items, meeting).items()}


def facts_of(items: Iterable[AgendaItem], meeting: Meeting) -> dict[int, Facts]:
    """Return what the registers say now, by key of the item; nothing for one no register fills.

    As many queries as there are kinds of things the items are about, however many rows those
    have. `items` come with their clauses.
    """
    items, now = list(items), timezone.now()
    context = AgendaContext(meeting, items)
    about, found = _about(context), {}
    for item in items:
        subject = about.get((item.subject_kind, item.subject_id), ())
        tables = (*_tables(item.measure, context), *subject)
        if tables or is_filled(item.measure):
            found[item.pk] = Facts(now, tables)
    return found


def facts_for(item: AgendaItem, meeting: Meeting) -> Facts | None:
    """Return what the registers say of an item now; None for one that no register fills."""
    return facts_of([item], meeting).get(item.pk)


def is_filled(measure: str) -> bool:
    """Return whether a register fills the items of a measure."""
    return measure in OWN or any(measure in register.agenda for register in registers())


def _about(context: AgendaContext) -> dict[tuple[str, str], Tables]:
    """Return what the registers say of the things the items are about, each kind asked once."""
    keys: dict[str, set[str]] = defaultdict(set)
    for item in context.items:
        keys[item.subject_kind].add(item.subject_id)
    return {
        (name, key): tables
        for name, kind in subject_kinds().items()
        if name in keys
        for key, tables in kind.facts(keys[name], context).items()
    }


def _tables(measure: str, context: AgendaContext) -> Tables:
    """Return what is said under an item of a measure, and what the year wheel has for it."""
    if not measure:
        return ()
    said = (register.agenda.get(measure) for register in context.once(registers_in_use))
    composers = [OWN.get(measure), *(one.tables for one in said if one)]
    tables = tuple(table for compose in composers if compose for table in compose(context))
    if measure == Measure.AGENDA_YEAR_WHEEL:
        return tables
    fed = fed_table(context.once(wheel_news), measure, context.met, context.today)
    return (*tables, fed) if fed else tables


@dataclass
class CommitteeTasks:
    """The tasks of a committee: the open ones, and those done since the meeting before.

    Each knows in `is_chosen` whether it is chosen for the quarter after the meeting's.
    """

    rows: Sequence[Any]

    @cached_property
    def open(self) -> list[Any]:
        return [task for task in self.rows if task.is_open]

    @cached_property
    def done(self) -> list[Any]:
        done = [task for task in self.rows if not task.is_open]
        return sorted(done, key=lambda task: task.done_at)


def committee_tasks(context: AgendaContext) -> CommitteeTasks:
    """Return the open tasks of the meeting's committee, and those done since it met; none of a
    closed item."""
    committee = context.meeting.committee_id
    chosen = QuarterTask.objects.filter(task=OuterRef("pk"), committee=committee)
    done = Q(state=Task.State.DONE) & context.since("done_at")
    rows = Task.objects.filter(committee=committee, is_closed=False).annotate(
        is_chosen=Exists(chosen.filter(quarter=coming_quarter(context)))
    )
    found = rows.filter(Q(state=Task.State.OPEN) | done)
    return CommitteeTasks(list(found.select_related("owner").order_by("due", "pk")))


def wheel_news(context: AgendaContext) -> WheelNews:
    """Return the news of the year wheel, up to the end of the coming quarter."""
    return news_of(context.meeting, context.today, end_of_coming_quarter(context))


def coming_quarter(context: AgendaContext) -> date:
    """Return the first day of the quarter after the meeting's."""
    return next_quarter(quarter_of(timezone.localdate(context.meeting.starts_at)))


def end_of_coming_quarter(context: AgendaContext) -> date:
    """Return the last day of the quarter after the meeting's."""
    return next_quarter(coming_quarter(context)) - timedelta(days=1)


def waiting_minutes(context: AgendaContext) -> Sequence[Minutes]:
    """Return the minutes that were sent out and nobody has confirmed yet."""
    meeting = context.meeting
    waiting = Minutes.objects.unconfirmed().filter(
        meeting__committee=meeting.committee_id, meeting__starts_at__lt=meeting.starts_at
    )
    return list(waiting.select_related("meeting", "approval__by"))


def _minutes(context: AgendaContext) -> Tables:
    rows = tuple(
        FactRow(
            key=f"meetings.minutes:{one.pk}",
            cells=(
                one.meeting.label,
                day(timezone.localdate(one.meeting.starts_at)),
                one.approval.by.name,
                day(timezone.localdate(one.approval.at)),
            ),
            link=one.get_absolute_url(),
        )
        for one in context.once(waiting_minutes)
    )
    lead = "" if rows else _("There are no minutes to approve that were sent out.")
    columns = (_("Meeting"), _("Held"), _("Sent out by"), _("Sent out"))
    return (FactTable("minutes", _("Minutes for approval"), lead, columns, rows),)


def _ongoing(context: AgendaContext) -> Tables:
    today, tasks = context.today, context.once(committee_tasks)
    overdue = [task for task in tasks.open if task.due < today]
    lead = _open_in_words(len(tasks.open), len(overdue))
    columns = (_("Task"), _("Who"), _("Due"), _("State"))
    done_columns = (_("Task"), _("Who"), _("Done"), _("What was done"))
    return (
        FactTable(
            "open", _("Open tasks"), lead, columns, tuple(_row(t, today) for t in tasks.open)
        ),
        FactTable(
            "done",
            _("Done since the last meeting"),
            "",
            done_columns,
            tuple(_done_row(task) for task in tasks.done[:MOST_DONE]),
        ),
    )


def _open_in_words(number: int, overdue: int) -> str:
    if not number:
        return _("No task is open.")
    text = ngettext(
        "%(number)d task is open, %(overdue)d of them overdue.",
        "%(number)d tasks are open, %(overdue)d of them overdue.",
        number,
    )
    return text % {"number": number, "overdue": overdue}


def proposed_tasks(context: AgendaContext) -> list[Any]:
    """Return the open tasks that the committee can choose for the coming quarter."""
    last = end_of_coming_quarter(context)
    open_tasks = context.once(committee_tasks).open
    return [task for task in open_tasks if task.due <= last and not task.is_chosen]


def _coming(context: AgendaContext) -> Tables:
    today, quarter = context.today, coming_quarter(context)
    hint = _("Choose the tasks of %(quarter)s among the open tasks that fall due before it ends.")
    columns = (_("Task"), _("Who"), _("Due"), _("State"))
    rows = tuple(_row(task, today) for task in proposed_tasks(context))
    hint %= {"quarter": quarter_name(quarter)}
    return (FactTable("proposals", _("Proposals"), "", columns, rows, hint),)


def _year_wheel(context: AgendaContext) -> Tables:
    return wheel_tables(context.once(wheel_news), context.met, end_of_coming_quarter(context))


def coming_meetings(context: AgendaContext) -> tuple[Sequence[Meeting], str]:
    """Return the committee's meetings after this one, and a warning when they reach too short."""
    meeting, today = context.meeting, context.today
    # The meeting itself is fetched along: it tells how far the calendar reaches, with others or none.
    kept = Meeting.objects.coming(meeting.ends_at) | Meeting.objects.filter(pk=meeting.pk)
    fetched = with_reach(kept.filter(committee=meeting.committee_id), today)
    found = list(fetched.order_by("starts_at", "pk")[: MOST_MEETINGS + 1])
    after = [one for one in found if one.pk != meeting.pk]
    return after[:MOST_MEETINGS], warning_beside(found[0], today)


def _other(context: AgendaContext) -> Tables:
    after, hint = context.once(coming_meetings)
    rows = tuple(
        FactRow(
            key=f"meetings.meeting:{one.pk}",
            cells=(day(timezone.localdate(one.starts_at)), hours(one), one.place or one.link),
            link=one.get_absolute_url(),
        )
        for one in after
    )
    columns = (_("Day"), _("Time"), _("Place"))
    return (FactTable("coming", _("The next meetings"), "", columns, rows, hint),)


OWN: Mapping[str, Composer] = {
    "agenda_minutes": _minutes,
    ONGOING: _ongoing,
    Measure.AGENDA_YEAR_WHEEL: _year_wheel,
    "agenda_coming_tasks": _coming,
    "agenda_any_other_business": _other,
}


def _row(task: Task, today: date) -> FactRow:
    overdue = task.due < today
    state = _("Overdue") if overdue else _("Open")
    return FactRow(
        key=f"tasks.task:{task.pk}",
        cells=(task.title, task.owner.name, day(task.due), state),
        link=reverse("task", args=[task.pk]),
        urgent=overdue,
    )


def _done_row(task: Task) -> FactRow:
    done = day(timezone.localdate(task.done_at)) if task.done_at else ""
    return FactRow(
        key=f"tasks.task:{task.pk}",
        cells=(task.title, task.owner.name, done, task.done_word),
        link=reverse("task", args=[task.pk]),
    )


def hours(meeting: Meeting) -> str:
    """Return from when to when a meeting is: 13.00–15.00."""
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return f"{start:%H.%M}–{end:%H.%M}"
