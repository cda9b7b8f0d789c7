"""Awareness: a course of the system owner's, and what is none of their business."""

from __future__ import annotations

from django.utils import timezone

from kommissorium.awareness.actions.figures import note_completion
from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import AwarenessActivity
from kommissorium.awareness.tests.cases import (
    approved,
    drafted,
    drafted_evaluation,
    figures,
    named,
)
from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.registers.actions.activities import note_finding
from kommissorium.registers.tests.activity_cases import hold

PROPOSALS = ("proposal", "proposal_file", "proposal_history", "proposal_drop", "proposal_change")
ACTIVITY = ("activity", "activity_hold", "activity_history", "activity_change", "activity_call_off")


def add(samples: Samples, cast: Cast) -> None:
    """Name plans, activities and evaluations in all states."""
    evaluation = drafted_evaluation(cast)
    closed = {"title": foreign("title"), "criterion": foreign("criterion")}
    in_force = approved(cast, {"title": "Kursus nu"}, {**closed, "responsible": cast.member})
    own, other = named(in_force, "Kursus nu"), named(in_force, foreign("title"))
    _hold(cast, other)
    draft = drafted(cast, {}, {**closed, "sort": "campaign"}, {"audience": "executive"})
    first = draft.activities.order_by("pk").first()
    for name in ACTIVITY:
        samples.add(f"{name}/awareness", slug="awareness", pk=own.pk)
        samples.add(f"{name}/foreign_awareness", slug="awareness", pk=other.pk)
    samples.add("activity_finding/awareness", slug="awareness", pk=other.pk)
    for name in ("activity", "activity_change", "activity_remove"):
        samples.add(f"{name}/draft_awareness", slug="awareness", pk=first.pk)
    samples.add("activity_plan_new/awareness", slug="awareness")
    samples.add("activity_plan/awareness activity_new/awareness", slug="awareness", pk=in_force.pk)
    samples.add("activity_plan/draft_awareness", slug="awareness", pk=draft.pk)
    samples.add("awareness_figures awareness_completion", pk=own.pk)
    samples.add("awareness_figures/foreign", pk=other.pk)
    samples.add("awareness_evaluation", pk=evaluation.pk)
    for name in PROPOSALS:
        samples.add(f"{name}/awareness", slug="awareness-plan", pk=draft.pk)


def _hold(cast: Cast, other: AwarenessActivity) -> None:
    """Hold it, with figures, a leader who took it, and a finding."""
    figures(cast, other, 40, done=30)
    hold(KIND, other, cast.member, conclusion=foreign("conclusion"))
    today = timezone.localdate()
    person = {"person": cast.chair, "audience": "leaders", "area": None, "done_on": today}
    note_completion(other, by=cast.coordinator, values=person)
    words = {"text": foreign("finding"), "title": foreign("task"), "owner": cast.member}
    other.refresh_from_db()
    note_finding(KIND, other, by=cast.coordinator, due=today, **words)
