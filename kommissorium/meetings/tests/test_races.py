"""Two at once: what is frozen is what is recorded, whoever comes first."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from threading import Barrier, Thread
from time import sleep
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from kommissorium.conftest import Cast, in_days
from kommissorium.core.files.actions import store_file
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.meetings import minutes as editions
from kommissorium.meetings.actions.advice import answer_advice, note_advice
from kommissorium.meetings.actions.attendance import note_absence, note_presence
from kommissorium.meetings.actions.earlier_meetings import EarlierMeeting, register_earlier_meeting
from kommissorium.meetings.actions.filing import set_case
from kommissorium.meetings.actions.minutes import approve_minutes
from kommissorium.meetings.actions.proceedings import give_task_at, note_dissent, save_field
from kommissorium.meetings.minutes_builder import protocol_of
from kommissorium.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
    Outcome,
    Proceedings,
)

ROUNDS = 42
OF_APPROVAL = ("made_at", "approved_at", "approved_by", "approved_capacity", "status")


@dataclass(frozen=True)
class Sitting:
    """A meeting whose minutes are in review, with one item, decided."""

    item: AgendaItem
    minutes: Minutes
    row: Attendance
    adviser: Attendance


Write = Callable[[Sitting, Cast], object]


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no time be spent on the typesetter: the race is about rows."""
    monkeypatch.setattr(editions, "minutes_pdf", lambda _protocol: b"%PDF-")


def in_review(cast: Cast, number: int) -> Sitting:
    """Write a meeting straight into the tables: so many by the actions would take minutes."""
    starts_at = in_days(-1, 0) - timedelta(days=2 * number)
    meeting = _meeting(cast, number, starts_at)
    item = AgendaItem.objects.create(
        meeting=meeting, position=1, number=1, title="Nødplan", type=AgendaItem.Type.DECISION
    )
    Proceedings.objects.create(item=item, outcome=Outcome.APPROVED, decision="<p>Vedtaget</p>")
    rows = [_present(meeting, cast, name) for name in ("member", "dpo", "chair")]
    minutes = Minutes.objects.create(
        meeting=meeting, sent_at=starts_at, review_until=starts_at.date()
    )
    fetched = AgendaItem.objects.select_related("meeting__committee", "clause", "proceedings")
    return Sitting(fetched.get(pk=item.pk), minutes, rows[0], rows[1])


def _meeting(cast: Cast, number: int, starts_at: datetime) -> Meeting:
    return Meeting.objects.create(
        committee=cast.committee,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        opened_at=starts_at,
        closed_at=starts_at + timedelta(hours=2),
        led_by=cast.chair,
        place="Rådhuset",
        state=Meeting.State.IN_REVIEW,
        year=starts_at.year,
        number=number,
    )


def _present(meeting: Meeting, cast: Cast, name: str) -> Attendance:
    seat = cast.who(name).holdings.get().seat
    return Attendance.objects.create(
        meeting=meeting,
        person=cast.who(name),
        seat=seat,
        capacity=Attendance.Capacity.HOLDER,
        presence=Attendance.Presence.PRESENT,
    )


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all at once, each in a thread; return what came of each: a value or what it raised."""
    start, came = Barrier(len(deeds)), [None] * len(deeds)

    def act(place: int) -> None:
        start.wait()
        try:
            came[place] = deeds[place]()  # type: ignore[call-overload]
        except Exception as error:  # noqa: BLE001 the test judges it
            came[place] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [Thread(target=act, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(came)


def later(seconds: float, deed: Callable[[], object]) -> object:
    """Do it after a while, so that now one comes first and now the other."""
    sleep(seconds)
    return deed()


def frozen_and_kept(minutes: Minutes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what was frozen and what stands in the rows, what the approval adds apart."""
    meeting = Meeting.objects.select_related("committee").get(pk=minutes.meeting_id)
    frozen = json.loads(Minutes.objects.get(pk=minutes.pk).approval.record.content)
    kept = json.loads(json.dumps(editions.minutes_json(protocol_of(meeting))))
    return tuple(  # type: ignore[return-value]
        {name: value for name, value in one.items() if name not in OF_APPROVAL}
        for one in (frozen, kept)
    )


