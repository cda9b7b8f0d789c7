"""The state of an occurrence as a condition in SQL."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from kommissorium.yearwheel.models import Occurrence


def in_state(state: str, lead_days: int, today: date) -> Q:
    """Return the condition that an occurrence of a duty stands so; one for all states for "".

    The same as reading.state_of says.
    """
    near = today + timedelta(days=lead_days)
    done, fine = Q(state=Occurrence.State.DONE), Q(result__in=Occurrence.FAULTLESS)
    waiting = Q(state=Occurrence.State.OPEN)
    met = Q(duty__by_decision=True, meeting__state__in=Occurrence.MINUTES_TO_COME)
    over = waiting & Q(due__lt=today)
    # A condition on the meeting holds for what has none too, only when it is asked the other way.
    return {
        "": Q(),
        "overdue": over & (Q(meeting=None) | ~met),
        "minutes": over & met,
        "soon": waiting & Q(due__range=(today, near)),
        "open": waiting & Q(due__gt=near),
        "done": done & fine,
        "done_with_fault": done & ~fine,
        "skipped": Q(state=Occurrence.State.SKIPPED),
    }[state]
