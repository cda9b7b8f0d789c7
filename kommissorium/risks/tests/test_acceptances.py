"""Risks are proposed for acceptance by one person and accepted by another."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kommissorium.assets.actions.owners import appoint
from kommissorium.conftest import time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import plain_text
from kommissorium.meetings.models import Decision, Outcome
from kommissorium.registers.actions.proposals import ASKED
from kommissorium.risks.accepted import state_of
from kommissorium.risks.actions import acceptances as actions
from kommissorium.risks.actions.acceptances import (
    accept_by_decision,
    refuse,
    refuse_by_decision,
    withdraw_acceptance,
)
from kommissorium.risks.agenda.proposals import AcceptanceProposal
from kommissorium.risks.authority import chairs_committee, risks_of
from kommissorium.risks.models import Acceptance, Scale, Scenario
from kommissorium.risks.tests.acceptance_cases import (
    accept,
    decide_on,
    decided,
    limit,
    make_risk,
    make_risks,
    propose,
)
from kommissorium.risks.tests.assessment_cases import make_system
from kommissorium.risks.tests.standing_cases import assess, level, today


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def leads(acceptance, person):
    return chairs_committee(acceptance, person, risks_of(acceptance))


def acts_about(acceptance):
    return list(Event.objects.about(acceptance).values_list("act", flat=True))


def test_who_has_the_capacity_accepts_what_another_proposed(cast):
    made = propose(cast, [make_risk(cast)])
    accept(made, by=cast.chair)
    assert (made.state, made.accepted_by, made.is_in_force_on(today())) == (
        *("accepted", cast.chair, True),
    )
    assert "risks.acceptance_accepted" in acts_about(made)


def test_nobody_accepts_what_they_proposed(cast):
    made = propose(cast, [make_risk(cast)])
    Acceptance.objects.filter(pk=made.pk).update(proposed_by=cast.chair)
    made.refresh_from_db()
    assert leads(made, cast.chair) is None
    with pytest.raises(Refused, match="somebody else must accept"):
        accept(made, by=cast.chair)
    with pytest.raises(PermissionDenied):
        refuse(made, by=cast.chair, because="Nej")
    assert leads(made, cast.deputy) == cast.committee
    accept(made, by=cast.deputy, word="Formanden har ferie")


def test_a_proposal_only_its_proposer_could_accept_is_refused_at_once(cast):
    risk = make_risk(cast)
    with pytest.raises(Refused, match="somebody else must accept") as caught:
        propose(cast, [risk], by=cast.system_owner, capacity="owner")
    assert set(caught.value.errors) == {"capacity"}


@pytest.mark.parametrize(
    ("capacity", "who"),
    [
        ("owner", "system_owner"),
        ("head", "head_of_it"),
        ("chair", "chair"),
        ("chair", "deputy"),
        ("executive", "executive"),
    ],
)
def test_each_capacity_is_held_by_whoever_has_it_today_and_by_nobody_else(cast, capacity, who):
    made = propose(cast, [make_risk(cast)], capacity=capacity, amount=50_000)
    others = {"system_owner", "head_of_it", "chair", "executive", "auditor", "employee"} - {who}
    others -= {"chair"} if capacity == "chair" else set()
    for other in others:
        with pytest.raises(PermissionDenied):
            accept(made, by=cast.who(other))
    accept(made, by=cast.who(who), word="Formanden har ferie")
    assert made.accepted_by == cast.who(who)


def test_a_deputy_says_why_the_chair_cannot_decide(cast):
    made = propose(cast, [make_risk(cast)])
    with pytest.raises(Refused, match="Write why") as caught:
        accept(made, by=cast.deputy)
    assert set(caught.value.errors) == {"chair_absent_because"}


def test_a_chair_accepts_by_a_decision_with_its_weighing_and_in_no_other_way(cast):
    made = propose(cast, [make_risk(cast)])
    with pytest.raises(PermissionDenied):
        actions.accept(made, by=cast.chair)
    with pytest.raises(PermissionDenied):
        refuse(made, by=cast.chair, because="Nej")
    with pytest.raises(Refused) as caught:
        decided(cast.committee, made, by=cast.chair, weighing={"security": "weaker"})
    assert set(caught.value.errors) == {"usability", "economy", "proportion"}
    for lacks in ({"why_now": " "}, {"is_impartial": False}):
        with pytest.raises(Refused) as caught:
            decided(cast.committee, made, by=cast.chair, **lacks)
        assert set(caught.value.errors) == set(lacks)
    made.refresh_from_db()
    assert made.is_unanswered and not Decision.objects.exists()
    accept(made, by=cast.chair)
    assert (made.accepted_by, made.decision.number) == (cast.chair, f"{today().year}/F1")
    assert made.decision.is_weighed


def test_what_the_committee_is_to_accept_nobody_accepts_alone(cast):
    made = propose(cast, [make_risk(cast)], capacity="committee")
    for who in ("chair", "executive", "system_owner"):
        with pytest.raises(PermissionDenied):
            accept(made, by=cast.who(who))


def test_only_those_who_look_after_the_risk_propose(cast):
    risk = make_risk(cast)
    for who in ("auditor", "employee", "executive", "administrator", "member"):
        with pytest.raises(PermissionDenied):
            propose(cast, [risk], by=cast.who(who))
    assert propose(cast, [risk], by=cast.system_owner)


def test_above_the_level_nobody_accepts_alone_a_risk_in_an_own_system(cast):
    level(cast, 4)
    risk = make_risks(cast, [(4, 3)], owner="chair")[0]
    made = propose(cast, [risk])
    with pytest.raises(Refused, match="above the risk level"):
        accept(made, by=cast.chair)
    accept(made, by=cast.deputy, word="Formanden har ferie")


def test_whose_own_matter_it_is_is_told_at_once_and_the_deputy_is_asked(cast, client_of):
    level(cast, 4)
    made = propose(cast, make_risks(cast, [(4, 3)], owner="chair"))
    assert [mail.recipient for mail in OutboxMail.objects.filter(kind=ASKED)] == [cast.deputy.email]
    page = reverse("proposal", args=["acceptance", made.pk])
    told = client_of("chair").get(page).content.decode()
    assert "har en rolle i det, den handler om" in told and "outcome=approved" not in told
    assert "outcome=approved" in client_of("deputy").get(page).content.decode()


def test_nobody_is_asked_where_it_is_the_own_matter_of_all_who_lead(cast):
    level(cast, 4)
    risks = make_risks(cast, [(4, 3)], owner="chair")
    asset = risks[0].assessment.assets.get()
    appoint(asset, "manager", cast.deputy, by=cast.coordinator, from_date=today())
    with pytest.raises(Refused, match="role in what it is"):
        propose(cast, risks)
    assert not Acceptance.objects.exists()


def test_the_chair_is_shown_the_own_limit(cast):
    limit("chair", per_risk=300_000, per_year=1_200_000)
    first = propose(cast, [make_risk(cast)])
    accept(first, by=cast.chair)
    made = propose(cast, [make_risk(cast)])
    told = plain_text(AcceptanceProposal().text(made).presentation)
    assert "The chair has used 250,000 kr. of an own limit of 1,200,000 kr." in told
    assert "The committee has used" not in told


def test_below_the_level_the_owner_of_the_system_may_accept(cast):
    level(cast, 4)
    risk = make_risks(cast, [(1, 1)], owner="chair")[0]
    made = propose(cast, [risk])
    accept(made, by=cast.chair)
    assert made.state == "accepted"


def test_the_owner_of_risk_and_system_is_not_asked_above_the_level(cast):
    level(cast, 4)
    risk = make_risks(cast, [(4, 4)], owner="system_owner")[0]
    with pytest.raises(Refused, match="above the risk level"):
        propose(cast, [risk], capacity="owner")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", -1),
        ("amount", 10_000_000_001),
        ("budget_year", 1999),
        ("budget_year", 3026),
        ("expires_on", None),
        ("reason", "  "),
    ],
)
def test_terms_that_make_no_sense_are_refused_beside_their_field(cast, field, value):
    if field == "expires_on":
        value = today() - timedelta(days=1)
    with pytest.raises(Refused) as caught:
        propose(cast, [make_risk(cast)], **{field: value})
    assert set(caught.value.errors) == {field}


def test_beyond_a_limit_it_is_refused_and_says_who_can(cast):
    limit("owner", per_risk=50_000)
    limit("chair", per_risk=500_000)
    with pytest.raises(Refused, match=r"Risk owner may accept 50,000 kr\. at most") as caught:
        propose(cast, [make_risk(cast)], capacity="owner")
    assert "Chair of the committee" in caught.value.errors["capacity"]


def test_a_limit_set_after_the_proposal_holds_too(cast):
    made = propose(cast, [make_risk(cast)])
    limit("chair", per_risk=100_000)
    with pytest.raises(Refused, match="100,000"):
        accept(made, by=cast.chair)


def test_a_band_beyond_the_limit_is_refused(cast):
    limit("chair", highest_rank=1)
    with pytest.raises(Refused, match="as high as this"):
        propose(cast, [make_risk(cast, (4, 4))])


def test_a_band_of_another_number_of_bands_is_beyond_every_limit_of_bands(cast):
    steps = [{"name": str(number), "text": ""} for number in range(3)]
    small = Scale.objects.create(
        family="lille",
        name="Lille",
        size=3,
        likelihoods=steps,
        consequences=steps,
        bands=[{"name": "Lav", "tone": "green"}, {"name": "Høj", "tone": "red"}],
        cells=[[1, 1, 2], [1, 2, 2], [2, 2, 2]],
        made_at=timezone.now(),
    )
    asset = make_system(cast)
    cells = [("cyber", 3, 3)]
    [risk] = assess(cast, cells, scope="asset", assets=[asset], scale=small)
    limit("chair", highest_rank=4)
    risk.refresh_from_db()
    with pytest.raises(Refused, match="as high as this"):
        propose(cast, [risk])


def test_the_running_total_of_a_budget_year_never_exceeds_the_limit(cast):
    limit("chair", per_year=600_000)
    first, second, third = (
        propose(cast, [risk]) for risk in make_risks(cast, [(2, 2), (2, 3), (3, 2)])
    )
    accept(first, by=cast.chair)
    accept(second, by=cast.chair)
    with pytest.raises(Refused, match=r"has used 500,000 kr\. of it already"):
        accept(third, by=cast.chair)
    withdraw_acceptance(first, by=cast.chair, because="Løst")
    accept(third, by=cast.chair)


def test_it_counts_until_midnight_of_its_last_day_and_not_a_minute_more(cast):
    made = propose(cast, [make_risk(cast)])
    accept(made, by=cast.chair)
    last = made.expires_on
    before = timezone.make_aware(datetime.combine(last, time(23, 59, 58)))
    for moment, counts in [(before, True), (before + timedelta(seconds=3), False)]:
        with time_is(moment):
            day = timezone.localdate()
            found = Acceptance.objects.in_force_at(timezone.now(), day)
            assert found.filter(pk=made.pk).exists() is counts
            assert made.is_in_force_on(day) is counts


def test_what_was_to_hold_until_a_day_that_is_over_is_not_accepted(cast):
    made = propose(cast, [make_risk(cast)], expires_on=today())
    with time_is(timezone.localtime() + timedelta(days=2)), pytest.raises(Refused, match="is over"):
        accept(made, by=cast.chair)


def test_a_proposal_nobody_answered_in_time_bars_no_new_one(cast):
    risk = make_risk(cast)
    made = propose(cast, [risk], expires_on=today())
    with time_is(timezone.localtime() + timedelta(days=2)):
        on = timezone.localdate()
        assert made.has_lapsed_on(on)
        assert not Acceptance.objects.waiting_on(on).exists()
        assert not Acceptance.objects.live_on(on).exists()
        assert leads(made, cast.chair) is None
        assert state_of(made, on)[0] == "Not answered in time"
        again = propose(cast, [risk], expires_on=on + timedelta(days=30))
        assert leads(again, cast.chair) == cast.committee
        with pytest.raises(Refused, match="is over"):
            refuse_by_decision(made, decide_on(cast, made, Outcome.REJECTED), by=cast.chair)


def test_of_two_answers_the_second_is_told(cast):
    made = propose(cast, [make_risk(cast)], capacity="executive")
    stale = Acceptance.objects.get(pk=made.pk)
    accept(made, by=cast.executive)
    with pytest.raises(Refused, match="answered"):
        accept(stale, by=cast.executive)
    stale = Acceptance.objects.get(pk=made.pk)
    stale.state = Acceptance.State.PROPOSED
    with pytest.raises(Refused, match="answered"):
        refuse(stale, by=cast.executive, because="Nej")


def test_a_refusal_needs_a_reason_and_ends_the_proposal(cast):
    risk = make_risk(cast)
    made = propose(cast, [risk], capacity="executive")
    with pytest.raises(Refused, match="why"):
        refuse(made, by=cast.executive, because=" ")
    refuse(made, by=cast.executive, because="For dyrt")
    assert (made.state, made.refused_because) == ("refused", "For dyrt")
    assert propose(cast, [risk], amount=100_000)


def test_a_risk_is_not_proposed_or_accepted_twice(cast):
    risk = make_risk(cast)
    made = propose(cast, [risk])
    with pytest.raises(Refused, match="proposed for acceptance already"):
        propose(cast, [risk])
    accept(made, by=cast.chair)
    with pytest.raises(Refused, match="Replace that acceptance"):
        propose(cast, [risk])


def test_a_risk_without_a_score_or_out_of_the_picture_cannot_be_accepted(cast):
    risk = make_risk(cast)
    Scenario.objects.filter(pk=risk.pk).update(is_in_force=False)
    risk.refresh_from_db()
    with pytest.raises(Refused, match="before the committee"):
        propose(cast, [risk])
    with pytest.raises(Refused, match="Choose the risks"):
        propose(cast, [])


def test_a_new_one_takes_the_place_of_the_old_when_it_is_accepted(cast):
    risk = make_risk(cast)
    limit("chair", per_year=300_000)
    old = propose(cast, [risk])
    accept(old, by=cast.chair)
    new = propose(cast, [risk], replaces=old, amount=300_000)
    old.refresh_from_db()
    assert old.is_in_force_on(today())
    with pytest.raises(Refused, match="proposed in its place already"):
        propose(cast, [risk], replaces=old)
    accept(new, by=cast.chair)
    old.refresh_from_db()
    assert (old.ending, new.is_in_force_on(today())) == ("replaced", True)
    assert "risks.acceptance_replaced" in acts_about(old)


def test_it_is_withdrawn_by_who_gave_it_or_the_coordinator_with_a_reason(cast):
    made = propose(cast, [make_risk(cast)])
    accept(made, by=cast.chair)
    for who in ("deputy", "system_owner", "auditor", "executive"):
        with pytest.raises(PermissionDenied):
            withdraw_acceptance(made, by=cast.who(who), because="Nej")
    with pytest.raises(Refused, match="why"):
        withdraw_acceptance(made, by=cast.chair, because="")
    withdraw_acceptance(made, by=cast.chair, because="Vi køber nyt")
    assert (made.ending, made.ended_because) == ("withdrawn", "Vi køber nyt")
    assert not Acceptance.objects.in_force_at(timezone.now(), today()).exists()
    with pytest.raises(PermissionDenied):
        withdraw_acceptance(made, by=cast.coordinator, because="Igen")


def test_a_decision_accepts_in_the_capacity_of_who_decided(cast):
    made = propose(cast, [make_risk(cast)], capacity="owner", amount=50_000)
    decision = decide_on(cast, made)
    accept_by_decision(made, decision, by=cast.chair)
    assert (made.capacity, made.accepted_by, made.decision) == ("chair", cast.chair, decision)


def test_a_decision_about_something_else_or_against_it_accepts_nothing(cast):
    first, second = (propose(cast, [risk]) for risk in make_risks(cast, [(2, 2), (2, 3)]))
    with pytest.raises(PermissionDenied):
        accept_by_decision(second, decide_on(cast, first), by=cast.chair)
    against = decide_on(cast, second, Outcome.REJECTED)
    with pytest.raises(Refused, match="does not approve"):
        accept_by_decision(second, against, by=cast.chair)
    refuse_by_decision(second, against, by=cast.chair)
    assert (second.state, second.decision) == ("refused", against)
    assert against.number in second.refused_because


def test_what_lies_higher_up_no_decision_of_the_chair_accepts(cast):
    for capacity in ("committee", "executive"):
        made = propose(cast, [make_risk(cast)], capacity=capacity)
        with pytest.raises(Refused, match="It was proposed to"):
            accept_by_decision(made, decide_on(cast, made), by=cast.chair)


def test_the_chair_does_not_decide_on_an_own_proposal(cast):
    made = propose(cast, [make_risk(cast)])
    Acceptance.objects.filter(pk=made.pk).update(proposed_by=cast.chair)
    made.refresh_from_db()
    with pytest.raises(Refused, match="somebody else"):
        accept_by_decision(made, decide_on(cast, made), by=cast.chair)
