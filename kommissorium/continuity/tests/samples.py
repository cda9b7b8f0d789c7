"""Continuity: a service and a test of the system owner's, and what is none of their business."""

from __future__ import annotations

from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.continuity.actions.plans import note_copy
from kommissorium.continuity.kind import KIND
from kommissorium.continuity.models import ContinuityTest
from kommissorium.continuity.plan import PLAN
from kommissorium.continuity.tests.cases import (
    approved,
    approved_plans,
    drafted,
    drafted_evaluation,
    drafted_plans,
    hold,
    named,
    service,
)
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.registers.actions.activities import note_finding

PROPOSALS = ("proposal", "proposal_file", "proposal_history", "proposal_drop", "proposal_change")
ACTIVITY = ("activity", "activity_hold", "activity_history", "activity_change", "activity_call_off")


def add(samples: Samples, cast: Cast) -> None:
    """Name services, plans, tests and evaluations in all states."""
    own = service(cast)
    in_force = approved_plans(cast, own)
    draft = drafted_plans(cast, service(cast, title="Lønkørsel"))
    free = service(cast, title="Bibliotek")
    names = "continuity_service continuity_service_edit continuity_service_history"
    samples.add(f"{names} continuity_service_retire", pk=own.pk)
    samples.add("continuity_plan_new", pk=free.pk)
    samples.add("continuity_plan", pk=in_force.pk)
    samples.add("continuity_plan/draft", pk=draft.pk)
    samples.add("proposal_change/continuity_plans", slug=PLAN.slug, pk=draft.pk)
    samples.add("proposal_change/continuity_in_force", slug=PLAN.slug, pk=in_force.pk)
    _add_foreign(samples, cast)
    _add_tests(samples, cast)


def _add_foreign(samples: Samples, cast: Cast) -> None:
    """Name a service of others, its plans and the printed copy of them."""
    calls = f"{foreign('name')}; 12345678; {foreign('when')}"
    words = {"title": foreign("service"), "impact": foreign("impact"), "calls": calls}
    other = service(cast, **words, responsible=cast.member)
    steps = f"{foreign('who')}; {foreign('what')}; {foreign('where')}"
    plan = approved_plans(cast, other, starts_when=foreign("starts"), recovery=steps)
    values = {
        "service": other,
        "holder": cast.member,
        "place": foreign("place"),
        "printed_on": timezone.localdate(),
    }
    copy = note_copy(by=cast.coordinator, values=values)
    samples.add("continuity_service/foreign continuity_service_edit/foreign", pk=other.pk)
    samples.add("continuity_plan/foreign", pk=plan.pk)
    samples.add("continuity_copy_return", pk=copy.pk)


def _add_tests(samples: Samples, cast: Cast) -> None:
    closed = {"title": foreign("title"), "criterion": foreign("criterion")}
    closed |= {"scenario": foreign("scenario"), "participants": foreign("participants")}
    more = {**closed, "responsible": cast.member}
    tests = approved(cast, {"title": "Prøve nu"}, {"title": "Prøve to"}, more)
    own, held = named(tests, "Prøve nu"), named(tests, "Prøve to")
    other = named(tests, foreign("title"))
    hold(held, cast.coordinator)
    _hold(cast, other)
    draft = drafted(cast, {}, closed)
    first = draft.activities.order_by("pk").first()
    for name in ACTIVITY:
        samples.add(f"{name}/continuity", slug="continuity", pk=own.pk)
        samples.add(f"{name}/foreign_continuity", slug="continuity", pk=other.pk)
    samples.add("activity_finding/continuity", slug="continuity", pk=other.pk)
    for name in ("activity", "activity_change", "activity_remove"):
        samples.add(f"{name}/draft_continuity", slug="continuity", pk=first.pk)
    samples.add("activity_plan_new/continuity", slug="continuity")
    names = "activity_plan/continuity activity_new/continuity"
    samples.add(names, slug="continuity", pk=tests.pk)
    samples.add("activity_plan/draft_continuity", slug="continuity", pk=draft.pk)
    samples.add("continuity_evaluation_new", pk=held.pk)
    samples.add("continuity_evaluation", pk=drafted_evaluation(cast, other).pk)
    for name in PROPOSALS:
        samples.add(f"{name}/continuity", slug="continuity-test-plan", pk=draft.pk)


def _hold(cast: Cast, other: ContinuityTest) -> None:
    """Hold it, with a finding."""
    hold(other, cast.member, conclusion=foreign("conclusion"))
    words = {"text": foreign("finding"), "title": foreign("task"), "owner": cast.member}
    other.refresh_from_db()
    note_finding(KIND, other, by=cast.coordinator, due=timezone.localdate(), **words)
