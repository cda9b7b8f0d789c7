"""The calls of meetings, with the answers and the advice before they were held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from kommissorium.core.richtext import sanitise
from kommissorium.demo.sitting import GROUP, SECURITY, Sitting
from kommissorium.meetings.actions.advice import give_advice
from kommissorium.meetings.actions.answers import answer
from kommissorium.meetings.actions.call import add_late_item
from kommissorium.meetings.models import Attendance
from kommissorium.secretariat.actions.cycle import call

Answer, Way, Capacity = Attendance.Answer, Attendance.Way, Attendance.Capacity
WHY_LATE = "Grundlaget for et af punkterne forelå først i går."
AWAY = ("afbud", "stedfortræder")
SILENT = "tavs"
ON_THE_PAGE = ("chair", "head_of_it", "poul.vesterlund")


def tell_call(sitting: Sitting) -> None:
    """Tell how the meeting was called, a week before, and what people answered."""
    town, days = sitting.town, sitting.town.almanac
    called = days.call_day(sitting.day)
    if _is_late(sitting):
        called = days.workday(sitting.day - timedelta(days=2))
    first, second = called + timedelta(days=1), called + timedelta(days=4)
    town.tell(days.moment(called, "14.05"), partial(_call, sitting))
    town.tell(days.moment(min(first, sitting.day), "8.20"), partial(_answer, sitting, 0))
    last = min(second, sitting.day - timedelta(days=1))
    town.tell(days.moment(last, "12.10"), partial(_answer, sitting, 1))
    town.tell(days.moment(last, "12.20"), partial(_answer, sitting, 2))
    town.tell(days.moment(last, "12.40"), partial(_advise, sitting))
    if "sent" in sitting.sheets:
        town.tell(sitting.at(-2, "15.10"), partial(_add_late, sitting))


def _call(sitting: Sitting) -> None:
    late_because = WHY_LATE if _is_late(sitting) else ""
    call(sitting.meeting(), by=sitting.town.keeper(), late_because=late_because)


def _is_late(sitting: Sitting) -> bool:
    return sitting.key == SECURITY and sitting.ago == sitting.town.almanac.span.called_late


def _answer(sitting: Sitting, turn: int) -> None:
    """Let every other person called answer, then the rest, then deputies who are needed."""
    meeting = sitting.meeting()
    told = {row["hvem"]: row for row in sitting.rows("absences.csv")}
    for place, (code, attendance) in enumerate(sitting.people(meeting).items()):
        is_idle = attendance.capacity == Capacity.DEPUTY and not attendance.stands_in
        if attendance.answer or is_idle or (turn == 0 and place % 2):
            continue
        row = told.get(code, {})
        if row.get("hvad") != SILENT:
            _answer_one(attendance, code, row)


def _answer_one(attendance: Attendance, code: str, row: Mapping[str, str]) -> None:
    is_away = row.get("hvad") in AWAY
    answer(
        attendance,
        by=attendance.person,
        answer=Answer.DECLINED if is_away else Answer.ACCEPTED,
        way=Way.PAGE if code in ON_THE_PAGE else Way.LINK,
        apology=row["tekst"] if is_away else "",
        deputy=True if row.get("hvad") == "stedfortræder" else None,
    )


def _advise(sitting: Sitting) -> None:
    """Let the data protection officer advise; written before the meeting."""
    rows = {row["punkt"]: row for row in advice_on(sitting)}
    for item in sitting.items(sitting.meeting()) if rows else []:
        if row := rows.get(sitting.place_of(item)):
            give_advice(item, by=sitting.town.person("dpo"), text=row["råd"])


def advice_on(sitting: Sitting) -> list[Mapping[str, str]]:
    """Return the data protection officer's advice; the small group has no adviser."""
    return [] if sitting.key == GROUP else sitting.rows("advice.csv")


def _add_late(sitting: Sitting) -> None:
    late = sitting.sheets["sent"]
    recommendation, presentation = late.parts()
    add_late_item(
        sitting.meeting(),
        by=sitting.town.keeper(),
        late_because=late.head["Sent"],
        title=late.title,
        type=late.head["Type"],
        recommendation=sanitise(recommendation),
        presentation=sanitise(presentation),
    )
