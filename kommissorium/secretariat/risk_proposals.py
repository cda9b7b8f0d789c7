"""Which agendas ask about a thing of the risks, and what can be put before the committee."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import reference
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.risks.actions.acceptances import risks_of
from kommissorium.risks.authority import committees_of
from kommissorium.risks.models import Acceptance, AcceptedRisk, Assessment, RiskLevel

type Proposal = Assessment | RiskLevel | Acceptance

OPEN: Final = (Meeting.State.PLANNED, Meeting.State.CALLED)
HELD: Final = (Meeting.State.HELD, Meeting.State.IN_REVIEW)


def subject_of(proposal: Proposal) -> tuple[str, str, str]:
    """Return kind, key and link, as agenda items and decisions name what they are about."""
    return (*reference(proposal), proposal.get_absolute_url())


def committee_of(proposal: Proposal) -> Committee | None:
    """Return the committee it lies before already; None where it can be any.

    An acceptance lies before the committee of its risks, whose alone it is to decide.
    """
    if not isinstance(proposal, Acceptance):
        return proposal.committee
    found = committees_of(risks_of(proposal))
    return found[0] if len(found) == 1 else None


def is_draft(proposal: Proposal) -> bool:
    """Return whether it must be proposed before a committee can decide on it."""
    return not isinstance(proposal, Acceptance) and proposal.is_draft


def waits(proposal: Proposal) -> bool:
    """Return whether it waits for a decision."""
    if isinstance(proposal, Assessment):
        return proposal.state == Assessment.State.PROPOSED
    if isinstance(proposal, Acceptance):
        return proposal.waits_on(timezone.localdate())
    return proposal.is_proposed


def item_about(proposal: Proposal) -> AgendaItem | None:
    """Return the item that asks the committee about it and is not decided on for good.

    Of meetings held only what was asked since it was proposed: a thing taken back and proposed
    anew is asked about anew.
    """
    kind, key = reference(proposal)
    asked = Q(meeting__state__in=OPEN)
    if waits(proposal):
        asked |= Q(meeting__state__in=HELD, created_at__gte=proposal.proposed_at)
    found = AgendaItem.objects.standing().filter(asked, subject_kind=kind, subject_id=key)
    return (
        found.select_related("meeting__committee", "clause")
        .order_by("-meeting__starts_at", "-pk")
        .first()
    )


def meetings_for(person: Person, proposal: Proposal) -> list[Meeting]:
    """Return the meetings `person` can put it before: planned or called, the next one first."""
    coming = Meeting.objects.coming().filter(
        state__in=OPEN, committee__in=Committee.objects.prepared_by(person)
    )
    own = committee_of(proposal)
    found = coming.filter(committee=own) if own else coming
    return list(found.select_related("committee"))


def acceptances_along(assessment: Assessment) -> dict[Acceptance, list[str]]:
    """Return the acceptances proposed of its risks that no agenda asks about yet, each with the
    titles of the risks (one query)."""
    asked = AgendaItem.objects.standing().filter(
        subject_kind="risks.acceptance",
        subject_id=Cast(OuterRef("acceptance"), CharField()),
        meeting__state__in=[*OPEN, *HELD],
    )
    waiting = Acceptance.objects.waiting_on(timezone.localdate()).order_by()
    rows = AcceptedRisk.objects.filter(scenario__assessment=assessment, acceptance__in=waiting)
    free = rows.filter(~Exists(asked.order_by())).select_related("acceptance", "scenario")
    along: dict[Acceptance, list[str]] = {}
    for row in free.order_by("acceptance", "pk"):
        along.setdefault(row.acceptance, []).append(row.scenario.title)
    return along


def slug_of(proposal: Proposal) -> str:
    """Return how an address names it, as "assessment-12"."""
    return (
        f"{next(slug for slug, kind in KINDS.items() if isinstance(proposal, kind))}-{proposal.pk}"
    )


def named(slug: str, person: Person) -> Proposal | None:
    """Return what waits for a decision under the name, of what `person` may read."""
    kind, _dash, key = slug.partition("-")
    if kind not in KINDS or not key.isdecimal() or len(key) > LONGEST_KEY:
        return None
    rows = KINDS[kind].objects.visible_to(person)
    found = rows.filter(pk=int(key)).first()
    return found if found is not None and waits(found) else None


KINDS: Final[Mapping[str, Any]] = {
    "assessment": Assessment,
    "level": RiskLevel,
    "acceptance": Acceptance,
}
LONGEST_KEY: Final = 18
