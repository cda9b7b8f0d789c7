"""Build the demonstration: a fictional municipality with a past."""

from __future__ import annotations

import calendar
import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import connection, transaction
from django.utils import timezone, translation

from kommissorium.compliance.actions.freezing import freeze_month_ends
from kommissorium.core.evidence.models import Event
from kommissorium.demo.actions import let_mails_be_sent
from kommissorium.demo.agendas import tell_agendas
from kommissorium.demo.almanac import FIFTEEN_MONTHS, THREE_YEARS, Almanac
from kommissorium.demo.beside_meetings import tell_between, tell_earlier, tell_errands, tell_filing
from kommissorium.demo.chapters import chapters
from kommissorium.demo.cycle import tell_cycles
from kommissorium.demo.duties import tell_duties
from kommissorium.demo.mandates import tell_mandates, tell_seats
from kommissorium.demo.meetings import tell_group, tell_meetings
from kommissorium.demo.people import MUNICIPALITY, quick_passwords, tell_people
from kommissorium.demo.rounds import tell_rounds
from kommissorium.demo.story import EVENINGS, Town, at
from kommissorium.demo.upcoming import tell_upcoming
from kommissorium.measures.past import TOLD_FOR
from kommissorium.registers.actions.kept import end_day, keep_figures
from kommissorium.registers.installed import registers
from kommissorium.secretariat.searching import kept_afterwards

STORIES = {1: FIFTEEN_MONTHS, 3: THREE_YEARS}
BEHIND = {1: "godt et år bag sig", 3: "tre år bag sig"}
COMMITTEES = "committees"  # the chapter of what is no register's
BUDGETS = {COMMITTEES: 24_500, EVENINGS: 22_000}  # as Chapter.budget, of what no register tells
CHAPTERS = (
    tell_people,
    tell_seats,
    tell_mandates,
    tell_earlier,
    tell_duties,
    tell_meetings,
    tell_rounds,
    tell_agendas,
    tell_group,
    tell_cycles,
    tell_between,
    tell_filing,
    tell_errands,
    tell_upcoming,
)

KEPT_DAILY = timedelta(days=14)  # so long the figures of every day are kept

type Show = Callable[[int, date], None]


@transaction.atomic
def build(years: int, say: Callable[[str], None], show: Show) -> Sequence[str]:
    """Make the municipality in an empty, migrated database; return the deeds left out.

    It goes through the same actions as people do. `say` is told in short lines how it goes;
    `show`, when a month of the story begins, how many percent are lived and which month it is.
    """
    town = tell(Almanac(timezone.localdate(), STORIES[years]))
    busy = len({told.moment.date() for told in town.deeds})
    say(f"{MUNICIPALITY}, opdigtet: {BEHIND[years]}, {busy} dage med noget at lave")
    with translation.override("da"), quick_passwords(), _seldom_tidied(), kept_afterwards():
        costs = _live(town, show)
        let_mails_be_sent()
    say(f"{len(town.people)} mennesker, {Event.objects.count()} led i kæden")
    said = ", ".join(f"{chapter} {number}" for chapter, number in costs.items())
    say(f"SQL-sætninger: {said}")
    for told in town.left_out:
        say(f"Udeladt: {told}")
    return town.left_out


def tell(almanac: Almanac) -> Town:
    """Return the town with everything that is to happen there told, and nothing of it done."""
    town = Town(almanac, chapter=COMMITTEES)
    for of_committees in CHAPTERS:
        of_committees(town)
    for town.chapter, chapter in chapters().items():
        chapter.tell(town)
    return town


@contextmanager
def first_day(years: int) -> Iterator[None]:
    """Let it be the morning of the story's first day."""
    start = Almanac(timezone.localdate(), STORIES[years]).start
    with at(timezone.make_aware(datetime.combine(start, time(8)))):
        yield


def _live(town: Town, show: Show) -> Mapping[str, int]:
    """Live through the story; return the number of SQL statements of each chapter."""
    costs: Counter[str] = Counter()
    telling = COMMITTEES
    month = date.min
    order = list(town.in_order(partial(_keep_figures, town.almanac.today)))

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        # The savepoint before each deed is no cost of what it does.
        costs[telling] += not sql.startswith(("SAVEPOINT", "RELEASE"))
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        for number, told in enumerate(town.live(order)):
            telling = told.chapter
            if (told.moment.year, told.moment.month) != (month.year, month.month):
                month = told.moment.date()
                show(100 * number // len(order), month)
    return costs


def _keep_figures(today: date, day: date) -> None:
    """Keep what the program keeps of itself: figures of registers, and answers of ends of months.

    Long ago what is done of itself each evening is done on Sundays alone, and figures are kept as
    seldom as they still tell of every day: three years are to pass quickly.
    """
    is_long_ago = today - day > KEPT_DAILY
    is_last_of_month = (day + timedelta(days=1)).day == 1
    is_kept = not is_long_ago or is_last_of_month or day.toordinal() % (TOLD_FOR.days + 1) == 0
    if day.day == 1:
        freeze_month_ends()
    for register in registers():
        if day.weekday() == calendar.SUNDAY or not is_long_ago:
            end_day(register.code, day)
        if is_kept:
            keep_figures(register.code, day)


@contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Collect unreachable cycles seldom: the process has one task, and ends with it."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
