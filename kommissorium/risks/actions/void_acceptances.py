"""End what was accepted of risks that are no longer as they were."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.richtext import printable
from kommissorium.risks.models import Acceptance, AcceptedRisk, Assessment
from kommissorium.risks.models.acceptances import AcceptanceQuerySet
from kommissorium.risks.models.assessments import WORD_LENGTH


@transaction.atomic
def void_acceptances(lineages: Iterable[UUID], *, by: Person, because: str) -> int:
    """Void what is accepted, and what is proposed, of any of these risks. Returns how many.

    Part of the action that changed the risks; its caller has checked who may. What has expired,
    was not accepted or has ended already stays as it is, and so does what is proposed of the
    risks as they are now.
    """
    changed = list(lineages)
    own = AcceptedRisk.objects.filter(acceptance=OuterRef("pk"), lineage__in=changed)
    gone = Exists(own.filter(scenario__is_in_force=False))
    about = _live().of_lineages(changed)
    return _void(about.filter(Q(state=Acceptance.State.ACCEPTED) | Q(gone)), by, because)


@transaction.atomic
def void_proposals(assessment: Assessment, *, by: Person, because: str) -> int:
    """Void what is proposed of risks of an assessment that are not as they were proposed, or that
    no committee will decide on. Returns how many. Part of approving it and of giving it up.
    """
    own = AcceptedRisk.objects.filter(acceptance=OuterRef("pk"), scenario__assessment=assessment)
    if assessment.is_approved:
        own = own.filter(
            ~Q(likelihood=F("scenario__likelihood"))
            | ~Q(consequence=F("scenario__consequence"))
            | ~Q(rank=F("scenario__rank"))
        )
    waiting = _live().filter(Exists(own), state=Acceptance.State.PROPOSED)
    return _void(waiting, by, because)


def _live() -> AcceptanceQuerySet:
    return Acceptance.objects.live_on(timezone.localdate())


def _void(about: AcceptanceQuerySet, by: Person, because: str) -> int:
    ended = {
        "ending": Acceptance.Ending.VOID,
        "ended_at": timezone.now(),
        "ended_by": by,
        "ended_because": printable(because).strip()[:WORD_LENGTH],
    }
    number = 0
    for acceptance in about.order_by("pk"):
        if not Acceptance.objects.filter(pk=acceptance.pk, ended_at=None).update(**ended):
            continue
        number += 1
        record("risks.acceptance_void", acceptance, by=by, facts={"state": acceptance.state})
    return number
