"""Objectives: one of the system owner's, and what is none of their business."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.objectives.actions import add_objective, measure_objective
from kommissorium.objectives.tests.cases import approved, drafted, measure, proposed, values_of

WORDS = ("title", "why", "serves", "unit")


def add(samples: Samples, cast: Cast) -> None:
    """Name sets and objectives in all states, and measurements."""
    closed = {word: foreign(word) for word in WORDS}
    in_force = approved(cast, {}, {**closed, "owner": cast.member})
    own, other = in_force.objectives.select_related("set", "owner").order_by("pk")
    measure_objective(other, by=cast.member, value=1, note=foreign("note"))
    measure(cast, own, ago=100)
    waiting, draft = proposed(cast, {**closed, "owner": cast.member}), drafted(cast)
    removed = add_objective(draft, by=cast.coordinator, values=values_of(cast, **closed))
    first = draft.objectives.exclude(pk=removed.pk).first()
    samples.add("objective objective_change objective_measure", pk=own.pk)
    samples.add("objective/foreign objective_measure/foreign", pk=other.pk)
    samples.add("objective/draft objective_change/draft", pk=first.pk)
    samples.add("objective_remove", pk=removed.pk)
    samples.add("objective_set", pk=in_force.pk)
    samples.add("objective_set/proposed", pk=waiting.pk)
    samples.add("objective_set/draft objective_new", pk=draft.pk)
    for name in (
        "proposal",
        "proposal_file",
        "proposal_history",
        "proposal_drop",
        "proposal_change",
    ):
        samples.add(f"{name}/objectives", slug="objectives", pk=draft.pk)
        samples.add(f"{name}/proposed_objectives", slug="objectives", pk=waiting.pk)
    samples.add("proposal_reopen/proposed_objectives", slug="objectives", pk=waiting.pk)
