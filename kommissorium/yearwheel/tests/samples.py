"""Duties, what is due of them, and one handed over."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples
from kommissorium.yearwheel.actions import (
    CadenceValues,
    DutyValues,
    GivenEvidence,
    add_duty,
    delegate,
    finish,
)
from kommissorium.yearwheel.models import Duty

OF_OCCURRENCE = (
    "occurrence occurrence_completion occurrence_skipping occurrence_move occurrence_delegation"
)


def add(samples: Samples, cast: Cast) -> None:
    """Name duties of every rhythm; the DPO answers for all of them."""
    today = timezone.localdate()
    yearly = CadenceValues("interval", 12, today + timedelta(days=20))
    duty = _duty(cast, "Fortegnelsen", yearly)
    event = _duty(cast, "Brud på persondatasikkerheden", CadenceValues("event"))
    each = _duty(cast, "Til mødet", CadenceValues("meeting"))
    samples.add("wheel_year", pk=cast.committee.pk, year=today.year)
    samples.add("wheel", pk=cast.committee.pk, year=today.year)
    samples.add("wheel_file", pk=cast.committee.pk, year=today.year, form="ics")
    samples.add("wheels", which="all", year=today.year)
    samples.add("wheels_file", which="mine", year=today.year, form="xlsx")
    # The year in which the meetings of the samples lie.
    year = (today + timedelta(days=60)).year
    covered = {"pk": cast.committee.pk, "standard": "iso27001", "year": year}
    samples.add("coverage coverage_file", **covered)
    samples.add("wheel_duties duty_add duty_proposals", pk=cast.committee.pk)
    samples.add("wheel_several", pk=cast.committee.pk, act="skipping")
    samples.add("duty duty_edit duty_end duty_keeping", pk=duty.pk)
    samples.add("duty_beginning", pk=event.pk)
    samples.add("duty_meetings", pk=each.pk)
    samples.add(OF_OCCURRENCE, pk=duty.occurrences.get().pk)
    decided = _duty(cast, "Beslutning", yearly, by_decision=True)
    samples.add("occurrence_item", pk=decided.occurrences.get().pk)
    handed = _duty(cast, "Givet videre", yearly).occurrences.get()
    asked = delegate(handed, by=cast.dpo, to=cast.employee)
    samples.add("occurrence/delegated", pk=handed.pk)
    for name in ("acceptance", "return", "withdrawal"):
        samples.add(f"wheel_delegation_{name}", pk=asked.pk)
    done = _duty(cast, "Gjort", yearly).occurrences.get()
    paper = GivenEvidence("file", label="bilag.txt", data=b"shown")
    finish(done, by=cast.dpo, result="no_fault", evidence=[paper])
    samples.add("wheel_evidence", pk=done.evidence.get().pk)


def _duty(cast: Cast, title: str, cadence: CadenceValues, **more: bool) -> Duty:
    values = DutyValues(
        **more,
        title=title,
        responsible_seat=cast.committee.seats.get(role="adviser"),
        clause=cast.mandate.clauses.get(number="R6"),
    )
    return add_duty(cast.committee, by=cast.coordinator, values=values, cadence=cadence)
