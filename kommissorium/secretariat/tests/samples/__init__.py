"""Meetings that were held and one that is called, and what the chair decided between them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.conftest import Cast, time_is
from kommissorium.core.tests.samples import Samples
from kommissorium.meetings.tests.samples import conduct, decisions, earlier
from kommissorium.secretariat.tests.samples import calling, composing, minutes
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.models import Task


def add(samples: Samples, cast: Cast) -> None:
    """Name them, and what is written down while the called one is held."""
    minutes.add(samples, cast)
    decisions.add(samples, cast)
    earlier.add(samples, cast)
    conduct.add(samples, cast, calling.add(samples, cast))
    composing.add(samples, cast)
    for variant in ("", "/closed"):
        of = samples.arguments(f"agenda_item{variant}")
        samples.add(f"thing_history{variant}", kind="meetings.agendaitem", **of)
        task = samples.arguments(f"task{variant}")
        samples.add(f"thing_past{variant}", kind="tasks.task", **task)
    samples.add("thing_past/other", kind="meetings.decision", pk=1)
    samples.add("owed_asked_of", pk=late_task(cast).owner_id)
    samples.add("guide_page", name="moeder")
    samples.add("guide_picture", name="overblik")
    samples.add("register_use", code="risks")
    samples.add("thing_history/other", kind="meetings.decision", pk=1)


def late_task(cast: Cast) -> Task:
    """Give the member a task that was due three days ago."""
    with time_is(timezone.localtime() - timedelta(days=10)):
        due = timezone.localdate() + timedelta(days=7)
        given_to = {"by": cast.coordinator, "owner": cast.member, "committee": cast.committee}
        return give_task(**given_to, title="Ryd op i rettighederne", due=due)
