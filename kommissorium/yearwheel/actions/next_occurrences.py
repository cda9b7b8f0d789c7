"""Create the next occurrences: by cadence, or after something has happened.

Of what a cadence gives only the next one is a row. What lies further off is reckoned when
somebody looks, and looking writes nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.cadence import following, planned
from kommissorium.yearwheel.due_days import DueDays
from kommissorium.yearwheel.models import Duty, Occurrence, Rhythm
from kommissorium.yearwheel.models.duties import WORD_LENGTH

DATED = (Rhythm.INTERVAL, Rhythm.ONCE)


def queue_up(duty: Duty) -> Duty:
    """Return the duty as it is now; whoever else writes about it waits until we are through."""
    return Duty.objects.select_for_update().get(pk=duty.pk)


def make_next(duty: Duty, after: date) -> Occurrence | None:
    """Make the row of the first day after the date that has none yet.

    None where the duty has ended by then, or its cadence gives no days any more.
    """
    waiting = Q(state=Occurrence.State.OPEN)
    dated = duty.occurrences.filter(waiting | Q(nominal__gt=after), rhythm__in=DATED)
    rows = dict(dated.values_list("nominal", "state"))
    if Occurrence.State.OPEN in rows.values():
        return None
    taken = rows.keys()
    prefetch_related_objects([duty], "cadences")
    days = following(duty.steps(), after, len(taken) + 1)
    day = next((one for one in days if one not in taken), None)
    if day is None or (duty.ended_on and day >= duty.ended_on):
        return None
    cadence = duty.cadence_on(day)
    due, meeting = due_of(duty, day)
    rhythm = cadence.rhythm if cadence else Rhythm.INTERVAL
    return make_row(duty, rhythm, nominal=day, due=due, meeting=meeting)


def due_of(
    duty: Duty, nominal: date, but: Occurrence | None = None, days: DueDays | None = None
) -> tuple[date, Meeting | None]:
    """Return when what the cadence gives on the day is due, and the meeting that decides it.

    `but` is the row that is to get the day; the others of the duty keep their meetings.
    """
    others = duty.occurrences.exclude(meeting=None)
    if but is not None:
        others = others.exclude(pk=but.pk)
    taken = set(others.values_list("meeting", flat=True)) if duty.by_decision else set()
    days = days or DueDays(duty.committee)
    return days.of(nominal, by_decision=duty.by_decision, since=duty.begins, taken=taken)


def follow_change(duty: Duty, applies_from: date) -> None:
    """Let the open row follow a cadence that was changed from the date on; the past stays."""
    before = applies_from - timedelta(days=1)
    waiting = duty.occurrences.open().filter(rhythm__in=DATED).first()
    if waiting is None:
        make_next(duty, before)
        return
    if waiting.nominal < applies_from:
        return
    dated = duty.occurrences.filter(rhythm__in=DATED, nominal__gt=before).exclude(pk=waiting.pk)
    taken = set(dated.values_list("nominal", flat=True))
    days = following(duty.steps(), before, len(taken) + 1)
    day = next((one for one in days if one not in taken), None)
    if day is not None and not (waiting.was_moved and waiting.nominal == day):
        due, meeting = due_of(duty, day, waiting)
        Occurrence.objects.filter(pk=waiting.pk).update(
            nominal=day,
            due=due,
            meeting=meeting,
            was_moved=False,
            edit_version=F("edit_version") + 1,
        )


@transaction.atomic
def begin(duty: Duty, *, by: Person, happened: date, due: date, occasion: str) -> Occurrence:
    """Say that what a duty waits for has happened: from now on it is to be done by `due`.

    Raises Refused for a duty that does not wait for anything, for one that has ended, for no
    occasion, a day to come, and a deadline before the day it happened.
    """
    if not duty.can_be_begun_by(by):
        raise PermissionDenied
    duty = queue_up(duty)
    if duty.is_over:
        raise Refused(_("The duty has ended."))
    if duty.rhythm != Rhythm.EVENT or duty.occurrences.of_registers().exists():
        raise Refused(_("The duty falls due by itself. It need not be begun."))
    _refuse_impossible(duty, happened, due)
    occasion = one_line(occasion)[:WORD_LENGTH]
    if not occasion:
        raise Refused(occasion=_("Say what has happened."))
    made = make_row(duty, Rhythm.EVENT, nominal=happened, due=due, occasion=occasion)
    record("yearwheel.occurrence_begun", made, by=by, facts={"due": due})
    return made


def is_due_at(duty: Duty, day: date) -> bool:
    """Return whether a meeting on the day gives the duty an occurrence."""
    if day < duty.begins or (duty.ended_on and day >= duty.ended_on):
        return False
    cadence = duty.cadence_on(day)
    return cadence is not None and cadence.rhythm == Rhythm.MEETING


def first_planned(duty: Duty, on: date) -> date | None:
    """Return the first day from the date on that the cadence gives; None for none."""
    return next(planned(duty.steps(), max(on, duty.begins), date.max), None)


def make_row(
    duty: Duty,
    rhythm: str,
    *,
    nominal: date,
    due: date,
    meeting: Meeting | None = None,
    occasion: str = "",
    **of_register: Any,
) -> Occurrence:
    """Write the next row of a duty that is held; `of_register` is what names its source."""
    last = duty.occurrences.aggregate(last=Max("number"))["last"] or 0
    return Occurrence.objects.create(
        duty=duty,
        number=last + 1,
        rhythm=rhythm,
        nominal=nominal,
        due=due,
        meeting=meeting,
        occasion=occasion,
        created_at=timezone.now(),
        **of_register,
    )


def _refuse_impossible(duty: Duty, happened: date, due: date) -> None:
    if happened > timezone.localdate():
        raise Refused(happened=_("That day has not come yet."))
    if happened < duty.begins:
        raise Refused(happened=_("That was before the duty began."))
    if due < happened:
        raise Refused(due=_("It cannot be due before it happened."))
