"""Two at once, each with a connection of its own: limits hold, and nothing is accepted twice.

SQLite lets one write after the other, PostgreSQL both at once: what comes out must be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from threading import Barrier, Thread
from time import sleep
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from kommissorium.conftest import Cast
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.risks.actions import acceptances as accepting
from kommissorium.risks.actions import approving
from kommissorium.risks.actions.acceptances import propose_acceptance
from kommissorium.risks.actions.approving import (
    approve_assessment,
    lacking,
    propose_assessment,
    reopen_assessment,
)
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.actions.scenarios import add_scenario, change_scenario, remove_scenario
from kommissorium.risks.models import Acceptance, Assessment, Scenario
from kommissorium.risks.tests.acceptance_cases import accept, limit, make_risks, propose, terms
from kommissorium.risks.tests.assessment_cases import (
    add_risk,
    approve,
    decide,
    make_draft,
    make_system,
)
from kommissorium.risks.tests.standing_cases import today

ROUNDS = 6
ALONG = ("assessment__scale", "assessment__committee", "assessment__area", "owner")


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the typesetter cost a moment and no more: the race is about rows."""

    def slowly(*_args: object, **_more: object) -> bytes:
        sleep(0.05)
        return b"%PDF-"

    monkeypatch.setattr(accepting, "acceptance_pdf", slowly)
    monkeypatch.setattr(approving, "assessment_pdf", slowly)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all at once, each in a thread; return what came of each: a value or what it raised."""
    start = Barrier(len(deeds))
    came: list[object] = [None] * len(deeds)

    def act(place: int) -> None:
        start.wait()
        try:
            came[place] = deeds[place]()
        except Exception as error:  # noqa: BLE001 the test judges it
            came[place] = error
        finally:
            connection.close()

    threads = [Thread(target=act, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def later(seconds: float, deed: Callable[[], object]) -> object:
    sleep(seconds)
    return deed()


def refused(came: list[object]) -> list[object]:
    """Return what was refused; nothing else may have been raised."""
    raised: list[object] = [one for one in came if isinstance(one, Exception)]
    assert all(isinstance(one, Refused | Conflict) for one in raised), raised
    return raised


def again(made: Acceptance) -> Acceptance:
    return Acceptance.objects.get(pk=made.pk)


def test_of_two_accepted_at_once_none_goes_beyond_the_limit_of_the_year(committing: Cast) -> None:
    cast = committing
    limit("chair", per_year=400_000)
    for _round in range(ROUNDS):
        made = [propose(cast, [risk]) for risk in make_risks(cast, [(2, 2), (2, 3)])]
        came = at_once(
            partial(accept, again(made[0]), by=cast.chair),
            partial(accept, again(made[1]), by=cast.deputy, word="Formanden har ferie"),
        )
        assert len(refused(came)) == 1
        given = Acceptance.objects.standing().aggregate(sum=Sum("amount"))["sum"]
        assert given == 250_000
        Acceptance.objects.standing().update(ending="withdrawn", ended_at=made[0].proposed_at)


def test_of_two_who_answer_at_once_one_is_told(committing: Cast) -> None:
    cast = committing
    for risk in make_risks(cast, [(2, 2)] * ROUNDS):
        made = propose(cast, [risk], amount=50_000)
        came = at_once(
            partial(accept, again(made), by=cast.chair),
            partial(accept, again(made), by=cast.deputy, word="Formanden har ferie"),
        )
        assert len(refused(came)) == 1
        assert again(made).is_standing
        assert again(made).record is not None


def test_a_risk_proposed_twice_at_once_is_proposed_once(committing: Cast) -> None:
    cast = committing
    for risk in make_risks(cast, [(2, 2)] * ROUNDS):
        came = at_once(*[partial(propose_acceptance, [risk], by=cast.coordinator, **terms())] * 2)
        assert len(refused(came)) == 1
        assert risk.acceptances.count() == 1


def renewed_with_more(cast: Cast) -> Iterator[tuple[Acceptance, Assessment, Any]]:
    """Yield proposals, each with a newer assessment in which the risk is greater."""
    for number in range(ROUNDS):
        draft = make_draft(cast, make_system(cast, f"System {number}"))
        add_risk(draft, cast)
        former = approve(cast, draft)
        made = propose(cast, list(former.scenarios.select_related(*ALONG)))
        new = begin_assessment(
            by=cast.coordinator,
            scope="asset",
            assets=list(former.assets.all()),
            copy_from=former,
        )
        row = new.scenarios.get()
        change_scenario(row, by=cast.coordinator, values={"likelihood": 4}, edit_version=1)
        propose_assessment(new, committee=cast.committee, by=cast.coordinator)
        yield made, new, decide(cast, new)


def test_what_is_accepted_while_the_risk_becomes_greater_does_not_hold(committing: Cast) -> None:
    cast = committing
    for number, (made, new, decision) in enumerate(renewed_with_more(cast)):
        came = at_once(
            partial(later, number % 3 * 0.02, partial(accept, again(made), by=cast.chair)),
            partial(
                later,
                number % 2 * 0.03,
                partial(approve_assessment, new, decision=decision, by=cast.chair),
            ),
        )
        refused(came)
        assert not isinstance(came[1], Exception), came[1]
        assert not again(made).is_in_force_on(today())
        assert again(made).ending == "void"


def drafted(cast: Cast, number: int) -> tuple[Assessment, Scenario]:
    draft = make_draft(cast, make_system(cast, f"System {number}"))
    add_risk(draft, cast, "Brand")
    row = add_risk(draft, cast)
    return draft, Scenario.objects.select_related("assessment__scale").get(pk=row.pk)


def empty(row: Scenario, cast: Cast) -> object:
    return change_scenario(row, by=cast.coordinator, values={"likelihood": None}, edit_version=1)


def add(row: Scenario, cast: Cast) -> object:
    return add_scenario(row.assessment, by=cast.coordinator, title="Sent", group="cyber")


def remove(row: Scenario, cast: Cast) -> object:
    return remove_scenario(row, by=cast.coordinator)


@pytest.mark.parametrize("write", [empty, add, remove])
def test_nothing_is_written_in_what_is_proposed_at_once(
    committing: Cast, write: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = committing

    def slowly(assessment: Assessment) -> list[str]:
        found = lacking(assessment)
        sleep(0.1)
        return found

    monkeypatch.setattr(approving, "lacking", slowly)
    for number in range(ROUNDS):
        draft, row = drafted(cast, number)
        came = at_once(
            partial(
                propose_assessment,
                Assessment.objects.get(pk=draft.pk),
                committee=cast.committee,
                by=cast.coordinator,
            ),
            partial(later, number % 3 * 0.04, partial(write, row, cast)),
        )
        refused(came)
        draft.refresh_from_db()
        if draft.state == Assessment.State.PROPOSED:
            assert lacking(draft) == [], write.__name__
            told = isinstance(came[1], Exception)
            assert told or write is remove, "what was written is what was proposed"


def test_what_is_taken_back_while_it_is_approved_is_either_and_never_both(
    committing: Cast,
) -> None:
    cast = committing
    for number in range(ROUNDS):
        draft, _row = drafted(cast, number)
        propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
        decision = decide(cast, draft)
        came = at_once(
            partial(
                approve_assessment,
                Assessment.objects.get(pk=draft.pk),
                decision=decision,
                by=cast.chair,
            ),
            partial(
                later,
                number % 3 * 0.02,
                partial(
                    reopen_assessment, Assessment.objects.get(pk=draft.pk), by=cast.coordinator
                ),
            ),
        )
        assert len(refused(came)) == 1, came
        draft.refresh_from_db()
        in_force = draft.scenarios.filter(is_in_force=True).exists()
        assert in_force is draft.is_approved


def test_the_scale_of_a_draft_is_the_one_that_holds_when_it_is_written(committing: Cast) -> None:
    """Somebody who began by the old scale saves by the new one, with its steps."""
    cast = committing
    draft, row = drafted(cast, 1)
    assert row.assessment.scale.size > 3
    with transaction.atomic():
        small = type(row.assessment.scale).objects.create(
            family="lille",
            name="Lille",
            size=3,
            likelihoods=[{"name": str(n), "text": ""} for n in range(3)],
            consequences=[{"name": str(n), "text": ""} for n in range(3)],
            bands=[{"name": "Lav", "tone": "green"}],
            cells=[[1] * 3] * 3,
            made_at=draft.created_at,
        )
        Assessment.objects.filter(pk=draft.pk).update(scale=small)
    with pytest.raises(Refused) as caught:
        change_scenario(row, by=cast.coordinator, values={"likelihood": 4}, edit_version=1)
    assert set(caught.value.errors) == {"likelihood"}
