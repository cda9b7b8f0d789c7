"""Every register's proposals to a committee go the same way: asked, decided, kept for ever."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from kommissorium.config.tests.registers.cycle_cases import (
    CHANGED,
    fresh,
    later_meeting,
    put,
    through_a_meeting,
)
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.meetings.decision_register import subject_name
from kommissorium.registers.installed import proposal_kinds, register_with, subject_kinds
from kommissorium.registers.proposing import ProposalKind, item_about
from kommissorium.secretariat.actions.agendas import propose_to
from kommissorium.secretariat.actions.effects import effects_of, hindered
from kommissorium.secretariat.agenda_facts import facts_for
from kommissorium.tasks.models import Task

pytestmark = pytest.mark.usefixtures("no_paper")
KINDS = list(proposal_kinds())
# What is decided, and refused, is decided on both databases: the tests of outcomes.
on_sqlite = pytest.mark.once


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> ProposalKind[Any]:
    return proposal_kinds()[request.param]


@pytest.fixture
def proposal(kind, cast):
    """One of the kind, as it is before anybody puts it on an agenda: from its room's samples."""
    room = register_with(kind).code
    samples = import_module(f"kommissorium.{room}.tests.proposal_samples")
    return samples.PROPOSALS[kind.slug](cast)


def page_of(kind, proposal):
    return reverse("proposal", args=[kind.slug, proposal.pk])


def test_what_is_decided_on_is_called_by_names_of_its_own():
    with override("da"):
        names = [subject_name(kind) for kind in subject_kinds()]
        assert subject_name("nothing.here") not in names
    assert sorted(set(names)) == sorted(names)


@on_sqlite
def test_the_page_says_what_is_asked_and_puts_it_on_the_agenda(kind, proposal, cast, client_of):
    meeting, browser = later_meeting(cast, 30), client_of("coordinator")
    shown = browser.get(page_of(kind, proposal))
    text = kind.text(proposal)
    assert shown.status_code == 200 and str(kind.added) in shown.content.decode()
    posted = {
        "meeting": str(meeting.pk),
        "recommendation": text.recommendation,
        "presentation": text.presentation,
    }
    answer = browser.post(page_of(kind, proposal), posted)
    item = item_about(kind, fresh(proposal))
    assert answer.status_code == 302 and answer.url == item.get_absolute_url()
    assert (item.meeting, item.title, item.type) == (meeting, text.title, "decision")
    assert kind.waits(proposal) and not kind.is_draft(proposal)
    assert facts_for(item, meeting).tables
    assert (
        "form" not in browser.get(page_of(kind, proposal)).context
        or not (browser.get(page_of(kind, proposal)).context["form"])
    )


@on_sqlite
def test_what_was_typed_outlasts_a_refusal(kind, proposal, cast, client_of):
    answer = client_of("coordinator").post(page_of(kind, proposal), {"presentation": "<p>Hov</p>"})
    assert answer.status_code == 400
    assert "Hov" in answer.content.decode()
    assert item_about(kind, proposal) is None


@on_sqlite
def test_only_coordinators_put_it_before_a_committee(kind, proposal, cast, client_of):
    for who in ("member", "dpo", "executive", "auditor", "employee"):
        answer = client_of(who).post(page_of(kind, proposal), {})
        assert answer.status_code in {403, 404}, who
    assert not kind.waits(fresh(proposal)) or not kind.is_draft(proposal)


@pytest.mark.parametrize("outcome", ["approved", "rejected"])
def test_a_decision_settles_it_and_the_chain_holds(kind, proposal, cast, outcome):
    meeting = later_meeting(cast, 30)
    put(cast, proposal, meeting)
    through_a_meeting(cast, meeting, {kind.kind: outcome})
    decision = meeting.decisions.get(subject_kind=kind.kind)
    assert not hindered(decision)
    assert not kind.waits(fresh(proposal))
    assert decision.outcome == outcome
    with override("en"):
        said = kind.sentence(decision)
        assert said and said in [line.text for line in effects_of(decision)]
    if outcome == "approved":
        assert proposal.decision_id == decision.pk and proposal.record_id
        assert item_about(kind, proposal) is None and not kind.is_draft(proposal)  # never again
    assert check_database().faults == []


def test_what_the_committee_changed_is_kept_and_waits_for_somebody(kind, proposal, cast):
    meeting = later_meeting(cast, 30)
    put(cast, proposal, meeting)
    through_a_meeting(cast, meeting, {kind.kind: "with_changes"})
    decision = meeting.decisions.get(subject_kind=kind.kind)
    if not kind.can_be_changed:
        assert hindered(decision) and kind.waits(fresh(proposal))
        return
    assert fresh(proposal).decision_id == decision.pk and not hindered(decision)
    assert CHANGED in json.loads(proposal.record.content).get("decided_changes", "") or (
        CHANGED in json.loads(proposal.record.content)["decision"]["changes"]
    )
    tasks = Task.objects.open().born_at("meetings.decision", [str(decision.pk)])
    written = [task.description for task in tasks] + [
        draft.change_because
        for draft in type(proposal)._default_manager.filter(state="draft")
        if hasattr(draft, "change_because")
    ]
    assert [text for text in written if CHANGED in text], "nobody is told to write it in"
    assert {task.owner for task in tasks} <= {cast.coordinator, cast.system_owner}
    assert check_database().faults == []


@on_sqlite
def test_deferred_it_waits_for_the_next_agenda(kind, proposal, cast):
    meeting, later = later_meeting(cast, 30), later_meeting(cast)
    put(cast, proposal, meeting)
    through_a_meeting(cast, meeting, {kind.kind: "deferred"})
    decision = meeting.decisions.get(subject_kind=kind.kind)
    assert kind.waits(fresh(proposal)) and not kind.sentence(decision)
    assert item_about(kind, proposal).meeting == later


@on_sqlite
def test_the_chair_decides_between_meetings_and_is_told_that_it_waits(
    kind, proposal, cast, client_of
):
    if kind.is_draft(proposal):
        propose_to(proposal, cast.committee, by=cast.coordinator)
    fresh(proposal)
    if kind.is_asked:
        assert proposal in kind.undecided(cast.chair)
        assert page_of(kind, proposal) in client_of("chair").get("/").content.decode()
    assert not kind.undecided(cast.member).exists() if kind.is_asked else True
    url = reverse("chair_decision_add", args=[cast.committee.pk])
    shown = client_of("chair").get(page_of(kind, proposal)).content.decode()
    assert f"{url}?about={kind.slug}-{proposal.pk}" in shown
