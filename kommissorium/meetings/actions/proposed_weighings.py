"""Weigh what is proposed, for whoever decides on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import reference
from kommissorium.core.refusals import Refused
from kommissorium.meetings.models import Outcome, ProposedWeighing
from kommissorium.meetings.models.proposed_weighings import WHY_LENGTH

LONGEST_REASON = 500


def weigh_proposal(
    proposal: Any, weighing: Mapping[str, str], *, by: Person, why_now: str = ""
) -> ProposedWeighing:
    """Keep how what is proposed is weighed: part of the act that proposes it.

    Raises Refused for an aspect without its chip, and for what costs, weakens or restricts without
    its reason.
    """
    kind, key = reference(proposal)
    found = ProposedWeighing.objects.filter(subject_kind=kind, subject_id=key).first()
    made = found or ProposedWeighing(subject_kind=kind, subject_id=key)
    for aspect in made.ASPECTS:
        setattr(made, aspect, weighing.get(aspect, ""))
        text = f"{aspect}_text"
        setattr(made, text, clean_text(weighing.get(text, ""), text, LONGEST_REASON))
    _refuse_incomplete(made)
    made.why_now = clean_text(why_now, "why_now", WHY_LENGTH)
    made.proposed_by, made.proposed_at = by, timezone.now()
    made.save()
    record("meetings.weighing_proposed", proposal, by=by)
    return made


def weighing_of(proposal: Any) -> ProposedWeighing | None:
    """Return how it is weighed by whoever proposed it."""
    kind, key = reference(proposal)
    return weighing_about(kind, key)


def weighing_about(kind: str, key: str) -> ProposedWeighing | None:
    """Return how a thing is weighed by whoever proposed it, named as an item names it."""
    found = ProposedWeighing.objects.filter(subject_kind=kind, subject_id=key)
    return found.select_related("proposed_by").first() if kind else None


def _refuse_incomplete(made: ProposedWeighing) -> None:
    errors = {}
    for aspect in made.unweighed(Outcome.APPROVED):
        chips = {value for value, _label in made.aspect(aspect).flatchoices}
        if getattr(made, aspect) not in chips:
            errors[aspect] = _("Choose one of the options.")
        else:
            errors[f"{aspect}_text"] = _("Write why.")
    if errors:
        raise Refused(**errors)
