"""Acceptances that must not come to be: nobody to answer, two of one risk, another committee's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from kommissorium.assets.models import RegisterSettings
from kommissorium.committees.models import Committee
from kommissorium.conftest import time_is
from kommissorium.core.refusals import Refused
from kommissorium.measures.days import add_months
from kommissorium.meetings.models import Outcome
from kommissorium.risks.actions.acceptances import (
    accept_by_decision,
    propose_acceptance,
    withdraw_acceptance,
)
from kommissorium.risks.models import Acceptance, AcceptedRisk
from kommissorium.risks.tests.acceptance_cases import (
    accept,
    decide_on,
    make_risk,
    make_risks,
    propose,
    terms,
)
from kommissorium.risks.tests.standing_cases import today


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def leave(person):
    type(person).objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize(("capacity", "who"), [("owner", "system_owner"), ("head", "head_of_it")])
def test_who_has_left_is_not_asked_to_accept(cast, capacity, who):
    risk = make_risk(cast)
    leave(cast.who(who))
    with pytest.raises(Refused, match="has left") as caught:
        propose(cast, [risk], capacity=capacity)
    assert set(caught.value.errors) == {"capacity"}


def test_a_capacity_in_which_nobody_is_left_is_refused(cast):
    risk = make_risk(cast)
    leave(cast.executive)
    with pytest.raises(Refused, match="Nobody could accept") as caught:
        propose(cast, [risk], capacity="executive")
    assert set(caught.value.errors) == {"capacity"}
    leave(cast.chair)
    waiting = propose(cast, [risk])  # the deputy leads in the chair's absence
    withdraw_acceptance(waiting, by=cast.coordinator, because="Forfra")
    leave(cast.deputy)
    with pytest.raises(Refused, match="Nobody could accept"):
        propose(cast, [risk], capacity="chair")
    assert propose(cast, [risk], capacity="committee")


def test_a_capacity_nobody_knows_is_refused(cast):
    with pytest.raises(Refused) as caught:
        propose(cast, [make_risk(cast)], capacity="mayor")
    assert set(caught.value.errors) == {"capacity"}


def test_the_same_risk_twice_is_refused_in_words(cast):
    risk = make_risk(cast)
    with pytest.raises(Refused) as caught:
        propose(cast, [risk, risk])
    assert set(caught.value.errors) == {"risks"}
    assert not Acceptance.objects.exists()


def test_a_risk_is_accepted_for_five_years_to_the_day(cast):
    risk = make_risk(cast)
    last = add_months(today(), 60)
    with pytest.raises(Refused, match="five years") as caught:
        propose(cast, [risk], expires_on=last + timedelta(days=1))
    assert set(caught.value.errors) == {"expires_on"}
    assert propose(cast, [risk], expires_on=last)


def test_five_years_from_the_29th_of_february_end_on_the_28th(cast):
    risk = make_risk(cast)
    leap = datetime(2028, 2, 29, 12, tzinfo=UTC)
    with time_is(leap):
        with pytest.raises(Refused, match="five years"):
            propose(cast, [risk], expires_on=date(2033, 3, 1))
        assert propose(cast, [risk], expires_on=date(2033, 2, 28))


def twins(cast):
    """Return two proposals about one risk, as two who propose at once could leave them."""
    risk = make_risk(cast)
    first = propose(cast, [risk])
    Acceptance.objects.filter(pk=first.pk).update(expires_on=today() - timedelta(days=1))
    second = propose(cast, [risk])
    Acceptance.objects.filter(pk=first.pk).update(expires_on=second.expires_on)
    first.refresh_from_db()
    return first, second


def test_a_risk_that_is_accepted_is_not_accepted_once_more(cast):
    first, second = twins(cast)
    accept(first, by=cast.chair)
    with pytest.raises(Refused, match="Replace that acceptance"):
        accept(second, by=cast.chair)
    decision = decide_on(cast, second)
    with pytest.raises(Refused, match="Replace that acceptance"):
        accept_by_decision(second, decision, by=cast.chair)
    assert Acceptance.objects.standing().get() == first


def test_who_takes_back_a_proposal_does_not_end_what_was_accepted_meanwhile(cast):
    made = propose(cast, [make_risk(cast)], by=cast.system_owner)
    seen_before = Acceptance.objects.get(pk=made.pk)
    accept(made, by=cast.chair)
    with pytest.raises(Refused, match="answered or has ended"):
        withdraw_acceptance(seen_before, by=cast.system_owner, because="Fortrudt")
    made.refresh_from_db()
    assert made.is_standing


def other_committee(cast):
    """Let the registers be kept for another committee than the cast's."""
    made = Committee.objects.create(name="Et andet udvalg")
    RegisterSettings.objects.update_or_create(pk=1, defaults={"committee": made})
    return made


def test_another_committees_chair_does_not_accept_by_decision(cast):
    made = propose(cast, [make_risk(cast)], capacity="committee")
    other_committee(cast)
    Acceptance.objects.filter(pk=made.pk).update(capacity="chair")
    made.refresh_from_db()
    with pytest.raises(Refused, match="another committee"):
        accept_by_decision(made, decide_on(cast, made), by=cast.chair)
    made.refresh_from_db()
    assert made.is_unanswered


def test_a_decision_that_changes_the_terms_does_not_accept_the_old_ones(cast):
    made = propose(cast, [make_risk(cast)])
    decision = decide_on(cast, made, Outcome.WITH_CHANGES)
    with pytest.raises(Refused, match="with the changes"):
        accept_by_decision(made, decision, by=cast.chair)
    made.refresh_from_db()
    assert made.is_unanswered


def test_others_risks_in_a_posted_list_are_refused_whole(cast):
    own, strange = make_risks(cast, [(2, 2)])[0], make_risks(cast, [(3, 3)])[0]
    strange.owner = cast.member
    with pytest.raises(PermissionDenied):
        propose_acceptance([own, strange], by=cast.system_owner, **terms())
    assert not AcceptedRisk.objects.exists()
