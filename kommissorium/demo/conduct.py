"""How meetings were called, answered and held: who came, what was said, who dissented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from kommissorium.accounts.models import Person
from kommissorium.core.richtext import sanitise
from kommissorium.demo.chosen import choose
from kommissorium.demo.decided import recorded
from kommissorium.demo.sitting import GROUP, SECURITY, Sitting
from kommissorium.demo.undertakings import give_tasks
from kommissorium.meetings.actions.advice import answer_advice, give_advice
from kommissorium.meetings.actions.answers import answer
from kommissorium.meetings.actions.attendance import note_absence, note_presence
from kommissorium.meetings.actions.call import add_late_item
from kommissorium.meetings.actions.open_and_close import open_meeting
from kommissorium.meetings.actions.proceedings import note_dissent, save_field
from kommissorium.meetings.models import (
    Absence,
    AgendaItem,
    Attendance,
    Dissent,
    Meeting,
)
from kommissorium.secretariat.actions.cycle import call, end

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


PRESENT, ABSENT = Attendance.Presence.PRESENT, Attendance.Presence.ABSENT
GROUNDS = {
    "sent": Absence.Ground.ARRIVED_LATE,
    "gik": Absence.Ground.LEFT,
    "inhabil": Absence.Ground.CONFLICT,
}
DISSENTS = {"dissens": Dissent.Kind.DISSENT, "forbehold": Dissent.Kind.RESERVATION}
HOURS = {"security": ("13.00", "13.08", "14.40"), "group": ("9.00", "9.06", "10.20")}


def tell_meeting(sitting: Sitting) -> None:
    """Tell how the meeting was opened, held and closed."""
    town = sitting.town
    opened, begun, closed = HOURS[sitting.key]
    town.tell(sitting.at(0, opened), partial(_open, sitting))
    town.tell(sitting.at(0, begun), partial(_hold, sitting))
    later = timedelta(minutes=7 * sitting.ago % 19)
    town.tell(sitting.at(0, closed) + later, partial(_close, sitting))


def _open(sitting: Sitting) -> None:
    """Open the meeting and note attendance, those who are away first."""
    meeting, by = sitting.meeting(), sitting.town.keeper()
    open_meeting(meeting, by=by)
    away = {
        row["hvem"] for row in sitting.rows("absences.csv") if row["hvad"] in (*AWAY, "udeblev")
    }
    people = sitting.people(meeting)
    for code in [code for code in people if code in away]:
        note_presence(people[code], by=by, presence=ABSENT)
    for code, attendance in people.items():
        is_holder = attendance.capacity == Attendance.Capacity.HOLDER
        if (is_holder or attendance.stands_in) and code not in away:
            note_presence(attendance, by=by, presence=PRESENT)


def _hold(sitting: Sitting) -> None:
    meeting, by = sitting.meeting(), sitting.town.keeper()
    people, told = sitting.people(meeting), sitting.rows("absences.csv")
    for item in sitting.items(meeting):
        rows = [row for row in told if row["punkt"] == sitting.place_of(item) and row["punkt"]]
        for row in rows:
            if ground := GROUNDS.get(row["hvad"]):
                _note_away(item, people[row["hvem"]], by, ground, row["tekst"])
        if not choose(sitting, item, by):
            for field, value in recorded(sitting, item).items():
                save_field(item, field, value, by=by, version=0)
        for row in rows:
            if kind := DISSENTS.get(row["hvad"]):
                note_dissent(item, people[row["hvem"]], by=by, kind=kind, text=row["tekst"])
        give_tasks(sitting, item, by)
    _answer_advice(sitting, meeting, by)


def _note_away(
    item: AgendaItem, attendance: Attendance, by: Person, ground: str, note: str
) -> None:
    lasts = ground != Absence.Ground.CONFLICT
    note_absence(item, attendance, by=by, ground=ground, note=note, throughout=lasts)


def _answer_advice(sitting: Sitting, meeting: Meeting, by: Person) -> None:
    rows: Mapping[str, Mapping[str, str]] = {row["punkt"]: row for row in advice_on(sitting)}
    for item in sitting.items(meeting) if rows else []:
        row = rows.get(sitting.place_of(item))
        for advice in item.advice.all() if row else []:
            advice.item = item
            if row:
                followed = row["fulgt"] == "ja"
                answer_advice(advice, by=by, followed=followed, because=row["fordi"])


def _close(sitting: Sitting) -> None:
    end(sitting.meeting(), by=sitting.town.keeper())


def corrected(item: AgendaItem, old: str, new: str, *, by: Person) -> None:
    """Correct the notes on the discussion, as a comment on the minutes asked."""
    written = item.recorded
    text = written.discussion.replace(old, new)
    save_field(item, "discussion", text, by=by, version=written.version_of("discussion"))
