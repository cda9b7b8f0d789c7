"""A committee is not credited with another's work: what of a register counts for it, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.mandate_scope import Scopes
from kommissorium.committees.models import Clause, Committee, Mandate
from kommissorium.committees.reader import read_text
from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.conftest import LATE, Cast
from kommissorium.continuity.tests.cases import approved, approved_plans, hold, service
from kommissorium.core.refusals import Refused
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import Finding, Noted, State
from kommissorium.measures.history import History
from kommissorium.measures.kinds import MANDATE_APPROVED
from kommissorium.measures.past import PastEvent
from kommissorium.measures.scopes import own_events, scopes_told_by

pytestmark = pytest.mark.usefixtures("no_paper")

TEXT = "# Kommissorium for Beredskabsgruppen\n\n## Ansvar\n\n- Afprøver beredskabet hvert år.\n"
MEASURES = (Measure.CONTINUITY_TEST, Measure.CONTINUITY_PLANS, Measure.OWNERSHIP)
NOTED = Noted(1, timezone.datetime(2026, 1, 1).date(), "")


def desk_test(cast: Cast) -> None:
    """Let the committee for information security hold a test at a desk, by its own plan."""
    critical = service(cast)
    approved_plans(cast, critical)
    hold(approved(cast, {"service": critical}).activities.first(), cast.coordinator)


def group(cast: Cast, **scope: list[str]) -> Committee:
    """Found the preparedness group today, with a clause of each measure."""
    made = found_committee(name="Beredskabsgruppen", by=cast.coordinator)
    adopt(cast, made, **scope)
    return made


def adopt(cast: Cast, committee: Committee, **scope: list[str]) -> Mandate:
    waiting = committee.mandates.filter(approved_at=None).first()
    draft = waiting or draft_mandate(
        committee, read_text(TEXT), by=cast.coordinator, source_text=TEXT
    )
    draft.clauses.all().delete()
    for number, measure in enumerate(MEASURES, 1):
        kind = Clause.Kind.RESPONSIBILITY
        values = {"kind": kind, "text": "Afprøver beredskabet hvert år.", "measure": measure}
        Clause.objects.create(mandate=draft, number=f"R{number}", position=number, **values)
    today = timezone.localdate() + timedelta(days=draft.version - 1)
    approve_mandate(
        draft, by=cast.executive, adopted_by="Direktionen", effective_from=today, **scope
    )
    return draft


def answer(committee: Committee, measure: str, history: History | None = None) -> Finding:
    found = fulfilment_on(history or history_of(committee), timezone.localdate())
    return next(one.finding for one in found.findings if one.clause.measure == measure)


def test_a_preparedness_group_founded_today_is_not_credited_with_anothers_desk_test(cast):
    desk_test(cast)
    assert answer(cast.committee, Measure.CONTINUITY_TEST).state == State.FULFILLED
    made = group(cast)
    for measure in MEASURES:
        told = answer(made, measure)
        assert told.state == State.NO_OCCASION, measure
        assert "hører ikke til det, kommissoriet omfatter" in str(told.sentence)


def test_what_another_held_before_it_began_is_not_credited_inside_its_scope_either(cast):
    desk_test(cast)
    made = group(cast, registers=["continuity"])
    assert answer(made, Measure.CONTINUITY_TEST).state == State.NOT_YET_DUE
    assert answer(cast.committee, Measure.CONTINUITY_TEST).state == State.FULFILLED
    assert answer(made, Measure.OWNERSHIP).state == State.NO_OCCASION


def test_what_is_held_since_counts_inside_the_scope(cast):
    made = group(cast, registers=["continuity"])
    desk_test(cast)
    assert answer(made, Measure.CONTINUITY_TEST).state == State.FULFILLED


def test_its_own_plan_and_test_count_outside_the_scope(cast):
    desk_test(cast)
    made = group(cast)
    history = history_of(made)
    told = history_of(cast.committee)
    theirs = next(one for one in told.registers if one.rules.code == "continuity")
    ours = [theirs if one.rules.code == "continuity" else one for one in history.registers]
    own = replace(history, registers=ours)
    assert answer(made, Measure.CONTINUITY_TEST, own).state == State.FULFILLED


def test_a_committee_owns_what_it_decided_and_what_hangs_on_it():
    def event(act: str, key: int, **facts: object) -> PastEvent:
        return PastEvent(act, key, facts, NOTED)

    decided, plan = "registers.proposal_approved", "continuity.continuitytestplan"
    ours = event(decided, 7, kind=plan, committee=2)
    version = event(decided, 8, kind="continuity.continuityplan", committee=2, service=3)
    held = event("registers.activity_held", 20, activities="continuity", plan=7)
    service = event("continuity.service_added", 3, title="Vagt")
    figures = event("registers.figures_kept", 1, register="continuity")
    others = [
        event(decided, 9, kind=plan, committee=1),
        event("registers.activity_held", 21, activities="continuity", plan=9),
        event("registers.activity_held", 22, activities="continuity", plan=8),  # a key of a version
        event("continuity.service_added", 4, title="Løn"),
    ]
    mine = [ours, version, held, service, figures]
    assert own_events([*mine, *others], 2) == mine
    assert own_events([figures, *others], 2) == []


def test_the_first_committee_covers_what_no_mandate_of_before_chose():
    approvals = [PastEvent(MANDATE_APPROVED, key, {"version": 1}, NOTED) for key in (5, 6)]
    assert scopes_told_by(approvals, {5}) == {5: None}
    assert scopes_told_by(approvals, {6}) == {6: frozenset()}


def test_no_register_is_left_without_a_committee(cast):
    made = group(cast, registers=["continuity"])
    assert Scopes().held_by_others(cast.committee)["continuity"] == ["Beredskabsgruppen"]
    with pytest.raises(Refused, match="Risici"):
        adopt(cast, cast.committee, registers=["assets"])
    everything = Scopes().of(cast.committee.mandates.approved().first())
    handed_over = adopt(cast, cast.committee, registers=sorted(everything - {"continuity"}))
    assert "continuity" not in Scopes().of(handed_over)
    with pytest.raises(Refused, match="Beredskab"):
        adopt(cast, made, registers=[])


def test_the_page_of_approval_asks_and_that_of_the_mandate_tells(client_of, cast):
    made = found_committee(name="Beredskabsgruppen", by=cast.coordinator)
    draft = draft_mandate(made, read_text(TEXT), by=cast.coordinator, source_text=TEXT)
    page = reverse("mandate_approval", args=[draft.pk])
    assert f"Beredskab (hører under {cast.committee.name})" in client_of("executive").get(page).text
    values = {"adopted_by": "Direktionen", "effective_from": str(timezone.localdate())}
    values |= {"registers": ["continuity"], "because": LATE}
    assert client_of("executive").post(page, values).status_code == 302
    assert Scopes().of(draft) == {"continuity"}
    told = client_of("executive").get(draft.get_absolute_url()).text
    assert "<dt>Registre, det omfatter</dt><dd>Beredskab</dd>" in told
