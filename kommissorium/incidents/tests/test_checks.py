"""T5 turns green by evaluations and by notifications sent in time, and by nothing cheaper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import Cast, time_is
from kommissorium.incidents.actions.awareness import (
    answer_awareness_change,
    ask_awareness_change,
)
from kommissorium.incidents.actions.notifications import tell_deadlines
from kommissorium.incidents.evaluation import KIND
from kommissorium.incidents.models import State as Case
from kommissorium.incidents.register import REGISTER
from kommissorium.incidents.tests.cases import HOUR, closed, evaluation, handled, send
from kommissorium.measures.findings import Finding, Noted, State
from kommissorium.measures.past import PastEvent
from kommissorium.measures.rules.incidents import HELD, IncidentPast
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.registers.tests.check_cases import found, past_of

WEIGHING = {
    **dict.fromkeys(("security", "usability"), "unchanged"),
    "economy": "neutral",
    "proportion": "fitting",
    **{f"{name}_text": "" for name in ("security", "usability", "economy", "proportion")},
}


def now() -> Finding:
    with override("en"):
        return found(REGISTER, "incident_evaluation")


def held(cast: Cast, number: int) -> Finding:
    """Return the finding when the committee has met this many times since."""
    past: Any = past_of(REGISTER)
    today = timezone.localdate()
    met = tuple(
        PastEvent(HELD, -one, {}, Noted(10_000 + one, today + timedelta(days=30 * one), "x"))
        for one in range(1, number + 1)
    )
    meetings = {-one: cast.committee.pk for one in range(1, number + 1)}
    with override("en"):
        on = today + timedelta(days=30 * number + 1)
        return found(
            REGISTER, "incident_evaluation", on, IncidentPast((*past.events, *met), meetings)
        )


def test_without_an_incident_there_is_no_occasion(cast: Cast) -> None:
    assert now().state == State.NO_OCCASION


def test_two_quarters_without_a_report_are_pointed_out(cast: Cast) -> None:
    closed(cast, severity=1)
    with time_is(timezone.localtime() + timedelta(days=200)):
        finding = now()
    assert finding.state == State.NO_OCCASION
    assert "Nothing at all has been reported since" in finding.sentence


def test_a_closed_incident_wants_an_evaluation_within_two_meetings(cast: Cast) -> None:
    closed(cast)
    assert held(cast, 0).state == State.FULFILLED
    assert held(cast, 1).state == State.DUE_SOON
    late = held(cast, 2)
    assert late.state == State.NOT_FULFILLED and late.step is not None


def test_the_committees_evaluation_fulfils_it_and_evaluates_the_case(cast: Cast) -> None:
    made = evaluation(cast)
    KIND.propose(made, cast.committee, by=cast.coordinator)
    assert held(cast, 2).state == State.NOT_FULFILLED, "a proposal is no evaluation"
    decision = decide_as_chair(
        cast.committee,
        by=cast.chair,
        title="Evaluering",
        text="<p>Godkendt.</p>",
        why_now="Det haster.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome="approved",
        subject=(KIND.kind, str(made.pk), made.get_absolute_url()),
    )
    KIND.decide(decision, by=cast.chair)
    made.incident.refresh_from_db()
    assert made.incident.state == Case.EVALUATED
    assert held(cast, 2).state == State.FULFILLED


def test_a_deadline_that_passed_is_held_against_it_until_it_is_sent(cast: Cast) -> None:
    case = handled(cast, timezone.now() - 73 * HOUR)
    tell_deadlines()
    finding = now()
    assert finding.state == State.NOT_FULFILLED
    assert "deadline of one notification has passed" in finding.sentence and finding.evidence
    send(cast, case, late_because="Vi var i tvivl.")
    finding = now()
    assert finding.state == State.FULFILLED
    assert "1 of 1 notifications was sent after its deadline" in finding.sentence


def test_all_were_sent_in_time_is_never_said_beside_a_deadline_that_passed(cast: Cast) -> None:
    send(cast, handled(cast, timezone.now() - HOUR))
    assert "All notifications were sent within their deadlines." in now().sentence
    handled(cast, timezone.now() - 73 * HOUR)
    tell_deadlines()
    finding = now()
    assert finding.state == State.NOT_FULFILLED
    assert "All notifications" not in finding.sentence


def test_awareness_that_was_moved_is_told(cast: Cast) -> None:
    case = handled(cast, timezone.now() - 40 * HOUR)
    row = ask_awareness_change(
        case, "gdpr", by=cast.coordinator, at=timezone.now() - HOUR, because="Loggen."
    )
    answer_awareness_change(row, by=cast.dpo, agreed=True, word="Enig.")
    finding = now()
    assert case.case_number in finding.sentence and "became" in finding.sentence
