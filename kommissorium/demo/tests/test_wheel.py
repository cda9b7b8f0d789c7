"""The year wheel of the demonstration: adopted, done, late, handed over and changed."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from kommissorium.accounts.demo_cast import DOMAIN
from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.config.tests.demonstration import Demonstration
from kommissorium.core.evidence.models import Event
from kommissorium.demo.tests.stories import of_three_years
from kommissorium.measures.days import add_months
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.meeting_news import news_of
from kommissorium.yearwheel.models import Delegation, Duty, Evidence, Move, Occurrence, Rhythm
from kommissorium.yearwheel.wheel import year_of

pytestmark = pytest.mark.usefixtures("havneby")

State, Result = Occurrence.State, Occurrence.Result


def security() -> Committee:
    return Committee.objects.get(name="Informationssikkerhedsudvalget")


def group() -> Committee:
    return Committee.objects.get(name="Beredskabsgruppen")


def person(code: str) -> Person:
    return Person.objects.get(email=f"{code}@{DOMAIN}")


def test_all_the_mandate_proposes_is_adopted_and_the_committees_have_duties_of_their_own():
    proposed = propose_duties(security())
    assert len(proposed) > 25
    assert [one.key for one in proposed if not one.is_adopted] == []
    assert [one.key for one in propose_duties(group()) if not one.is_adopted] == [
        "year_plan",
    ]
    for committee, least in ((security(), 5), (group(), 2)):
        own = committee.duties.filter(default_key="", kind=Duty.Kind.WHEEL)
        assert own.count() >= least


def test_the_revision_brought_a_duty_and_ended_one():
    gone = Duty.objects.get(default_key="clause:R12")
    assert gone.ended_on
    assert gone.ended_because
    new = Duty.objects.get(default_key="clause:T10")
    assert new.clause is not None
    assert new.clause.mandate.version == 2
    assert new.occurrences.filter(state=State.DONE).exists()
    rarer = Duty.objects.get(title="Ring til dem, der er bagud med tiltag og tilsyn")
    assert [one.interval_months for one in rarer.cadences.all()] == [1, 6]


def test_what_the_plans_promise_is_on_the_wheel_and_done_there():
    for key in ("awareness_activities", "continuity_tests", "continuity_restores", "audits"):
        rows = Occurrence.objects.filter(duty__default_key=key)
        past = rows.filter(nominal__lt=timezone.localdate())  # some years begin without one
        assert rows.exists(), key
        assert not past.exists() or rows.filter(state=State.DONE).exists(), key
    assert not Duty.objects.filter(default_key__in=["training", "continuity_test"]).exists()


def test_no_day_of_a_duty_is_left_out_or_comes_twice():
    today = timezone.localdate()
    for duty in Duty.objects.filter(ended_on=None, kind=Duty.Kind.WHEEL):
        rows = duty.occurrences.exclude(rhythm__in=[Rhythm.MEETING, Rhythm.EVENT])
        days = list(rows.order_by("nominal").values_list("nominal", flat=True))
        changes = [one.interval_months for one in duty.cadences.all()]
        if days and len(changes) == 1:
            gaps = {(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(days)}
            assert gaps <= set(changes), duty
            assert days[-1] > today or rows.get(nominal=days[-1]).is_open, duty


@of_three_years
def test_every_meeting_has_what_is_due_at_each_of_them():
    incidents = Duty.objects.get(default_key="incidents")
    meetings = security().meetings.exclude(state=Meeting.State.CANCELLED)
    kept = incidents.occurrences.filter(meeting__in=meetings)
    # The first meeting may lie before the day from which the first mandate rules.
    assert meetings.count() - kept.count() <= 1
    assert kept.filter(state=State.DONE).count() >= 11
    cancelled = incidents.occurrences.get(meeting__state=Meeting.State.CANCELLED)
    assert cancelled.state == State.SKIPPED


@of_three_years
def test_results_of_every_kind_have_a_word_and_some_have_evidence():
    done = Occurrence.objects.filter(state=State.DONE)
    assert done.count() > 150
    kinds = ((Result.DONE, 20), (Result.NO_FAULT, 60), (Result.MINOR, 40), (Result.CRITICAL, 2))
    for result, least in kinds:
        assert done.filter(result=result).count() >= least, result
    assert done.exclude(result__in=Occurrence.FAULTLESS).filter(conclusion="").count() == 0
    own = Evidence.objects.filter(occurrence__source=None)
    assert {str(kind) for kind in own.values_list("kind", flat=True)} == {"link", "file", "row"}
    assert Evidence.objects.count() >= 50


def test_some_were_late_skipped_moved_or_handed_over(havneby: Demonstration):
    done = Occurrence.objects.filter(state=State.DONE).exclude(rhythm=Rhythm.EVENT)
    delays = [(timezone.localdate(one.ended_at) - one.due).days for one in done if one.ended_at]
    assert sum(days <= 7 for days in delays) > len(delays) * 0.7
    assert sum(days > 30 for days in delays) >= {3: 5, 1: 3}[havneby.years]
    skipped = Occurrence.objects.filter(state=State.SKIPPED)
    assert skipped.count() >= 6
    assert skipped.filter(skipped_because="").count() == 0
    assert Move.objects.exclude(because="").count() >= 3
    endings = set(Delegation.objects.values_list("ending", flat=True))
    # In the shorter story the one that is handed back may be asked for in these very days.
    back = {Delegation.Ending.HANDED_BACK} if havneby.years == 3 else set()
    assert endings >= {Delegation.Ending.DONE, *back}
    assert Delegation.objects.unanswered().filter(to_person=person("deputy")).exists()


@of_three_years
def test_an_alarm_was_followed_by_an_evaluation():
    evaluations = Occurrence.objects.filter(rhythm=Rhythm.EVENT, source=None)
    assert [bool(one.occasion and one.conclusion) for one in evaluations] == [True, True]


def test_today_a_few_are_overdue_and_more_are_near():
    today = timezone.localdate()
    waiting = Occurrence.objects.open().filter(source=None)
    assert 3 <= waiting.filter(due__lt=today).count() <= 16
    assert waiting.filter(due__range=(today, today + timedelta(days=45))).count() >= 4
    assert waiting.filter(duty__kind=Duty.Kind.PLAN, due__lt=today - timedelta(days=30)).exists()


@of_three_years
def test_the_annual_plan_has_what_is_done_and_what_waits():
    plan = Occurrence.objects.filter(duty__kind=Duty.Kind.PLAN)
    states = [plan.filter(state=state).count() for state in (State.DONE, State.SKIPPED, State.OPEN)]
    assert states == [5, 1, 5]


def test_the_wheel_reads_as_full_in_every_year_and_the_next_meeting_is_told():
    today, reader = timezone.localdate(), person("coordinator")
    for year in (today.year - 1, today.year, today.year + 5):
        assert len(year_of(security(), year, reader)) > 40
    meeting = Meeting.objects.coming().first()
    assert meeting is not None
    told = news_of(meeting, today, add_months(today, 3))
    assert told.ended
    assert told.overdue
    assert told.coming


def test_what_the_wheel_says_of_people_is_told_by_pseudonym_alone():
    names = [one.name for one in Person.objects.all()]
    facts = " ".join(
        Event.objects.filter(act__startswith="yearwheel.").values_list("facts", flat=True)
    )
    assert "occurrence" not in facts
    assert [name for name in names if name in facts] == []
