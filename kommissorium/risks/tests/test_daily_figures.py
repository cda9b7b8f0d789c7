"""Figures of the risks are kept in the chain when the day is nearly over, once."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from kommissorium.conftest import time_is
from kommissorium.core.evidence.models import Event
from kommissorium.registers.actions.kept import keep_due_figures, keep_figures
from kommissorium.registers.models import DailyFigures
from kommissorium.risks.tests.standing_cases import accept_until, assess, level, today

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def at(hour: int, days: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(today() + days * DAY, time(hour)))


def kept() -> list[dict[str, object]]:
    events = Event.objects.filter(act="risks.figures_kept").order_by("seq")
    return [json.loads(facts) for facts in events.values_list("facts", flat=True)]


def test_without_a_risk_nothing_is_kept(cast):
    with time_is(at(23)):
        assert keep_due_figures("risks") == 0


def test_a_day_is_kept_from_the_evening_on_and_once(cast):
    rows = assess(cast, [("cyber", 4, 4), ("people", 4, 4)], since=0)
    level(cast, 3, since=0)
    with time_is(at(21)):
        accept_until(cast, rows[:1], 60, 250_000)
        assert keep_due_figures("risks") == 0
    with time_is(at(22)):
        assert (keep_due_figures("risks"), keep_due_figures("risks")) == (1, 0)
    [found] = kept()
    assert found["day"] == today().isoformat()
    numbers = ("risks", "above", "accepted", "open", "kroner")
    assert [found[name] for name in numbers] == [2, 2, 1, 1, 250_000]
    assert found["organisation"] == rows[0].assessment_id


def test_an_evening_nothing_ran_is_made_up_for_the_day_after(cast):
    assess(cast, [("cyber", 4, 4)], since=0)
    with time_is(at(9, days=1)):
        assert keep_due_figures("risks") == 1
        assert kept()[0]["day"] == (today() - DAY).isoformat()
    with pytest.raises(ValueError, match="has not come"):
        keep_figures("risks", today() + DAY)


def test_a_day_kept_never_changes(cast):
    assess(cast, [("cyber", 4, 4)], since=0)
    keep_figures("risks", today())
    for change in (
        lambda: DailyFigures.objects.update(day=today() - DAY),
        lambda: DailyFigures.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
