"""Rulings: some of the system owner's, and what is none of their business."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.policies.tests.cases import rule
from kommissorium.rulings import dispensations
from kommissorium.rulings.actions.rulings import apply_for_dispensation, ask_interpretation
from kommissorium.rulings.tests.cases import applied, granted, values_of


def add(samples: Samples, cast: Cast) -> None:
    """Name questions and dispensations: the system owner's, and others'."""
    own = rule(cast, owner=cast.system_owner)
    by = cast.system_owner
    question = ask_interpretation(own, heading="", question="Må jeg?", by=by)
    spared = apply_for_dispensation(own, heading="", values=values_of(), by=by)
    closed = {"place": foreign("place"), "reason": foreign("reason"), "measure": foreign("instead")}
    about = rule(cast, "Retningslinje for alle")
    other = ask_interpretation(about, heading="", question=foreign("question"), by=cast.member)
    theirs = applied(cast, about, by=cast.member, **closed)
    given = granted(cast, about, by=cast.member, **closed)
    samples.add("interpretation_new dispensation_new", pk=about.pk)
    samples.add("interpretation", pk=question.pk)
    samples.add("interpretation/foreign", pk=other.pk)
    samples.add("dispensation dispensation_change", pk=spared.pk)
    samples.add("dispensation/foreign dispensation_change/foreign", pk=theirs.pk)
    samples.add("dispensation/given dispensation_renew dispensation_end", pk=given.pk)
    samples.add("ruling_change_rule", slug="dispensation", pk=spared.pk)
    samples.add("ruling_change_rule/foreign", slug="dispensation", pk=given.pk)
    waiting = applied(cast, about, by=cast.member, **closed)
    dispensations.KIND.propose(waiting, cast.committee, by=cast.coordinator)
    for name in ("proposal", "proposal_file", "proposal_history", "proposal_drop"):
        samples.add(f"{name}/dispensation", slug="dispensation", pk=spared.pk)
        samples.add(f"{name}/proposed_dispensation", slug="dispensation", pk=waiting.pk)
        samples.add(f"{name}/interpretation", slug="interpretation", pk=question.pk)
    samples.add("proposal_change/dispensation", slug="dispensation", pk=spared.pk)
    samples.add("proposal_change/interpretation", slug="interpretation", pk=question.pk)
    samples.add("proposal_reopen/proposed_dispensation", slug="dispensation", pk=waiting.pk)
