"""Facts of the year wheel under the items of an agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import day
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.yearwheel.meeting_news import NewsEntry, WheelNews
from kommissorium.yearwheel.models import Occurrence

FOR_THE_CHAIR = 30  # days overdue on the day of the meeting
SHOWN_WORDS, MOST_ENDED = 300, 100


def wheel_tables(news: WheelNews, met: date, last: date) -> tuple[FactTable, ...]:
    """Return the tables of the item about the year wheel; those without rows are left out.

    `met` is the day of the meeting: days overdue are counted to it, so that they do not change
    from the call to the meeting. `last` is the day the news looks ahead to.
    """
    tables = (
        _for_the_chair(news, met),
        _overdue(news, met),
        _faults(news),
        _done(news),
        _skipped(news),
        _coming(news, last),
    )
    return _summary(news), *(table for table in tables if table.rows)


def fed_table(news: WheelNews, measure: str, met: date, today: date) -> FactTable | None:
    """Return what the wheel's duties say under another item; None for nothing."""
    rows = [
        FactRow(
            key=one.key,
            cells=(one.title, _who(one), day(one.due), _state(one, today)),
            link=one.url,
            urgent=one.is_open and one.due < today,
        )
        for one in news.fed(measure, met)[:MOST_ENDED]
    ]
    columns = (_("Task"), _("Who"), _("Due"), _("State"))
    return FactTable("wheel", _("From the year wheel"), "", columns, tuple(rows)) if rows else None


def _summary(news: WheelNews) -> FactTable:
    heading = _("The year wheel")
    if not news.has_duties:
        return FactTable("wheel_sum", heading, _("Nothing is on the year wheel yet."))
    faults, done = _number(news.done(with_fault=True)), _number(news.done(with_fault=False))
    overdue = _number(news.overdue)
    lead = ngettext(
        "Since the last meeting %(done)d task was done, %(faults)d of them with faults.",
        "Since the last meeting %(done)d tasks were done, %(faults)d of them with faults.",
        done + faults,
    ) % {"done": done + faults, "faults": faults}
    late = ngettext("%(number)d task is overdue.", "%(number)d tasks are overdue.", overdue) % {
        "number": overdue
    }
    return FactTable("wheel_sum", heading, f"{lead} {late}")


def _for_the_chair(news: WheelNews, met: date) -> FactTable:
    lead = _("At least %(days)d days overdue on the day of the meeting.") % {"days": FOR_THE_CHAIR}
    rows = [one for one in news.overdue if _days(one, met) >= FOR_THE_CHAIR]
    return FactTable(
        "wheel_chair", _("The chair’s list"), lead, _late_columns(), _late_rows(rows, met)
    )


def _overdue(news: WheelNews, met: date) -> FactTable:
    rows = [one for one in news.overdue if _days(one, met) < FOR_THE_CHAIR]
    return FactTable("wheel_overdue", _("Overdue"), "", _late_columns(), _late_rows(rows, met))


def _late_columns() -> tuple[str, ...]:
    return _("Task"), _("Who"), _("Due"), _("Days overdue at the meeting")


def _late_rows(rows: Sequence[NewsEntry], met: date) -> tuple[FactRow, ...]:
    return tuple(
        FactRow(
            key=one.key,
            cells=(one.title, _who(one), day(one.due), str(_days(one, met))),
            link=one.url,
            urgent=True,
        )
        for one in rows
    )


def _faults(news: WheelNews) -> FactTable:
    rows = [
        FactRow(
            key=one.key,
            cells=(one.title, _who(one), _conclusion(one), _result(one)),
            link=one.url,
            urgent=True,
        )
        for one in news.done(with_fault=True)[:MOST_ENDED]
    ]
    heading = _("Done with faults since the last meeting")
    columns = (_("Task"), _("Who"), _("Conclusion"), _("Result"))
    return FactTable("wheel_faults", heading, "", columns, tuple(rows))


def _done(news: WheelNews) -> FactTable:
    rows = [
        FactRow(one.key, (one.title, _who(one), _ended(one), _said(one)), one.url)
        for one in news.done(with_fault=False)[:MOST_ENDED]
    ]
    heading = _("Done without faults since the last meeting")
    columns = (_("Task"), _("Who"), _("Done"), _("Result"))
    return FactTable("wheel_done", heading, "", columns, tuple(rows))


def _skipped(news: WheelNews) -> FactTable:
    rows = [
        FactRow(one.key, (one.title, _who(one), day(one.due), _why(one)), one.url)
        for one in news.skipped[:MOST_ENDED]
    ]
    columns = (_("Task"), _("Who"), _("Due"), _("Why"))
    heading = _("Skipped since the last meeting")
    return FactTable("wheel_skipped", heading, "", columns, tuple(rows))


def _coming(news: WheelNews, last: date) -> FactTable:
    rows = [
        FactRow(one.day_key, (one.title, _who(one), day(one.due)), one.url) for one in news.coming
    ]
    heading = _("Due up to %(date)s") % {"date": day(last)}
    return FactTable(
        "wheel_coming", heading, "", (_("Task"), _("Who"), _("Due")), tuple(rows[:MOST_ENDED])
    )


def _number(told: Sequence[NewsEntry]) -> int:
    return sum(one.number for one in told)


def _days(one: NewsEntry, met: date) -> int:
    return (met - one.due).days


def _who(one: NewsEntry) -> str:
    return one.who or _("None")


def _state(one: NewsEntry, today: date) -> str:
    row = one.row
    if row is None or row.is_open:
        return _("Overdue") if one.due < today else _("Open")
    if row.state == Occurrence.State.SKIPPED:
        return _("Skipped: %(why)s") % {"why": _why(one)}
    return f"{_result(one)}: {said}" if (said := _conclusion(one)) else _result(one)


def _result(one: NewsEntry) -> str:
    return str(Occurrence.Result(one.row.result).label) if one.row else ""


def _said(one: NewsEntry) -> str:
    return _conclusion(one) or _result(one)


def _conclusion(one: NewsEntry) -> str:
    return _short(one.row.conclusion) if one.row and not one.bundle else ""


def _why(one: NewsEntry) -> str:
    return _short(one.row.skipped_because) if one.row and not one.bundle else ""


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(SHOWN_WORDS, truncate=" …")


def _ended(one: NewsEntry) -> str:
    return day(timezone.localdate(one.ended_at)) if one.ended_at else ""
