"""How often a duty recurs, and its next occurrences: by cadence, or after something.

Of what a cadence gives only the next one is a row. What lies further off is reckoned when
somebody looks, and looking writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.cleaning import refuse_outside
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.cadence import due_dates, following, planned
from kommissorium.yearwheel.due_days import DueDays
from kommissorium.yearwheel.models import Duty, DutyCadence, Occurrence, Rhythm
from kommissorium.yearwheel.models.duties import MOST_MONTHS, WORD_LENGTH

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
        raise Refused(_("It has ended."))
    if duty.rhythm != Rhythm.EVENT or duty.occurrences.of_registers().exists():
        raise Refused(_("The duty falls due by itself. It need not be begun."))
    _refuse_impossible(duty, happened, due)
    occasion = one_line(occasion)[:WORD_LENGTH]
    if not occasion:
        raise Refused(occasion=_("Must be filled in."))
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
        raise Refused(happened=_("The day has not come yet. Choose today or an earlier day."))
    if happened < duty.begins:
        raise Refused(happened=_("That was before the duty began."))
    if due < happened:
        raise Refused(due=_("It cannot be due before it happened."))


LAST_YEAR = 9000  # further ahead nobody has a calendar


@dataclass(frozen=True)
class CadenceValues:
    """Cadence of a duty: the rhythm, the months between and the first due day where needed.

    `anchor` is the day they are counted from, where that is an earlier one: due first on
    30 November and counted from 31 January, the next is on 31 December.
    """

    rhythm: str
    interval_months: int | None = None
    due: date | None = None
    anchor: date | None = None

    def differs_from(self, duty: Duty) -> bool:
        """Return whether this says something else than the duty's newest cadence."""
        newest = duty.cadences.order_by("-pk").first()
        if newest is None or self.rhythm != newest.rhythm:
            return True
        if self.rhythm in (Rhythm.MEETING, Rhythm.EVENT):
            return False
        if self.interval_months != newest.interval_months:
            return True
        return self.due != first_planned(duty, timezone.localdate()) and self.due != newest.anchor


def checked(values: CadenceValues) -> CadenceValues:
    """Return the cadence without what its rhythm does not need. Raises Refused for what lacks."""
    if values.rhythm not in Rhythm.values:
        raise Refused(rhythm=_("Choose one of the options."))
    if values.rhythm in (Rhythm.MEETING, Rhythm.EVENT):
        return CadenceValues(values.rhythm)
    if values.due is None:
        raise Refused(due=_("Must be filled in."))
    if values.due.year > LAST_YEAR:
        raise Refused(due=_("That day is too far off."))
    if values.rhythm == Rhythm.ONCE:
        return replace(values, interval_months=None)
    refuse_outside(values.interval_months or 0, "interval_months", 1, MOST_MONTHS)
    return values


def start(committee: Committee, cadence: CadenceValues) -> date:
    """Return the day a new duty begins. Raises Refused for a day no mandate covers."""
    today = timezone.localdate()
    first = earliest(committee)
    if cadence.due is None:
        return max(today, first or today)
    if first is None and cadence.due < today:
        raise Refused(due=_("That day is over. Choose today or a later day."))
    if first is not None and cadence.due < first:
        text = _("The mandate takes effect on %(date)s. Nothing can be due before.")
        raise Refused(due=text % {"date": day(first)})
    return min(cadence.due, max(today, first or today))


def rules_from(cadence: CadenceValues, begins: date) -> date:
    """Return the day from which a new duty's cadence gives days: none before it is first due.

    One that is counted from an earlier day would give some before.
    """
    if cadence.due is None or cadence.anchor is None or not cadence.interval_months:
        return begins
    days = due_dates(cadence.anchor, cadence.interval_months, begins, cadence.due)
    return begins if next(days, None) == cadence.due else cadence.due


def earliest(committee: Committee) -> date | None:
    """Return the day the committee's first mandate took effect; None without one."""
    rows = committee.mandates.approved().order_by("effective_from")
    return rows.values_list("effective_from", flat=True).first()


def keep_cadence(duty: Duty, values: CadenceValues, applies_from: date) -> DutyCadence:
    """Write the cadence that rules from the day on.

    The 31st stays the anchor's day when only the number of months changes.
    """
    return DutyCadence.objects.create(
        duty=duty,
        applies_from=applies_from,
        rhythm=values.rhythm,
        interval_months=values.interval_months,
        anchor=_anchor(duty, values, applies_from),
    )


def _anchor(duty: Duty, values: CadenceValues, applies_from: date) -> date | None:
    if values.anchor is not None:
        return values.anchor
    before = duty.cadences.order_by("-pk").first()
    if values.due is None or before is None or before.anchor is None or not values.interval_months:
        return values.due
    days = due_dates(before.anchor, values.interval_months, applies_from, values.due)
    return before.anchor if next(days, None) == values.due else values.due
