"""Policies: some of the system owner's, and what is none of their business."""

from __future__ import annotations

from datetime import timedelta

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.policies.actions.reviewing import add_comment, ask_for_comments
from kommissorium.policies.tests.cases import (
    approved,
    by_its_owner,
    decided_above,
    document,
    drafted,
    laid,
    overall,
    procedure,
    proposed,
    today,
)


def add(samples: Samples, cast: Cast) -> None:
    """Name documents and versions in all states."""
    own = document(cast)
    in_force = approved(cast, own)
    draft = drafted(cast, own)
    closed = {"title": foreign("title"), "owner": cast.member, "audience": foreign("audience")}
    other = document(cast, **closed, tags=foreign("tags"))
    reviewed = drafted(
        cast,
        other,
        text=f"<h2>{foreign('heading')}</h2><p>{foreign('text')}</p>",
        change_because=foreign("because"),
    )
    ends = today() + timedelta(days=14)
    ask_for_comments(reviewed, [cast.member], ends=ends, by=cast.coordinator)
    comment = add_comment(reviewed, heading="", text=foreign("comment"), by=cast.member)
    waiting = proposed(cast, document(cast, **{**closed, "title": foreign("waiting")}))
    recommended = approved(cast, overall(cast, owner=cast.member))
    decided = approved(cast, overall(cast, title="Persondatapolitik"))
    upper = decided_above(cast, decided)
    free = document(cast, title="Tom retningslinje")
    samples.add("policy policy_edit policy_retire policy_history", pk=own.pk)
    samples.add("policy/foreign", pk=other.pk)
    samples.add("policy_version_new", pk=free.pk)
    samples.add("policy_level", level="policy")
    samples.add(
        "policy_version policy_version_ask policy_version_edit policy_version_upper", pk=draft.pk
    )
    samples.add("policy_version/in_force policy_version_edit/in_force", pk=in_force.pk)
    samples.add("policy_version/foreign policy_version_comment policy_version_read", pk=reviewed.pk)
    samples.add("policy_version_upper/recommended policy_version/recommended", pk=recommended.pk)
    samples.add("policy_version_lay", pk=drafted(cast, procedure(cast)).pk)
    samples.add("policy_version_lay/foreign", pk=waiting.pk)
    samples.add("policy_version_instead", pk=by_its_owner(cast).pk)
    samples.add("policy_version_approve", pk=laid(cast).pk)
    samples.add("policy_version_approve/in_force", pk=in_force.pk)
    samples.add("policy_version_handover", pk=in_force.pk)
    samples.add("policy_version_handover/draft", pk=draft.pk)
    samples.add("policy_version_file", pk=in_force.pk, edition="docx")
    samples.add("policy_version_file/foreign", pk=reviewed.pk, edition="docx")
    samples.add("policy_comment_answer", pk=comment.pk)
    samples.add("policy_upper_file", pk=upper.pk)
    names = ("proposal", "proposal_file", "proposal_history", "proposal_drop")
    for name in names:
        samples.add(f"{name}/policy", slug="policy", pk=draft.pk)
        samples.add(f"{name}/proposed_policy", slug="policy", pk=waiting.pk)
    samples.add("proposal_change/policy", slug="policy", pk=draft.pk)
    samples.add("proposal_reopen/proposed_policy", slug="policy", pk=waiting.pk)
    # Texts
    samples.add("handbook_document", pk=own.pk)
    samples.add("handbook_document/foreign", pk=other.pk)
    samples.add("handbook_section", pk=own.pk, key="kontrol")
    samples.add("handbook_file", pk=own.pk)
    samples.add("policy_compare", pk=draft.pk, other=in_force.pk)
    samples.add("policy_compare/foreign", pk=reviewed.pk, other=in_force.pk)
    samples.add("policy_take_back policy_to_edit", pk=draft.pk)
    samples.add("policy_take_back/foreign policy_to_edit/foreign", pk=reviewed.pk)
