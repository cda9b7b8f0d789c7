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
    ("at", "is_time"),
    [(time(0), False), (time(6, 59), False), (time(7), True), (time(23, 59), True)],
)
def test_nobody_is_reminded_before_seven(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, at: time, is_time: bool
) -> None:
    # One mail goes to the chair, one to the lone administrator; on most days of a quarter one more
    # to the coordinator, of a status that is not begun.
    day = timezone.localdate() + timedelta(days=20)
    give_task(by=cast.chair, title="Øvelse", owner=cast.chair, due=day, committee=cast.committee)
    moment = datetime.combine(day, at, COPENHAGEN)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    sent = remind_today()
    assert sent in ((2, 3) if is_time else (0,))
    assert remind_today() == 0
    assert OutboxMail.objects.filter(kind="digest").count() == sent
    reached = {cast.chair.email, cast.administrator.email} if is_time else set()
    assert reached <= set(OutboxMail.objects.values_list("recipient", flat=True))
