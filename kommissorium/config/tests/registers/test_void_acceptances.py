"""The committee is told about its acceptances that no longer hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from kommissorium.config.tests.registers.cycle_cases import later_meeting, put, through_a_meeting
from kommissorium.config.tests.registers.test_risk_facts import decided, numbers
from kommissorium.conftest import Cast, time_is
from kommissorium.core.refusals import Refused
from kommissorium.meetings.models import Decision
from kommissorium.registers.installed import proposal_kind_of
from kommissorium.registers.proposing import subject_of
from kommissorium.risks.actions import acceptances as accepting
from kommissorium.risks.actions.acceptances import refuse_by_decision, withdraw_acceptance
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.actions.plans import add_action
from kommissorium.risks.actions.scenarios import change_scenario
from kommissorium.risks.models import Acceptance
from kommissorium.risks.tests.assessment_cases import WEIGHING, approve
from kommissorium.risks.tests.proposal_samples import accepted_by_committee, proposed
from kommissorium.risks.tests.test_risk_races import at_once, later, refused
from kommissorium.secretariat.actions.agendas import bring_back
from kommissorium.secretariat.actions.cycle import decide
from kommissorium.secretariat.actions.effects import effects_of, hindered
from kommissorium.tasks.actions import drop_task, finish_task
from kommissorium.tasks.actions.tasks import change_task


def between(cast: Cast, proposal, outcome: str = "approved") -> Decision:
    return decide(
        cast.committee,
        by=cast.chair,
        title=f"Sagen afgøres {proposal.pk}",
        text="<p>Sagen afgøres.</p>",
        why_now="Systemet tages i brug i morgen.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome=outcome,
        subject=subject_of(proposal),
    )


def test_an_acceptance_that_a_change_voids_is_told_with_the_decision_and_on_the_agenda(
    cast, meeting
):
    coming = later_meeting(cast)
    former, acceptance = decided(cast, meeting)
    with time_is(meeting.starts_at + timedelta(days=3)):
        assert "void" not in numbers(coming)
        new = begin_assessment(
            by=cast.coordinator,
            scope="asset",
            assets=list(former.assets.all()),
            copy_from=former,
        )
        row = new.scenarios.first()
        change_scenario(row, by=cast.coordinator, values={"likelihood": 4}, edit_version=1)
        approve(cast, new)
        acceptance.refresh_from_db()
        assert acceptance.ending == "void"
        new.refresh_from_db()
        with override("en"):
            [line, *_more] = effects_of(new.decision)
        assert new.title in line.text
        assert "1 acceptance is void" in line.text
        assert numbers(coming)["void"] == "1"


def test_an_acceptance_approved_with_changes_is_not_accepted_and_the_minutes_say_so(cast, meeting):
    assessment = proposed(cast)
    acceptance = accepted_by_committee(cast, assessment)
    for one in (assessment, acceptance):
        put(cast, one, meeting)
    through_a_meeting(
        cast, meeting, {"risks.assessment": "approved", "risks.acceptance": "with_changes"}
    )
    acceptance.refresh_from_db()
    assert acceptance.is_unanswered
    decision = meeting.decisions.get(subject_kind="risks.acceptance")
    assert hindered(decision)
    assert effects_of(decision)[0].link == acceptance.get_absolute_url()


def test_an_acceptance_lies_before_the_committee_of_its_risks(cast):
    acceptance = accepted_by_committee(cast, proposed(cast))
    assert proposal_kind_of(acceptance).committee_of(acceptance) == cast.committee


def test_a_day_moved_on_the_tasks_own_page_brings_the_action_back_until_it_is_settled(
    cast, meeting
):
    coming = later_meeting(cast)
    assessment, _acceptance = decided(cast, meeting, days=300)
    risk = assessment.scenarios.select_related("assessment__scale").first()
    due = meeting.starts_at.date() + timedelta(days=200)
    first, second = (
        add_action(risk, by=cast.coordinator, title=title, owner=cast.head_of_it, due=due)
        for title in ("Skift backup", "Køb strøm")
    )

    def comes_back() -> bool:
        coming.items.filter(subject_kind="risks.slipped").delete()
        bring_back(coming, by=cast.coordinator)
        return coming.items.filter(subject_kind="risks.slipped").exists()

    assert not comes_back()
    for action in (first, second):
        change_task(
            action.task,
            by=cast.coordinator,
            title=action.task.title,
            description="",
            owner=cast.head_of_it,
            due=due + timedelta(days=30),
            edit_version=action.task.edit_version,
        )
    assert comes_back()
    finish_task(first.task, by=cast.head_of_it, word="Gjort")
    assert comes_back()
    drop_task(second.task, by=cast.coordinator, because="Ikke nødvendig")
    assert not comes_back()


@pytest.fixture
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "acceptance_pdf", lambda *_a, **_m: b"%PDF-")


def _withdraw(made: Acceptance, cast: Cast) -> object:
    own = Acceptance.objects.get(pk=made.pk)
    return withdraw_acceptance(own, by=cast.coordinator, because="Fortrudt")


@pytest.mark.usefixtures("_unset")
@pytest.mark.parametrize("outcome", ["approved", "rejected"])
def test_what_is_taken_back_while_the_chair_decides_is_decided_or_taken_back(
    committing: Cast, outcome: str
) -> None:
    cast = committing
    assessment = proposed(cast)
    for number in range(5):
        made = accepted_by_committee(cast, assessment)
        Acceptance.objects.filter(pk=made.pk).update(capacity="chair")
        if number == 0:
            between(cast, assessment)
        deeds: list[Callable[[], object]] = [
            partial(between, cast, Acceptance.objects.get(pk=made.pk), outcome),
            partial(later, number * 0.02, partial(_withdraw, made, cast)),
        ]
        came = at_once(*deeds)
        refused([one for one in came if not isinstance(one, PermissionDenied)])
        made.refresh_from_db()
        if made.is_standing or made.is_unanswered:
            withdraw_acceptance(made, by=cast.coordinator, because="Forfra")
        assert made.ended_at is not None or made.state == "refused"


def test_a_decision_against_needs_the_proposal_to_wait(cast):
    made = accepted_by_committee(cast, proposed(cast))
    Acceptance.objects.filter(pk=made.pk).update(capacity="chair")
    made.refresh_from_db()
    decision = between(cast, made, "rejected")
    with pytest.raises(Refused):
        refuse_by_decision(made, decision, by=cast.chair)
