"""Events of activities: the results that tell of a day, and activities as they were known."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Max, Q
from django.utils import timezone

from kommissorium.core.evidence.models import Event
from kommissorium.measures.activities import OF_ACTIVITIES, RESULT, KnownActivity, activity_past
from kommissorium.measures.findings import Question
from kommissorium.measures.past import PROPOSAL_APPROVED
from kommissorium.registers.models.activities import ActivityState
from kommissorium.registers.past import counted_today, past_events


def results_telling_of(day: date) -> list[int]:
    """Return the keys of the events that say how each activity went (one query).

    Each has the newest that was known when the day ended, and the newest of all: how often one
    was told before says nothing any more.
    """
    told = Event.objects.filter(act=RESULT).order_by().values("object_kind", "object_id")
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    until = Max("seq", filter=Q(at__lt=end))
    rows = told.annotate(then=until, now=Max("seq")).values_list("then", "now")
    return [key for row in rows for key in row if key is not None]


def activities_known(plan: str, slug: str, on: date, known: date) -> list[KnownActivity]:
    """Return the activities as they stood on a day by what was known on another (one query)."""
    events = past_events(Q(act__in=(*OF_ACTIVITIES, PROPOSAL_APPROVED)))
    asked = Question(on, known, date.min, 0)
    return activity_past(
        events, counted_today({}), register="", plan=plan, slug=slug
    ).activities_on(asked)


def state_of(one: KnownActivity, day: date) -> ActivityState:
    """Return how an activity stood on the day, of which it is known."""
    if one.is_off:
        return ActivityState.CALLED_OFF
    if one.held_on:
        return ActivityState.HELD
    return ActivityState.LATE if one.planned_for < day else ActivityState.PLANNED
