"""Whom a status waits for, and the duties that its approval finishes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.reports.proposal import KIND
from kommissorium.reports.register import REGISTER
from kommissorium.reports.tests.cases import approved, composed, decision_on, ended, proposed
from kommissorium.yearwheel.actions import adopt_duties
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.models import Occurrence

DUTIES = ("quarterly_status", "project_status", "technical_measures")


def test_a_quarter_that_is_not_begun_waits_for_the_coordinator(cast: Cast) -> None:
    today = timezone.localdate()
    [todo] = REGISTER.todos(cast.coordinator, today)
    assert ended().label in todo.text and todo.due == ended().due
    assert list(REGISTER.todos(cast.member, today)) == []
    composed(cast)
    assert list(REGISTER.todos(cast.coordinator, today)) == []


def test_a_mail_reminds_of_what_is_not_begun_and_of_what_is_not_approved(cast: Cast) -> None:
    quarter = ended()
    assert list(REGISTER.reminders(quarter.last + timedelta(days=5))) == []
    [begun] = REGISTER.reminders(quarter.last + timedelta(days=20))
    assert begun.person == cast.coordinator and begun.key.endswith(":begun")
    composed(cast)
    assert list(REGISTER.reminders(quarter.last + timedelta(days=20))) == []
    [due] = REGISTER.reminders(quarter.due - timedelta(days=10))
    assert due.key.endswith(":due") and due.key != begun.key


def test_an_approved_one_reminds_of_nothing(cast: Cast) -> None:
    approved(cast)
    assert list(REGISTER.reminders(ended().due - timedelta(days=10))) == []


@pytest.mark.parametrize("outcome", ["approved", "rejected"])
def test_the_decision_finishes_the_duties_of_the_status(cast: Cast, outcome: str) -> None:
    wanted = [one for one in propose_duties(cast.committee) if one.key in DUTIES]
    adopt_duties(cast.committee, wanted, by=cast.coordinator)
    open_ones = Occurrence.objects.open().filter(duty__default_key__in=DUTIES)
    open_ones.update(due=timezone.localdate())
    first = set(open_ones.values_list("pk", flat=True))
    assert len(first) == len(DUTIES)
    status = proposed(cast)
    with transaction.atomic():
        KIND.decide(decision_on(cast, status, outcome), by=cast.chair)
    done = Occurrence.objects.filter(pk__in=first, state="done")
    assert done.count() == (len(DUTIES) if outcome == "approved" else 0)
    status.refresh_from_db()
    assert status.state == ("approved" if outcome == "approved" else "draft")
