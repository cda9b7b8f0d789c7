"""Many waived documents come to the committee, and stay amber until it approved just those."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kommissorium.assets.actions.documents import unwaive
from kommissorium.assets.current_counts import asset_counts
from kommissorium.assets.models import Required
from kommissorium.assets.register import REGISTER
from kommissorium.assets.tests.document_cases import system
from kommissorium.assets.tests.test_waivers import WHY, waive_all
from kommissorium.config.tests.registers.cycle_cases import later_meeting, through_a_meeting
from kommissorium.conftest import Cast, time_is
from kommissorium.measures.findings import Finding, State
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.facts import from_json
from kommissorium.meetings.models import Decision, Meeting
from kommissorium.meetings.tests.minutes_cases import approved
from kommissorium.meetings.tests.samples.decisions import WEIGHING
from kommissorium.registers.tests.check_cases import found
from kommissorium.secretariat.actions.agendas import bring_back
from kommissorium.secretariat.actions.effects import effects_of

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("no_paper")]
KIND = "assets.waived"


def now() -> Finding:
    return found(REGISTER, "owner_documentation")


def decided(cast: Cast, outcome: str = "approved") -> Decision:
    """Let the next meeting decide on what came to it by itself."""
    later = later_meeting(cast)
    bring_back(later, by=cast.coordinator)
    through_a_meeting(cast, later, {KIND: outcome})
    return later.decisions.get(subject_kind=KIND)


def after(decision: Decision) -> Finding:
    with time_is(decision.decided_at + timedelta(days=1)):
        return now()


def test_documents_waived_by_one_person_alone_stay_amber_until_a_committee_decides(
    cast: Cast,
) -> None:
    system(cast)
    number = waive_all(cast)
    told = now()
    assert told.state == State.DUE_SOON
    assert f"{number} er undtaget" in told.sentence and "findes og er" not in told.sentence
    decision = decided(cast)
    facts = from_json(decision.item.facts)
    assert [row.cells[:2] for table in facts.tables for row in table.rows] == [(WHY, str(number))]
    told = after(decision)
    assert told.state == State.FULFILLED
    assert f"taget stilling til {number}" in told.sentence
    assert decision.get_absolute_url() in [str(one.link) for one in told.evidence]
    assert f"Der er taget stilling til {number} undtagne dokumenter." in [
        one.text for one in effects_of(decision)
    ]


@pytest.mark.parametrize("outcome", ["noted", "deferred", "rejected", "with_changes"])
def test_what_was_not_approved_is_not_decided_on(cast: Cast, outcome: str) -> None:
    system(cast)
    waive_all(cast)
    assert after(decided(cast, outcome)).state == State.DUE_SOON


def test_what_is_waived_after_the_call_stood_before_nobody(cast: Cast) -> None:
    asset = system(cast)
    waive_all(cast)
    for one in Required.objects.filter(asset=asset)[:1]:
        unwaive(one, by=cast.coordinator)
    decision = decided(cast)
    with time_is(decision.item.meeting.call.at + timedelta(hours=1)):
        system(cast, "Et til")
        waive_all(cast)
    assert after(decision).state == State.DUE_SOON
    with time_is(decision.decided_at + timedelta(days=1)):
        assert asset_counts().undecided > 0


def test_neither_another_decision_nor_the_chair_alone_decides_on_waivers(
    cast: Cast, meeting: Meeting
) -> None:
    system(cast)
    waive_all(cast)
    approved(cast, meeting)
    alone = decide_as_chair(
        cast.committee,
        by=cast.chair,
        title="Undtagne dokumenter",
        text="<p>Godkendt.</p>",
        why_now="Det haster.",
        is_impartial=True,
        weighing=WEIGHING,
    )
    assert after(alone).state == State.DUE_SOON
    another = meeting.decisions.filter(outcome="approved").latest("pk")
    assert after(another).state == State.DUE_SOON


def test_a_few_come_to_no_agenda(cast: Cast) -> None:
    later = later_meeting(cast)
    bring_back(later, by=cast.coordinator)
    assert not later.items.filter(subject_kind=KIND).exists()
