"""The duties of the year wheel that the approval of a quarter's status finishes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kommissorium.config.tests.registers.cycle_cases import (
    fresh,
    later_meeting,
    put,
    through_a_meeting,
)
from kommissorium.conftest import Cast
from kommissorium.projects.proposal import KIND as WORK
from kommissorium.projects.tests import cases
from kommissorium.reports.proposals import KIND
from kommissorium.reports.tests.cases import drafted
from kommissorium.yearwheel.actions import adopt_duties
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.models import Occurrence

DRAFTED: dict[str, Callable[[Cast], Any]] = {
    KIND.kind: drafted,
    WORK.kind: cases.drafted,
}
DUTIES = {
    KIND.kind: ("quarterly_status",),
    WORK.kind: ("project_status", "technical_measures"),
}


@pytest.mark.parametrize("kind", [KIND.kind, WORK.kind])
@pytest.mark.parametrize("outcome", ["approved", "rejected"])
def test_the_decision_finishes_the_duties_of_the_status(
    cast: Cast, outcome: str, kind: str
) -> None:
    duties = DUTIES[kind]
    wanted = [one for one in propose_duties(cast.committee) if one.key in duties]
    adopt_duties(cast.committee, wanted, by=cast.coordinator)
    open_ones = Occurrence.objects.open().filter(duty__default_key__in=duties)
    open_ones.update(nominal=timezone.localdate(), due=timezone.localdate())
    first = set(open_ones.values_list("pk", flat=True))
    assert len(first) == len(duties)
    status, meeting = DRAFTED[kind](cast), later_meeting(cast, 30)
    put(cast, status, meeting)
    through_a_meeting(cast, meeting, {kind: outcome})
    done = Occurrence.objects.filter(pk__in=first, state="done")
    assert done.count() == (len(duties) if outcome == "approved" else 0)
    assert fresh(status).state == ("approved" if outcome == "approved" else "draft")
