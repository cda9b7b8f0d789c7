"""Occurrences that follow the committee's meetings, and how often the board gets its report."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import record
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.actions.next_occurrences import (
    DATED,
    due_of,
    follow_change,
    is_due_at,
    make_row,
    queue_up,
)
from kommissorium.yearwheel.due_days import DueDays
from kommissorium.yearwheel.duty_proposals import EXECUTIVE_REPORT, has_executive, reports_every
from kommissorium.yearwheel.models import Delegation, Duty, DutyCadence, Occurrence, Rhythm
from kommissorium.yearwheel.responsible import responsible_now


@transaction.atomic
def follow_executive(committee: Committee) -> None:
    """Let the report fall due once a year with an executive in the committee, else each quarter.

    More often than that is the committee's own choice, and stays until the executive comes or goes.
    """
    today = timezone.localdate()
    lasting = Duty.objects.filter(committee=committee, default_key=EXECUTIVE_REPORT, ended_on=None)
    for duty in lasting.select_related("committee"):
        newest = duty.cadences.order_by("-pk").first()
        if newest is None or newest.rhythm != Rhythm.INTERVAL or newest.applies_from > today:
            continue
        months = reports_every(committee, today)
        chosen = newest.interval_months or 0
        is_same = has_executive(committee, newest.applies_from) == has_executive(committee, today)
        if chosen > months or (chosen < months and not is_same):
            _recur(queue_up(duty), newest, months, today)


def _recur(duty: Duty, before: DutyCadence, months: int, today: date) -> None:
    DutyCadence.objects.create(
        duty=duty,
        applies_from=today,
        rhythm=before.rhythm,
        interval_months=months,
        anchor=before.anchor,
    )
    follow_change(duty, today)
    facts = {"rhythm": str(before.rhythm), "months": months, "applies_from": today}
    record("yearwheel.cadence_changed", duty, by=None, facts=facts)


@transaction.atomic
def sync_meetings(committee: Committee, *, by: Person | None, duty: Duty | None = None) -> int:
    """Give each duty of "each meeting" a row for each meeting, and return how many were made.

    A meeting that moved takes its open rows along, unless somebody moved them by hand; those of
    a cancelled one are skipped with that reason. What a meeting is to decide goes to the meeting
    nearest its day. Running it twice changes nothing. `by` is None when the program does it by
    itself.
    """
    if by is not None and not _may_sync(committee, duty, by):
        raise PermissionDenied
    if followed := _follow_moved(committee, by) + _tie(committee):
        facts = {"followed": followed}
        record("yearwheel.meetings_followed", committee, by=by, facts=facts)
    wanted = Duty.objects.filter(committee=committee, cadences__rhythm=Rhythm.MEETING).distinct()
    wanted = wanted.filter(pk=duty.pk) if duty is not None else wanted
    meetings = list(committee.meetings.of_the_calendar())
    made = 0
    for one in wanted.prefetch_related("cadences").order_by("pk"):
        queue_up(one)
        have = set(one.occurrences.values_list("meeting", flat=True))
        for meeting in meetings:
            day = timezone.localdate(meeting.starts_at)
            if meeting.pk not in have and is_due_at(one, day):
                row = make_row(one, Rhythm.MEETING, nominal=day, due=day, meeting=meeting)
                record("yearwheel.occurrence_begun", row, by=by, facts={"due": day})
                made += 1
    return made


def sync_all_meetings() -> None:
    """Bring the meetings of all committees in, and who sits there; the worker does it by itself."""
    for committee in Committee.objects.filter(duties__isnull=False).distinct().order_by("pk"):
        follow_executive(committee)
        sync_meetings(committee, by=None)


def _may_sync(committee: Committee, duty: Duty | None, by: Person) -> bool:
    return duty.can_be_begun_by(by) if duty else committee.can_be_prepared_by(by)


def _follow_moved(committee: Committee, by: Person | None) -> list[int]:
    """Let open rows follow their meetings; return the keys of those that were moved."""
    of_meetings = Occurrence.objects.open().filter(duty__committee=committee)
    each = of_meetings.filter(meeting__isnull=False).exclude(rhythm__in=DATED)
    moved = []
    for row in each.select_related("meeting", "duty"):
        meeting = row.meeting
        if meeting is None:
            continue
        day = timezone.localdate(meeting.starts_at)
        if meeting.state == Meeting.State.CANCELLED:
            _skip_cancelled(row, by)
        elif day != row.nominal:
            due = row.due if row.was_moved else day
            Occurrence.objects.open().filter(pk=row.pk).update(nominal=day, due=due)
            moved.append(row.pk)
    return moved


def _skip_cancelled(row: Occurrence, by: Person | None) -> None:
    Occurrence.objects.open().filter(pk=row.pk).update(
        state=Occurrence.State.SKIPPED,
        skipped_because=_("The meeting was cancelled."),
        ended_at=timezone.now(),
        ended_by=by,
        title_then=row.duty.title,
        responsible_then=responsible_now(row.duty),
    )
    live = Delegation.objects.live().filter(occurrence=row)
    live.update(ended_at=timezone.now(), ending=Delegation.Ending.DONE)
    record("yearwheel.occurrence_skipped", row, by=by)


def _tie(committee: Committee) -> list[int]:
    """Let what a meeting is to decide be due at it, and nothing else follow a meeting.

    Once tied to a meeting it moves along, wherever that goes; when it is cancelled the nearest of
    the others decides. Return the keys of the rows that were changed.
    """
    tied = Q(duty__by_decision=True) | Q(meeting__isnull=False)
    dated = Occurrence.objects.open().filter(tied, duty__committee=committee, rhythm__in=DATED)
    rows = list(dated.select_related("meeting", "duty__committee"))
    days = DueDays(committee) if rows else None
    changed = []
    for row in rows:
        met = row.meeting
        stays = row.duty.by_decision and met is not None and met.state != Meeting.State.CANCELLED
        if stays and met is not None:
            due: tuple[date, Meeting | None] = timezone.localdate(met.starts_at), met
        else:
            due = due_of(row.duty, row.nominal, row, days)
        if due != (row.due, met):
            open_row = Occurrence.objects.open().filter(pk=row.pk)
            open_row.update(
                due=due[0], meeting=due[1], was_moved=False, edit_version=F("edit_version") + 1
            )
            changed.append(row.pk)
    return changed
