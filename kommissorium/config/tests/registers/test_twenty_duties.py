"""Twenty duties and more, decided early, on time and late by their real actions, finish in the wheel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from django.utils import timezone

from kommissorium.audits.tests import cases as audits
from kommissorium.awareness.tests import cases as awareness
from kommissorium.config.tests.registers.cycle_cases import (
    later_meeting,
    put,
    through_a_meeting,
)
from kommissorium.conftest import Cast, time_is
from kommissorium.continuity.tests import cases as continuity
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.objectives.tests import cases as objectives
from kommissorium.projects.tests import cases as projects
from kommissorium.registers.installed import proposal_kind_of
from kommissorium.reports.tests import cases as reports
from kommissorium.risks.tests.proposal_samples import drafted_level
from kommissorium.yearwheel.actions import adopt_duties, ask_for_decision
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.models import Occurrence

# What is put before the committee, and the duties of the wheel that its approval is.
PUT: Final[dict[Callable[[Cast], Any], tuple[str, ...]]] = {
    objectives.drafted: ("objectives",),
    drafted_level: ("risk_level",),
    reports.drafted: ("quarterly_status",),
    projects.drafted: ("project_status", "technical_measures"),
    awareness.drafted: ("awareness_plan",),
    continuity.drafted: ("continuity_test_plan",),
    audits.drafted: ("audit_plan",),
}
OF_ITS_OWN: Final = ("management_review", "year_plan")  # each an item of its own
DUTIES: Final = (*(key for keys in PUT.values() for key in keys), *OF_ITS_OWN)
HELD: Final = 30  # days from now
OCCURRENCE: Final = "yearwheel.occurrence"


@pytest.mark.parametrize("early", [138, 50, 0, -25], ids=["138", "50", "on time", "late"])
def test_twenty_duties_decided_early_on_time_and_late_finish_in_the_wheel(
    cast: Cast, early: int
) -> None:
    assert len(DUTIES) * 3 >= 20
    met = timezone.localdate() + timedelta(days=HELD)
    due = met + timedelta(days=early)
    wanted = [
        replace(
            one,
            rhythm="interval",
            interval_months=12,
            first=due,
            due=due,
            anchor=None,
            lead_days=30,
        )
        for one in propose_duties(cast.committee)
        if one.key in DUTIES
    ]
    adopt_duties(cast.committee, wanted, by=cast.coordinator)
    first = {one.duty.default_key: one for one in Occurrence.objects.select_related("duty")}
    assert set(first) == set(DUTIES)
    meeting = later_meeting(cast, HELD)
    outcomes = {OCCURRENCE: "approved"}
    for drafted in PUT:
        proposal = drafted(cast)
        outcomes[proposal_kind_of(proposal).kind] = "approved"
        put(cast, proposal, meeting)
    for key in OF_ITS_OWN:
        ask_for_decision(first[key], by=cast.coordinator, meeting=meeting)
    through_a_meeting(cast, meeting, outcomes)
    for key, row in first.items():
        row.refresh_from_db()
        assert (key, row.state) == (key, "done")
        assert row.ended_at is not None and timezone.localdate(row.ended_at) == met
        assert row.evidence.filter(object_kind="meetings.decision").exists(), key
        following = row.duty.occurrences.open().get()
        assert following.due > met, key
        from_day = met if early > row.duty.lead_days else row.nominal
        assert 355 <= (following.nominal - from_day).days <= 375, key
    with time_is(meeting.starts_at + timedelta(days=max(early, 0) + 60)):
        today = timezone.localdate()
        late = Occurrence.objects.open().filter(duty__default_key__in=DUTIES, due__lt=today)
        assert not late, "nothing is overdue that was done"
    assert check_database().faults == []