def save(sitting: Sitting, cast: Cast) -> object:
    text = "<p>Rettet i sidste øjeblik</p>"
    return save_field(sitting.item, "discussion", text, by=cast.coordinator, version=0)


def dissent(sitting: Sitting, cast: Cast) -> object:
    values = {"kind": "dissent", "text": "Det er for dyrt"}
    return note_dissent(sitting.item, sitting.row, by=cast.coordinator, **values)


def leave(sitting: Sitting, cast: Cast) -> object:
    return note_presence(sitting.row, by=cast.coordinator, presence="absent")


def be_away(sitting: Sitting, cast: Cast) -> object:
    return note_absence(sitting.item, sitting.row, by=cast.coordinator, ground="left")


def advise(sitting: Sitting, cast: Cast) -> object:
    # Advice without an answer stops an approval, so both come in one piece.
    with transaction.atomic():
        advice = note_advice(sitting.item, by=cast.coordinator, person=cast.dpo, text="Vent")
        return answer_advice(advice, by=cast.coordinator, followed=True)


def give(sitting: Sitting, cast: Cast) -> object:
    values: dict[str, Any] = {"title": "Prøv nødplanen", "owner": cast.member}
    due = in_days(20, 0).date()
    return give_task_at(sitting.item, by=cast.coordinator, due=due, **values)


def file_it(sitting: Sitting, cast: Cast) -> object:
    numbers = {"case_number": "85.02.02-P35-1-26", "kle_number": "85.02.02"}
    return set_case(sitting.item.meeting, by=cast.coordinator, edit_version=1, **numbers)


WRITES: list[Write] = [save, dissent, leave, be_away, advise, give, file_it]


def test_what_is_approved_is_what_stands_in_the_rows(committing: Cast, unset: None) -> None:
    cast, lost = committing, (Conflict, PermissionDenied, Refused)
    firsts = set()
    for number in range(1, ROUNDS + 1):
        sitting, write = in_review(cast, number), WRITES[number % len(WRITES)]
        approved, written = at_once(
            partial(approve_minutes, sitting.minutes, by=cast.chair),
            partial(later, number % 5 * 0.02, partial(write, sitting, cast)),
        )
        assert not isinstance(approved, Exception), approved
        assert not isinstance(written, Exception) or isinstance(written, lost), repr(written)
        frozen, kept = frozen_and_kept(sitting.minutes)
        assert frozen == kept, write.__name__
        firsts.add(isinstance(written, Exception))
    assert firsts == {True, False}  # each came first at times, or nothing was tried


def test_of_two_who_approve_one_is_told_that_it_is_done(committing: Cast, unset: None) -> None:
    cast = committing
    for number in range(1, 11):
        minutes = in_review(cast, number).minutes
        came = at_once(*[partial(approve_minutes, minutes, by=cast.chair)] * 2)
        refused = [one for one in came if isinstance(one, Refused)]
        assert len(refused) == 1, came
        frozen, kept = frozen_and_kept(minutes)
        assert frozen == kept


def test_of_two_who_register_the_same_day_one_is_refused(committing: Cast) -> None:
    cast, file = committing, store_file(b"%PDF-1.7 referat", "referat.pdf")
    for number in range(1, 11):
        day = date(2020, 1, number)
        given = [EarlierMeeting(day, file, "referat.pdf", start=time(hour)) for hour in (9, 14)]
        came = at_once(
            *[
                partial(register_earlier_meeting, cast.committee, one, by=cast.coordinator)
                for one in given
            ]
        )
        assert {type(one) for one in came} == {Meeting, Refused}, came
        assert Meeting.objects.filter(starts_at__date=day).count() == 1
        assert Meeting.objects.get(starts_at__date=day).label == f"2020/T{number}"
