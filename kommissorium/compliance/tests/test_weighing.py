"""R3 and R11: no decision is weighed by saying nothing, vanishes by being put off, or is told before it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from kommissorium.compliance.tests.story import (
    WEIGHING,
    approved_on,
    found,
    hold,
    number_of,
    planned_meeting,
)
from kommissorium.conftest import Cast
from kommissorium.core.refusals import Refused
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import State
from kommissorium.measures.rows import NEUTRAL
from kommissorium.meetings.actions.decisions import decide_as_chair, note_weighing
from kommissorium.meetings.models import Decision

pytestmark = pytest.mark.usefixtures("no_paper")


def by_chair(cast: Cast, **more: Any) -> Decision:
    said = {
        "title": "Accept af risiko",
        "text": "<p>Accepteret.</p>",
        "why_now": "Haster",
        "is_impartial": True,
        "weighing": WEIGHING,
    }
    return decide_as_chair(cast.committee, by=cast.chair, **{**said, **more})


def test_four_neutral_chips_and_no_word_weigh_no_risk(cast: Cast) -> None:
    weighed = number_of(cast, Measure.WEIGHED_DECISIONS)
    about = ("risks.acceptance", "1", "/")
    decision = by_chair(cast, weighing=NEUTRAL, subject=about)
    finding = found(cast, weighed)
    assert finding.state == State.NOT_FULFILLED
    assert "0 af 1 beslutning" in str(finding.sentence)
    assert "uden et ord" in str(finding.sentence)
    with pytest.raises(Refused) as refused:
        note_weighing(decision, by=cast.coordinator, weighing=NEUTRAL)
    assert list(refused.value.errors) == ["security_text"]
    decision = Decision.objects.get(pk=decision.pk)
    words = {**NEUTRAL, "proportion_text": "Truslen er lille, og ændringen koster mere."}
    note_weighing(decision, by=cast.coordinator, weighing=words)
    assert found(cast, weighed).state == State.FULFILLED


def test_a_word_or_a_decision_about_something_else_is_weighed_by_its_chips(cast: Cast) -> None:
    weighed = number_of(cast, Measure.WEIGHED_DECISIONS)
    by_chair(cast, weighing=NEUTRAL, title="Mødetid")
    said = {**NEUTRAL, "security_text": "Den rest, der er, har vi båret før."}
    by_chair(cast, weighing=said, subject=("risks.acceptance", "1", "/"))
    assert found(cast, weighed).state == State.FULFILLED


def test_what_is_postponed_stays_in_the_count(cast: Cast) -> None:
    weighed = number_of(cast, Measure.WEIGHED_DECISIONS)
    first = hold(planned_meeting(cast, 20), cast, postponed=Measure.AGENDA_POLICIES)
    before = found(cast, weighed, approved_on(first))
    assert before.state == State.DUE_SOON, str(before.sentence)
    assert "1 beslutning er udsat" in str(before.sentence)
    second = hold(planned_meeting(cast, 90), cast)
    after = found(cast, weighed, approved_on(second))
    assert after.state == State.FULFILLED, str(after.sentence)
    assert "udsat" not in str(after.sentence)


def test_a_decision_is_told_only_when_it_was(cast: Cast) -> None:
    mandate = number_of(cast, Measure.CHAIR_MANDATE)
    by_chair(cast)
    alone = found(cast, mandate)
    assert alone.state == State.DUE_SOON
    assert "lagt frem" not in str(alone.sentence)
    assert "1 afventer et møde, og der er ikke planlagt noget." in str(alone.sentence)
    meeting = planned_meeting(cast, 20)
    waits = found(cast, mandate)
    assert waits.state == State.FULFILLED
    assert "lagt frem" not in str(waits.sentence)
    assert "1 afventer mødet den" in str(waits.sentence)
    hold(meeting, cast)
    told = found(cast, mandate, timezone.localdate(meeting.starts_at))
    assert told.state == State.FULFILLED
    assert "lagt frem for udvalget" in str(told.sentence)
