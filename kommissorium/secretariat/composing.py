"""Ask the registers what there is to say under each item the mandate demands.

COMPOSERS is the table: what measures the clause, and who fills its item. A register that comes
later adds its line. Under each item stand besides the duties of the year wheel that feed it. Facts from closed items stay out: an item is read by all who follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.assets.current_counts import asset_counts
from kommissorium.assets.models import RegisterSettings
from kommissorium.committees.measures import Measure
from kommissorium.core.ui.wording import day
from kommissorium.meetings.facts import FactRow, Facts, FactTable, to_json
from kommissorium.meetings.models import AgendaItem, Meeting, Minutes
from kommissorium.meetings.reach import warning_beside, with_reach
from kommissorium.secretariat.register_facts import register_table
from kommissorium.secretariat.risk_facts import risk_table, tables_of
from kommissorium.secretariat.risk_news import Told, news_of_risks, news_rows
from kommissorium.secretariat.risk_rows import KINDS, Subjects, subject_rows, subjects_of
from kommissorium.secretariat.wheel_facts import fed_table, wheel_tables
from kommissorium.tasks.models import QuarterTask, Task
from kommissorium.tasks.quarters import next_quarter, quarter_name, quarter_of
from kommissorium.yearwheel.since import WheelNews, news_of

MOST_DONE, MOST_MEETINGS = 100, 8
ONGOING = Measure.AGENDA_ONGOING  # the item that tells of the registers

type Composer = Callable[[Asking], tuple[FactTable, ...]]


@dataclass
class Asking:
    """A meeting for which the registers are asked; what two composers need is asked once."""

    meeting: Meeting
    items: Sequence[AgendaItem] = ()

    @cached_property
    def registers(self) -> list[Told]:
        """Return what the registers tell of themselves and of the things the items are about."""
        today = timezone.localdate()
        rows = list(subject_rows(self.items, self.meeting))
        if any(item.measure == ONGOING for item in self.items):
            rows += news_rows(self.meeting, today)
        if not rows:
            return []
        first, *others = rows
        return list((first.union(*others, all=True) if others else first).order_by())

    @cached_property
    def subjects(self) -> Subjects:
        """Return what the items about risks are about."""
        return subjects_of(self.registers)

    @cached_property
    def open_tasks(self) -> list[Any]:
        """Return the committee's open tasks, each with whether its quarter `is_chosen`."""
        return [task for task in self._tasks if task.is_open]

    @cached_property
    def done_tasks(self) -> list[Any]:
        """Return the tasks done since the meeting before began, all of them at the first."""
        done = [task for task in self._tasks if not task.is_open]
        return sorted(done, key=lambda task: task.done_at)

    @cached_property
    def _tasks(self) -> list[Any]:
        committee = self.meeting.committee_id
        before = Meeting.objects.before(self.meeting).values("starts_at")[:1]
        chosen = QuarterTask.objects.filter(task=OuterRef("pk"), committee=committee)
        rows = Task.objects.filter(committee=committee, is_closed=False).annotate(
            is_chosen=Exists(chosen.filter(quarter=self.quarter)), since=Subquery(before)
        )
        done = Q(state=Task.State.DONE) & (Q(since=None) | Q(done_at__gte=F("since")))
        found = rows.filter(Q(state=Task.State.OPEN) | done)
        return list(found.select_related("owner").order_by("due", "pk"))

    @cached_property
    def wheel(self) -> WheelNews:
        """Return the news of the year wheel, up to the end of the coming quarter."""
        return news_of(self.meeting, timezone.localdate(), self.last)

    @property
    def quarter(self) -> date:
        """Return the first day of the quarter after the meeting's."""
        return next_quarter(quarter_of(timezone.localdate(self.meeting.starts_at)))

    @property
    def last(self) -> date:
        """Return the last day of the quarter after the meeting's."""
        return next_quarter(self.quarter) - timedelta(days=1)

    @property
    def met(self) -> date:
        """Return the day of the meeting; today for one that should have been held."""
        return max(timezone.localdate(self.meeting.starts_at), timezone.localdate())


def compose(meeting: Meeting) -> dict[int, dict[str, Any]]:
    """Return the facts of each item that has a composer, as plain data by the item's key."""
    items = meeting.items.standing().select_related("clause")
    return {key: to_json(facts) for key, facts in facts_of(items, meeting).items()}


def facts_of(items: Iterable[AgendaItem], meeting: Meeting) -> dict[int, Facts]:
    """Return what the registers say now, by key of the item; nothing for one no register fills.

    Six queries at most. `items` come with their clauses.
    """
    items, now = list(items), timezone.now()
    asking, found = Asking(meeting, items), {}
    for item in items:
        tables = (*_tables(item.measure, asking), *_of_subject(item, asking))
        if tables or item.measure in COMPOSERS:
            found[item.pk] = Facts(now, tables)
    return found


