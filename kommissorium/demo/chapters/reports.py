"""The statuses of the quarters: composed before each meeting, filled in, and approved there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import islice

from kommissorium.demo import board_reports
from kommissorium.demo.chapters import Chapter
from kommissorium.demo.sitting import NOT_ENDED, SECURITY, put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows, rows_of
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.closing_grounds import ground_text
from kommissorium.registers.periods import Year, ended_quarters
from kommissorium.reports.actions.periodic_reports import (
    PartText,
    close_part,
    compose_report,
    write_parts,
)
from kommissorium.reports.models import QuarterlyStatus
from kommissorium.reports.proposals import KIND, REVIEW

TABLE = "status.csv"
FORGOTTEN = 8  # meetings ago: the status came to the next one, too late
CLOSED = 1  # meetings ago: what the status said of the firewall is closed
GROUND = ground_text("ofl-33-5", "den siger, hvor netværket er svagt")
REVIEWED = {
    "context": "NIS 2-loven gælder nu. To leverandører er købt af udenlandske ejere.",
    "improvement": "Ejere af systemer skal have kortere vejledninger.",
    "outputs": "Der afsættes tid til øvelser i beredskab. Målene for næste år er tre i stedet for fem.",
}
LAST_WORDS = ("contingency", "firewall")  # of what is a draft today no more is written


def _tell(town: Town) -> None:
    _tell_statuses(town)
    _tell_reviews(town)
    board_reports.tell_board_reports(town)


def _tell_statuses(town: Town) -> None:
    days = town.almanac
    for ago in range(days.span.first, -1, -1):
        held = days.held_day(ago)
        quarter = Quarter.of(held).before
        if quarter.last < days.start or not quarter.has_ended(days.today):
            continue
        ready = max(days.call_day(held) - timedelta(days=2), days.workday_from(quarter.after.first))
        day = ready if ago else min(ready, days.last_workday)
        if ago and day < held:
            town.tell(days.moment(day, "10.35"), partial(_bring, town, ago))
        elif not ago and quarter.has_ended(day):
            town.tell(days.moment(day, "10.35"), partial(_begin, town, quarter))


def _tell_reviews(town: Town) -> None:
    """Tell of the year's reports: at the first meeting after its last status was approved."""
    days = town.almanac
    for ago in range(days.span.first, 0, -1):
        held = days.held_day(ago)
        if Quarter.of(held).before.number == 1:
            day = days.call_day(held) - timedelta(days=1)
            town.tell(days.moment(day, "11.05"), partial(_review, town, ago))


def _review(town: Town, ago: int) -> None:
    by = town.keeper()
    year = Year(town.almanac.day_it_is().year - 1)
    approved = QuarterlyStatus.objects.filter(year=year.year, state="approved")
    if not by.is_coordinator or not approved.exists():
        return
    made = compose_report(REVIEW, town.committees[SECURITY], year, by=by)
    texts = {
        one.code: PartText(REVIEWED.get(one.code, ""), one.code not in REVIEWED, one.edit_version)
        for one in made.parts.all()
        if one.lacks_words
    }
    write_parts(REVIEW, made, texts, by=by)
    put(town, ago, made)


def _bring(town: Town, ago: int) -> None:
    """Compose and fill in the quarters that have no status yet, and put them on the agenda."""
    if ago == FORGOTTEN or not town.keeper().is_coordinator:
        return
    for quarter in _missing(town):
        status = _compose(town, quarter, ago)
        put(town, ago, status, NOT_ENDED)


def _missing(town: Town) -> Iterator[Quarter]:
    """Yield the quarters of the last half year without a status, the oldest first.

    The first of all is the one before the first meeting: of it the committee was told.
    """
    days, committee = town.almanac, town.committees[SECURITY]
    first = Quarter.of(days.held_day(days.span.first)).before.first
    newest = list(islice(ended_quarters(first, days.day_it_is()), 2))
    for quarter in reversed(newest):
        if not QuarterlyStatus.objects.of_period(committee, quarter).exists():
            yield quarter


def _begin(town: Town, quarter: Quarter) -> None:
    """Compose the newest status, and write a little of it."""
    if not QuarterlyStatus.objects.of_period(town.committees[SECURITY], quarter).exists():
        _compose(town, quarter, 0, only=LAST_WORDS)


def _compose(town: Town, quarter: Quarter, ago: int, only: tuple[str, ...] = ()) -> QuarterlyStatus:
    by = town.coordinator()
    status = compose_report(KIND, town.committees[SECURITY], quarter, by=by)
    said = {row["del"]: row[str(quarter.number)] for row in rows(TABLE)} | _told(ago)
    texts = {
        one.code: PartText(said.get(one.code, ""), not said.get(one.code), one.edit_version)
        for one in status.parts.all()
        if one.lacks_words and (not only or one.code in only)
    }
    write_parts(KIND, status, texts, by=by)
    if ago == CLOSED and any(one.code == "firewall" and one.text for one in status.parts.all()):
        close_part(KIND, status, "firewall", "whole", GROUND, by=by)
    return status


def _told(ago: int) -> dict[str, str]:
    """Return the text on incidents for the meeting, from before their register."""
    incidents = rows_of("incidents.csv", ago)
    return {
        "incidents": "\n".join(f"{one['hændelse']}. {one['opfølgning']}" for one in incidents),
    }


DECIDED = board_reports.DECIDED | {
    "reports.yearreview": "Udvalget gennemgik årsrapporten og godkendte den.",
    "reports.quarterlystatus": "Udvalget drøftede status for kvartalet og godkendte den.",
}
CHAPTER = Chapter(_tell, budget=4_400, decided=DECIDED)
