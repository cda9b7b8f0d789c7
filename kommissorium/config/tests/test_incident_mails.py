"""The mails of deadlines: two workers send none twice, and no trouble on the way loses one."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from kommissorium.conftest import Cast, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.actions import send_due
from kommissorium.core.mail.models import OutboxMail
from kommissorium.incidents.actions.notifications import tell_deadlines
from kommissorium.incidents.models import Notification
from kommissorium.incidents.tests.cases import HOUR, triaged

WORKERS = 2


def silent(*_mail: object) -> None:
    """Answer as a mail server that has gone away."""
    raise SMTPServerDisconnected


def of_deadlines() -> list[tuple[str, str]]:
    rows = OutboxMail.objects.filter(kind="incidents.deadline")
    return sorted(rows.values_list("recipient", "key"))


def many_processes(at: datetime) -> None:
    """Let workers look at the deadlines in the same moment, each in a process of its own."""
    connections.close_all()
    reading, writing = os.pipe()
    children = []
    for _one in range(WORKERS):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.close(writing)
                os.read(reading, 1)  # ends when all may begin
                with time_is(at):
                    tell_deadlines()
                connections.close_all()
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    os.close(reading)
    os.close(writing)
    assert [os.waitstatus_to_exitcode(os.waitpid(one, 0)[1]) for one in children] == [0] * WORKERS


def test_two_worker_processes_tell_a_deadline_once(committing: Cast) -> None:
    found = triaged(committing)
    for hours in (0, 37, 67, 71, 73):
        many_processes(found.reported_at + hours * HOUR + timedelta(minutes=1))
    told = of_deadlines()
    assert told and len(told) == len(set(told))
    row = Notification.objects.get(incident=found, code="gdpr_33")
    stages = [key.rpartition(":")[2] for who, key in told if who == committing.dpo.email]
    assert stages == ["1", "2", "3", "4", "5"] and row.told_stage == 5
    events = Event.objects.filter(act="incidents.deadline_told")
    assert [json.loads(one.facts)["stage"] for one in events.order_by("seq")] == [1, 2, 3, 4, 5]


def test_a_mail_server_that_is_down_at_hour_71_loses_nothing_and_sends_nothing_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = triaged(cast)
    hour = found.reported_at + 71 * HOUR
    with time_is(hour + timedelta(minutes=1)), monkeypatch.context() as down:
        down.setattr("kommissorium.core.mail.delivery.hand_over", silent)
        tell_deadlines()
        waiting = of_deadlines()
        assert waiting and send_due() == 0 and not mail.outbox
    with time_is(hour + timedelta(minutes=30)):
        tell_deadlines()
        assert of_deadlines() == waiting
        send_due()
        assert send_due() == 0
    left = OutboxMail.objects.filter(kind="incidents.deadline", sent_at=None)
    assert not left.exists()
    told = [(one.to[0], one.subject) for one in mail.outbox]
    assert len(told) == len(set(told)) and {who for who, _key in waiting} <= {to for to, _s in told}


def test_a_clock_that_was_set_back_tells_nothing_again(cast: Cast) -> None:
    found = triaged(cast)
    with time_is(found.reported_at + 67 * HOUR):
        tell_deadlines()
    told = of_deadlines()
    for hours in (40, 66, 2):
        with time_is(found.reported_at + hours * HOUR):
            assert tell_deadlines() == 0
    assert of_deadlines() == told
    with time_is(found.reported_at + 73 * HOUR):
        assert tell_deadlines() == 1
        assert timezone.now() > Notification.objects.get(code="gdpr_33").due_at  # type: ignore[operator]