def facts_for(item: AgendaItem, meeting: Meeting) -> Facts | None:
    """Return what the registers say of an item now; None for one that no register fills."""
    return facts_of([item], meeting).get(item.pk)


def _tables(measure: str, asking: Asking) -> tuple[FactTable, ...]:
    """Return what a register says under an item, and what the year wheel has for it."""
    composer = COMPOSERS.get(measure)
    tables = composer(asking) if composer else ()
    if not measure or measure == Measure.AGENDA_YEAR_WHEEL:
        return tables
    fed = fed_table(asking.wheel, measure, asking.met, timezone.localdate())
    return (*tables, fed) if fed else tables


def _of_subject(item: AgendaItem, asking: Asking) -> tuple[FactTable, ...]:
    """Return what a register says of the thing an item is about; few items are about one."""
    if item.subject_kind not in KINDS:
        return ()
    return tables_of(item, asking.subjects, timezone.localdate())


def _minutes(asking: Asking) -> tuple[FactTable, ...]:
    meeting = asking.meeting
    waiting = Minutes.objects.unconfirmed().filter(
        meeting__committee=meeting.committee_id, meeting__starts_at__lt=meeting.starts_at
    )
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
        for one in waiting.select_related("meeting", "approval__by")
    )
    lead = "" if rows else _("There are no approved minutes to confirm.")
    columns = (_("Meeting"), _("Held"), _("Approved by"), _("Approved"))
    return (FactTable("minutes", _("Minutes to confirm"), lead, columns, rows),)


def _ongoing(asking: Asking) -> tuple[FactTable, ...]:
    today = timezone.localdate()
    tasks = asking.open_tasks
    overdue = [task for task in tasks if task.due < today]
    lead = _open_in_words(len(tasks), len(overdue))
    columns = (_("Task"), _("Who"), _("Due"), _("State"))
    done_columns = (_("Task"), _("Who"), _("Done"), _("What was done"))
    return (
        FactTable("open", _("Open tasks"), lead, columns, tuple(_row(t, today) for t in tasks)),
        FactTable(
            "done",
            _("Done since the last meeting"),
            "",
            done_columns,
            tuple(_done_row(task) for task in asking.done_tasks[:MOST_DONE]),
        ),
        *_registers(asking),
    )


def _registers(asking: Asking) -> tuple[FactTable, ...]:
    """Return how the registers stand, for the committee in whose wheel their dates are, and the
    risks of the committee's own assessments."""
    news = news_of_risks(asking.registers)
    keeper = RegisterSettings.current().wheel_committee
    is_own = keeper is not None and keeper.pk == asking.meeting.committee_id
    tables = (
        register_table(asset_counts()) if is_own else None,
        risk_table(news) if news.own or is_own else None,
    )
    return tuple(table for table in tables if table)


def _open_in_words(number: int, overdue: int) -> str:
    if not number:
        return _("No task is open.")
    text = ngettext(
        "%(number)d task is open, %(overdue)d of them overdue.",
        "%(number)d tasks are open, %(overdue)d of them overdue.",
        number,
    )
    return text % {"number": number, "overdue": overdue}


def _coming(asking: Asking) -> tuple[FactTable, ...]:
    today, quarter = timezone.localdate(), asking.quarter
    end = next_quarter(quarter)
    proposed = [task for task in asking.open_tasks if task.due < end and not task.is_chosen]
    lead = _("Choose the tasks of %(quarter)s among the open tasks that fall due before it ends.")
    columns = (_("Task"), _("Who"), _("Due"), _("State"))
    rows = tuple(_row(task, today) for task in proposed)
    heading = _("Proposals")
    return (
        FactTable("proposals", heading, lead % {"quarter": quarter_name(quarter)}, columns, rows),
    )


def _year_wheel(asking: Asking) -> tuple[FactTable, ...]:
    return wheel_tables(asking.wheel, asking.met, asking.last)


def _other(asking: Asking) -> tuple[FactTable, ...]:
    meeting, today = asking.meeting, timezone.localdate()
    # The meeting itself is fetched along: it tells how far the calendar reaches, with others or none.
    kept = Meeting.objects.coming(meeting.ends_at) | Meeting.objects.filter(pk=meeting.pk)
    fetched = with_reach(kept.filter(committee=meeting.committee_id), today)
    found = list(fetched.order_by("starts_at", "pk")[: MOST_MEETINGS + 1])
    rows = tuple(
        FactRow(
            key=f"meetings.meeting:{one.pk}",
            cells=(day(timezone.localdate(one.starts_at)), _hours(one), one.place or one.link),
            link=one.get_absolute_url(),
        )
        for one in found
        if one.pk != meeting.pk
    )
    columns = (_("Day"), _("Time"), _("Place"))
    lead = warning_beside(found[0], today)
    return (FactTable("coming", _("The next meetings"), lead, columns, rows[:MOST_MEETINGS]),)


COMPOSERS: Mapping[str, Composer] = {
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


def _hours(meeting: Meeting) -> str:
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return f"{start:%H.%M}–{end:%H.%M}"
