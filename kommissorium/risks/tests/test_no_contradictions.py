"""No sentence about risks contradicts the picture beside it, or compares what cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import Cast, time_is
from kommissorium.measures.periods import Quarter
from kommissorium.registers.status import StatusFigure, in_use_since
from kommissorium.risks.levels import AFTER
from kommissorium.risks.overview import overview_of
from kommissorium.risks.quarterly_status import status_parts
from kommissorium.risks.tests.picture_cases import assess, days_ago, level, risk
from kommissorium.risks.tests.standing_cases import plan_for
from kommissorium.tasks.actions import finish_task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def test_four_still_above_are_not_said_beside_a_picture_after_treatment_of_none(
    cast: Cast,
) -> None:
    level(cast, 2)
    found = assess(cast)
    for _number in range(4):
        one = risk(found, (4, 4), (1, 1))
        finish_task(plan_for(cast, one).task, by=cast.system_owner, word="Gjort")
    overview = overview_of(cast.executive)
    assert overview.figures.above(overview.levels, AFTER) == 0
    told = [one.text for one in overview.answer()]
    assert not any("will still lie above" in one or "none will lie" in one for one in told)
    assert any("counts 4 of them as within it, though what was planned" in one for one in told)
    risk(found, (4, 4), (4, 4))
    told = [one.text for one in overview_of(cast.executive).answer()]
    assert "Once the treatment works, 1 will still lie above it." in told


def then(client: Client, ago: int) -> str:
    page = client.get(reverse("risks"), {"then": days_ago(ago).isoformat()})
    return " ".join(page.content.decode().split())


def test_what_lies_above_is_not_compared_across_a_change_of_level(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    level(cast, 2, since=300, until=50)
    level(cast, 3, since=50)
    risk(assess(cast, since=200), (4, 4))
    with override("da"):
        changed = then(client_of("executive"), 100)
        assert (
            "gjaldt et andet risikoniveau" in changed
            and "over risikoniveauet. I dag" not in changed
        )
        assert "gjaldt et andet risikoniveau" not in then(client_of("executive"), 20)


def test_a_day_before_the_program_was_in_use_is_compared_with_nothing(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    level(cast, 2, since=900)
    risk(assess(cast, since=800), (4, 4))
    ago = (timezone.localdate() - in_use_since()).days
    with override("da"):
        assert "ikke i brug" in then(client_of("executive"), ago + 1)
        assert "ikke i brug" not in then(client_of("executive"), ago)


def above(quarter: Quarter) -> StatusFigure:
    [figure] = [
        one for part in status_parts(quarter) for one in part.figures if one.code == "above"
    ]
    return figure


def test_a_quarter_is_not_compared_with_one_of_another_level(cast: Cast) -> None:
    quarter = Quarter.of(timezone.localdate()).before
    last = (timezone.localdate() - quarter.last).days
    risk(assess(cast, since=last + 250), (4, 4))
    held = level(cast, 2, since=last + 250)
    assert above(quarter).before is not None
    held.in_force_to = quarter.first
    held.save()
    level(cast, 3, since=(timezone.localdate() - quarter.first).days)
    assert above(quarter).before is None


def test_the_first_quarter_is_not_compared_with_one_before_the_program(cast: Cast) -> None:
    first = Quarter.of(in_use_since())
    with time_is(timezone.now() + timedelta(days=1)):
        old = (timezone.localdate() - first.before.first).days
        level(cast, 2, since=old + 10)
        risk(assess(cast, since=old), (4, 4))
        assert above(first).value == 1 and above(first).before is None
