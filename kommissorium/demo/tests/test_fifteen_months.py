"""The first impression of somebody who tries the program: the shorter story, in every room."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.assets.models import Asset, Oversight, Ownership, Round
from kommissorium.committees.models import Committee, Holding
from kommissorium.compliance.fulfilment import fulfilment_on, month_ends, timeline
from kommissorium.compliance.history_queries import history_of
from kommissorium.core.evidence.models import Event
from kommissorium.demo.almanac import FIFTEEN_MONTHS
from kommissorium.demo.tests.stories import of_fifteen_months
from kommissorium.measures.codes import Measure
from kommissorium.measures.days import add_months
from kommissorium.measures.findings import State
from kommissorium.meetings.models import (
    Absence,
    Advice,
    Call,
    Comment,
    Confirmation,
    Decision,
    Dissent,
)
from kommissorium.risks.models import Assessment, RiskLevel, Scenario
from kommissorium.yearwheel.models import Occurrence

pytestmark = [pytest.mark.usefixtures("havneby"), of_fifteen_months]


def test_those_who_left_before_it_began_were_never_there() -> None:
    assert not Person.objects.filter(name__in=["Birgit Overgaard Lind", "Poul Erik Vesterlund"])
    assert Person.objects.count() == 31
    kind = OrganisationRole.Kind.COORDINATOR
    assert OrganisationRole.objects.get(kind=kind).to_date is None
    chair = Holding.objects.get(seat__role="chair", seat__committee__name__startswith="Info")
    assert chair.to_date is None
    left = Ownership.objects.current().filter(person__is_active=False)
    assert set(left.values_list("person__name", flat=True)) == {"Camilla Rostgaard"}


def test_its_work_begins_within_weeks_and_at_hours_of_work() -> None:
    first = Event.objects.order_by("seq").first()
    assert first is not None
    begun = add_months(timezone.localdate(), -FIFTEEN_MONTHS.months)
    assert abs((timezone.localdate(first.at) - begun).days) <= 7
    soon = Event.objects.filter(at__lt=first.at + timedelta(days=21))
    # In the evening the program keeps figures of itself, and the answers of a month that ends.
    by_hand = soon.exclude(actor="system")
    hours = {timezone.localtime(one.at).hour for one in by_hand}
    assert min(hours) >= 8
    assert max(hours) <= 18
    assert Asset.objects.count() > 400


def test_today_every_state_of_a_clause_can_be_seen() -> None:
    today = timezone.localdate()
    found = [fulfilment_on(history_of(one), today) for one in Committee.objects.all()]
    assert {one.state for fulfilment in found for one in fulfilment.findings} == set(State)


def test_meetings_went_in_more_than_one_way() -> None:
    assert [bool(one.late_because) for one in Call.objects.exclude(late_because="")] == [True]
    assert Confirmation.objects.count() == 6
    assert Confirmation.objects.exclude(changes="").count() == 1
    assert Comment.objects.exclude(settled_at=None).count() >= 4
    assert set(Dissent.objects.values_list("kind", flat=True)) == set(Dissent.Kind.values)
    assert Advice.objects.filter(followed=True).exists()
    assert Decision.objects.filter(item=None, subject_kind="").count() == 1
    assert Absence.objects.exists() or Dissent.objects.count() >= 2


def test_each_register_has_a_past_and_something_under_way() -> None:
    assert Round.objects.exclude(closed_at=None).count() == 1
    assert Round.current() is not None
    assert Oversight.objects.count() >= 30
    assert Oversight.objects.filter(result=Oversight.Result.CRITICAL).exists()
    assert RiskLevel.objects.filter(state=RiskLevel.State.APPROVED).count() == 2
    whole = Assessment.objects.filter(scope=Assessment.Scope.ORGANISATION)
    assert [one.state for one in whole] == [Assessment.State.APPROVED] * 2
    assert 200 <= Scenario.objects.count() <= 300


def test_rules_of_the_registers_were_fulfilled_by_turns() -> None:
    today = timezone.localdate()
    history = history_of(Committee.objects.get(name="Informationssikkerhedsudvalget"))
    clauses = {one.measure: one for one in history.clauses_on(today)}
    measures = (Measure.POLICY_REVISION, Measure.RISK_LEVEL)
    lines = timeline(history, [clauses[one] for one in measures], month_ends(today, 16))
    for line in lines:
        assert {State.FULFILLED, State.NOT_FULFILLED} <= set(line.states), line.clause.measure


def test_the_wheel_turned_and_some_of_it_is_late() -> None:
    done = Occurrence.objects.filter(state=Occurrence.State.DONE)
    results = set(done.values_list("result", flat=True))
    assert results >= set(Occurrence.Result.values) - {""}
    late = Occurrence.objects.open().filter(source=None, due__lt=timezone.localdate())
    assert 3 <= late.count() <= 16
