"""The committee's decisions about risks take effect in the register, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from kommissorium.accounts.actions import give_role
from kommissorium.assets.models import Asset
from kommissorium.config.tests.registers.cycle_cases import (
    approve_minutes_of,
    decide_at,
    fresh,
    later_meeting,
    put,
    through_a_meeting,
)
from kommissorium.conftest import LATE, PASSWORD, in_days, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.minutes import send_to_review
from kommissorium.meetings.models import Decision
from kommissorium.registers.proposing import subject_of
from kommissorium.risks.actions.approving import propose_assessment, reopen_assessment
from kommissorium.risks.actions.levels import propose_level
from kommissorium.risks.models import AuthorityLimit, Scenario
from kommissorium.risks.tests.assessment_cases import WEIGHING, add_risk, make_draft, make_system
from kommissorium.risks.tests.proposal_samples import (
    MONEY,
    accepted_by_committee,
    drafted,
    drafted_level,
    proposed,
)
from kommissorium.secretariat.actions.agendas import propose_to, put_before
from kommissorium.secretariat.actions.cycle import call, decide
from kommissorium.secretariat.actions.effects import HINDERED, effects_of
from kommissorium.yearwheel.actions import CadenceValues, DutyValues, add_duty

APPROVED = {"risks.assessment": "approved", "risks.acceptance": "approved"}


def between(cast, proposal, outcome="approved", by=None):
    return decide(
        cast.committee,
        by=by or cast.chair,
        title=f"Godkendelse: {proposal}",
        text="<p>Risikovurderingen godkendes.</p>",
        why_now="Systemet tages i brug i morgen.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome=outcome,
        subject=subject_of(proposal),
    )


def test_an_approved_assessment_holds_and_its_risk_is_accepted_whatever_their_order(cast, meeting):
    draft = proposed(cast)
    acceptance = accepted_by_committee(cast, draft)
    put(cast, acceptance, meeting)
    put(cast, draft, meeting)  # stands behind the acceptance that needs it
    through_a_meeting(cast, meeting, APPROVED)
    assert fresh(draft).is_approved and draft.record.pdf
    assert fresh(acceptance).is_standing and acceptance.record.pdf
    assert acceptance.amount == MONEY and acceptance.capacity == "committee"
    assert draft.decision.meeting == meeting == acceptance.decision.meeting
    lines = [
        effects_of(one)[0] for one in meeting.decisions.filter(subject_kind__startswith="risks")
    ]
    assert {line.link for line in lines} == {
        draft.get_absolute_url(),
        acceptance.get_absolute_url(),
    }
    assert all(draft.title in line.text or "250.000" in line.text for line in lines)


@pytest.mark.parametrize(
    ("outcome", "state", "answer"),
    [
        ("rejected", "draft", "refused"),
        ("deferred", "proposed", "proposed"),
        ("noted", "proposed", "proposed"),
    ],
)
def test_what_is_not_approved_holds_nothing(cast, meeting, outcome, state, answer):
    assessment = proposed(cast)
    acceptance = accepted_by_committee(cast, assessment)
    level = drafted_level(cast)
    for one in (assessment, acceptance, level):
        put(cast, one, meeting)
    kinds = ("risks.assessment", "risks.acceptance", "risks.risklevel")
    through_a_meeting(cast, meeting, dict.fromkeys(kinds, outcome))
    assert fresh(assessment).state == fresh(level).state == state
    assert fresh(acceptance).state == answer
    assert not Scenario.objects.in_force().exists()


def test_what_is_deferred_comes_again_with_what_it_is_about(cast, meeting):
    later = later_meeting(cast)
    assessment = proposed(cast)
    put(cast, assessment, meeting)
    through_a_meeting(cast, meeting, {"risks.assessment": "deferred"})
    again = later.items.get(subject_kind="risks.assessment")
    assert again.subject_id == str(assessment.pk)
    call(later, by=cast.coordinator)
    decide_at(cast, later, APPROVED)
    approve_minutes_of(cast, later)
    assert fresh(assessment).is_approved


def test_a_level_is_laid_down_by_the_decision(cast, meeting):
    level = drafted_level(cast)
    put(cast, level, meeting)
    assert fresh(level).is_proposed
    through_a_meeting(cast, meeting, {"risks.risklevel": "approved"})
    assert fresh(level).is_approved and level.record.pdf and level.decision.meeting == meeting
    (line,) = effects_of(level.decision)
    assert str(level.year) in line.text


def test_what_was_changed_after_the_decision_is_not_approved_by_it(cast, meeting):
    assessment = proposed(cast)
    put(cast, assessment, meeting)
    call(meeting, by=cast.coordinator)
    decide_at(cast, meeting, APPROVED)
    with time_is(meeting.starts_at + timedelta(hours=20)):
        reopen_assessment(assessment, by=cast.coordinator)
        propose_assessment(assessment, committee=cast.committee, by=cast.coordinator)
    approve_minutes_of(cast, meeting)
    assert fresh(assessment).state == "proposed"
    decision = meeting.decisions.get()
    assert Event.objects.about(decision).filter(act=HINDERED).count() == 1
    (line,) = effects_of(decision)
    assert line.link == assessment.get_absolute_url()


def test_minutes_are_approved_though_an_acceptance_goes_beyond_the_limit(cast, meeting):
    assessment = proposed(cast)
    acceptance = accepted_by_committee(cast, assessment)
    for one in (assessment, acceptance):
        put(cast, one, meeting)
    call(meeting, by=cast.coordinator)
    AuthorityLimit.objects.update_or_create(capacity="committee", defaults={"per_risk": 1000})
    decide_at(cast, meeting, APPROVED)
    approve_minutes_of(cast, meeting)
    assert fresh(meeting).state == "approved" and fresh(assessment).is_approved
    assert fresh(acceptance).is_unanswered
    assert Event.objects.filter(act=HINDERED).count() == 1


def test_whoever_approves_is_told_what_could_not_take_effect(cast, meeting, client_of):
    assessment = proposed(cast)
    put(cast, assessment, meeting)
    call(meeting, by=cast.coordinator)
    decide_at(cast, meeting, APPROVED)
    reopen_assessment(assessment, by=cast.coordinator)
    with time_is(meeting.starts_at + timedelta(days=1)):
        send_to_review(meeting, by=cast.coordinator)
        browser = client_of("chair")
        browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        answer = browser.post(reverse("minutes_approval", args=[meeting.pk]), follow=True)
    tags = [message.level_tag for message in answer.context["messages"]]
    assert tags == ["success", "warning"]


def test_the_chair_decides_between_meetings_and_the_agenda_asks_no_more(cast, meeting):
    assessment = proposed(cast)
    put(cast, assessment, meeting)
    decision = between(cast, assessment)
    assert fresh(assessment).is_approved and assessment.decision == decision
    assert not meeting.items.filter(subject_kind="risks.assessment").exists()
    assert decision.told_at().get().meeting == meeting


def test_the_chair_is_refused_what_does_not_wait_and_nothing_is_written(cast):
    draft = drafted(cast)
    with pytest.raises(Refused):
        between(cast, draft)
    assert not Decision.objects.exists()


def test_whoever_put_it_forward_does_not_decide_alone(cast):
    give_role(cast.chair, "coordinator", by=None, from_date=cast.since, because=LATE)
    level = drafted_level(cast)
    propose_level(
        level, committee=cast.committee, by=type(cast.chair).objects.get(pk=cast.chair.pk)
    )
    with pytest.raises(Refused):
        between(cast, level)
    assert fresh(level).is_proposed


def test_the_chairs_page_is_filled_in_and_decides(cast, meeting, client_of):
    assessment = proposed(cast)
    browser = client_of("chair")
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    url = f"{reverse('chair_decision_add', args=[cast.committee.pk])}?about=assessment-{assessment.pk}&outcome=approved"
    page = browser.get(url)
    assert assessment.title in page.text and assessment.get_absolute_url() in page.text
    said = {
        **page.context["form"].initial,
        **WEIGHING,
        "why_now": "I morgen",
        "is_impartial": "on",
        "outcome": "approved",
    }
    assert browser.post(url, said).status_code == 302
    assert fresh(assessment).is_approved


def test_who_leads_sees_what_waits_for_them_on_no_agenda(cast, meeting, client_of):
    assessment = proposed(cast)
    url = reverse("proposal", args=["assessment", assessment.pk])

    def asked(who):
        return [thing.url for thing in client_of(who).get("/").context["waiting"]]

    assert url in asked("chair")
    assert url not in asked("deputy"), "while there is a chair"
    assert url not in asked("member")
    type(assessment).objects.filter(pk=assessment.pk).update(proposed_by=cast.chair)
    assert url in asked("deputy"), "nobody decides on what they proposed"
    assert url not in asked("chair")
    type(assessment).objects.filter(pk=assessment.pk).update(proposed_by=cast.coordinator)
    put(cast, assessment, meeting)
    assert url not in asked("chair")


def test_others_than_coordinators_put_nothing_before_the_committee(cast, meeting):
    draft = drafted(cast)
    for person in (cast.chair, cast.member, cast.auditor):
        with pytest.raises(PermissionDenied):
            put_before(draft, meeting, by=person, recommendation="", presentation="")
        with pytest.raises(PermissionDenied):
            propose_to(draft, cast.committee, by=person)
    assert fresh(draft).is_draft


@pytest.mark.parametrize("days", [50, 200])
def test_the_decision_is_the_evidence_of_the_duty_early_or_in_time(cast, meeting, days):
    duty = add_duty(
        cast.committee,
        by=cast.coordinator,
        values=DutyValues(
            title="Fastlæg risikoniveauet", lead_days=45, responsible_person=cast.chair
        ),
        cadence=CadenceValues("interval", 12, in_days(days, 12).date()),
        default_key="risk_level",
    )
    level = drafted_level(cast)
    put(cast, level, meeting)
    through_a_meeting(cast, meeting, {"risks.risklevel": "approved"})
    first = duty.occurrences.order_by("pk").first()
    assert first.state == "done"
    shown = set(first.evidence.values_list("object_kind", flat=True))
    assert shown == {"risks.risklevel", "meetings.decision"}
    assert duty.occurrences.filter(state="open").count() == 1


def test_the_last_critical_system_assessed_finishes_the_duty_to_assess(cast):
    duty = add_duty(
        cast.committee,
        by=cast.coordinator,
        values=DutyValues(
            title="Vurdér risiciene", lead_days=60, responsible_person=cast.coordinator
        ),
        cadence=CadenceValues("interval", 12, in_days(20, 12).date()),
        default_key="risk_assessments",
    )
    systems = [make_system(cast, name) for name in ("Lønsystemet", "Omsorgsjournalen")]
    Asset.objects.update(criticality="society")
    first = duty.occurrences.get()
    for system, state in zip(systems, ("open", "done"), strict=True):
        draft = make_draft(cast, system)
        add_risk(draft, cast)
        propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
        between(cast, draft)
        first.refresh_from_db()
        assert first.state == state
    shown = dict(first.evidence.values_list("object_kind", "object_id"))
    assert shown["risks.assessment"] == str(draft.pk)
    assert "meetings.decision" in shown
    assert duty.occurrences.filter(state="open").count() == 1
