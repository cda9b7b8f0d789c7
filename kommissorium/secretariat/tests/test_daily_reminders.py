"""The day's reminders are gathered by the worker, and never at night."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.mail.models import OutboxMail
from kommissorium.secretariat.daily_reminders import remind_today
from kommissorium.tasks.actions import give_task

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize(
    ("at", "expected"), [(time(0), 0), (time(6, 59), 0), (time(7), 2), (time(23, 59), 2)]
)
def test_nobody_is_reminded_before_seven(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, at: time, expected: int
) -> None:
    # One mail goes to the chair, one to the lone administrator.
    day = timezone.localdate() + timedelta(days=20)
    give_task(by=cast.chair, title="Øvelse", owner=cast.chair, due=day, committee=cast.committee)
    moment = datetime.combine(day, at, COPENHAGEN)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert remind_today() == expected
    assert remind_today() == 0
    assert OutboxMail.objects.filter(kind="digest").count() == expected
