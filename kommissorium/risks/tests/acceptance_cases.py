"""A risk of a system, and proposals to accept it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.conftest import Cast
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import Decision, Outcome
from kommissorium.risks.actions import acceptances as actions
from kommissorium.risks.models import Acceptance, AuthorityLimit, Capacity, Scenario
from kommissorium.risks.tests.assessment_cases import WEIGHING, make_system
from kommissorium.risks.tests.standing_cases import assess, today


def make_risk(cast: Cast, cell: tuple[int, int] = (2, 2)) -> Scenario:
    """Return a risk in force of a system of the member's. The risk's owner is another one."""
    return make_risks(cast, [cell])[0]


def make_risks(cast: Cast, cells: list[tuple[int, int]], owner: str = "member") -> list[Scenario]:
    """Return risks in force of a system. The risks are the system owner's, whose system the
    other is; the area's head is the head of IT."""
    asset = make_system(cast, owner=owner)
    rows = assess(cast, [("cyber", *cell) for cell in cells], scope="asset", assets=[asset])
    along = ("assessment__scale", "assessment__committee", "assessment__area", "owner")
    keys = [row.pk for row in rows]
    return list(Scenario.objects.filter(pk__in=keys).select_related(*along).order_by("pk"))


def terms(**more: Any) -> dict[str, Any]:
    """Return what a proposal says unless a test says otherwise: 250.000 kr. for half a year."""
    return {
        "reason": "En ny løsning koster mere end skaden.",
        "amount": 250_000,
        "measure_cost": 900_000,
        "budget_year": today().year,
        "expires_on": today() + timedelta(days=180),
        "longer_because": "Afløseren kommer først om to år.",
        "capacity": "chair",
        "weighing": WEIGHING,
        **more,
    }


def propose(
    cast: Cast, risks: list[Scenario], *, by: Person | None = None, **more: Any
) -> Acceptance:
    return actions.propose_acceptance(risks, by=by or cast.coordinator, **terms(**more))


def limit(capacity: str, **values: int) -> None:
    AuthorityLimit.objects.update_or_create(capacity=capacity, defaults=values)


@transaction.atomic
def accept(acceptance: Acceptance, *, by: Person, word: str = "") -> None:
    """Accept it: what was proposed to the chair by a decision between meetings."""
    if acceptance.capacity != Capacity.CHAIR:
        actions.accept(acceptance, by=by, word=word)
        return
    decision = decided(Committee.objects.get(), acceptance, by=by, chair_absent_because=word)
    actions.accept_by_decision(acceptance, decision, by=by)


def decide_on(
    cast: Cast, acceptance: Acceptance, outcome: str = Outcome.APPROVED, by: Person | None = None
) -> Decision:
    """Let the chair decide on an acceptance between meetings."""
    return decided(cast.committee, acceptance, by=by or cast.chair, outcome=outcome)


def decided(committee: Committee, acceptance: Acceptance, **more: Any) -> Decision:
    said = {
        "title": f"Risikoaccept {acceptance.pk}",
        "text": "<p>Risikoen accepteres.</p>",
        "why_now": "Budgettet lukker i morgen.",
        "is_impartial": True,
        "weighing": WEIGHING,
        "subject": ("risks.acceptance", str(acceptance.pk), acceptance.get_absolute_url()),
    }
    return decide_as_chair(committee, **{**said, **more})
