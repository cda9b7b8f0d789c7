"""What is decided early, in time or late finishes its duty, and no month too many passes after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kommissorium.conftest import in_days, time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.meetings.models import Decision
from kommissorium.policies.models import Level
from kommissorium.policies.proposal import VersionProposal
from kommissorium.registers.actions.proposals import due_of, finish_by_decision
from kommissorium.secretariat.tests.test_record_access import decide
from kommissorium.yearwheel.actions import CadenceValues, DutyValues, add_duty, skip
from kommissorium.yearwheel.models import Duty, Occurrence

LEAD = 30
A_YEAR, NEAR_BY = timedelta(days=366), timedelta(days=45)  # a day due moves off the summer


def yearly(cast, due: date, months: int = 12) -> Duty:
    return add_duty(
        cast.committee,
        by=cast.coordinator,
        values=DutyValues(title="Fastlæg", lead_days=LEAD, responsible_person=cast.chair),
        cadence=CadenceValues("interval", months, due),
        default_key="risk_level",
    )


def decided(cast) -> Decision:
    return decide(cast, title=f"Fastlagt {Decision.objects.count()}", is_closed=False)


def close(cast) -> Occurrence | None:
    """Do what a register does when its thing is decided."""
    decision = decided(cast)
    waiting = due_of("risk_level", decision)
    if waiting:
        finish_by_decision(waiting, decision, decision, "Niveauet", by=cast.coordinator)
        waiting.refresh_from_db()
    return waiting


@pytest.mark.parametrize(
    "early",
    [300, 250, 200, 166, 138, 120, 100, 80, 60, 50, 40, 31, 30, 20, 5, 0, -5, -20, -60, -150],
)
def test_decided_on_any_day_the_duty_is_done_and_recurs_within_its_months(cast, early):
    duty = yearly(cast, timezone.localdate() + timedelta(days=200))
    at = duty.occurrences.get().due - timedelta(days=early)
    if at < timezone.localdate():
        duty = yearly(cast, timezone.localdate() + timedelta(days=early))
        Duty.objects.exclude(pk=duty.pk).update(default_key="")
        at = timezone.localdate()
    noon = timezone.localtime().replace(hour=12)
    with time_is(noon + (at - noon.date())):
        done = close(cast)
        assert done is not None and done.state == "done"
        following = duty.occurrences.get(state="open")
        assert following.due > at
        within = A_YEAR + NEAR_BY if early > LEAD else A_YEAR + timedelta(days=LEAD) + NEAR_BY
        assert following.due - at <= within
        assert not Occurrence.objects.open().filter(duty=duty, due__lt=at).exists()
    assert check_database().faults == []


def test_the_same_decided_twice_closes_one_time_alone(cast):
    duty = yearly(cast, in_days(20, 12).date())
    assert close(cast) is not None
    assert close(cast) is None, "a level that is corrected is no level of next year"
    assert duty.occurrences.filter(state="done").count() == 1


def test_a_late_decision_keeps_the_rhythm(cast):
    due = timezone.localdate() + timedelta(days=10)
    duty = yearly(cast, due)
    nominal = duty.occurrences.get().nominal
    with time_is(timezone.localtime() + timedelta(days=50)):
        close(cast)
        following = duty.occurrences.get(state="open")
    assert (following.nominal.month, following.nominal.day) == (nominal.month, nominal.day)
    assert duty.cadences.count() == 1


def test_after_an_early_one_every_later_time_follows_it(cast):
    duty = yearly(cast, timezone.localdate() + timedelta(days=150))
    close(cast)
    today = timezone.localdate()
    second = duty.occurrences.get(state="open")
    assert second.nominal.year == today.year + 1 or today.month == 2
    skip(second, by=cast.coordinator, because="Udskudt til næste år")
    third = duty.occurrences.get(state="open")
    assert 360 <= (third.nominal - second.nominal).days <= 370


def test_a_quarter_is_not_closed_by_the_last_one_corrected(cast):
    duty = yearly(cast, timezone.localdate() + timedelta(days=2), months=3)
    assert close(cast) is not None
    with time_is(timezone.localtime() + timedelta(days=30)):
        assert close(cast) is None
    with time_is(timezone.localtime() + timedelta(days=80)):
        assert close(cast) is not None
    assert duty.occurrences.filter(state="done").count() == 2


def test_a_guideline_does_not_revise_the_security_policy():
    class Document:
        level = Level.GUIDELINE

    class Version:
        document = Document

    kind = VersionProposal()
    assert kind.duties_of(Version) == ()
    Document.level = Level.OVERALL
    assert kind.duties_of(Version) == ("policy_revision",)
