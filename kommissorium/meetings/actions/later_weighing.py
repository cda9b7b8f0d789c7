"""Note afterwards what a decision weighed."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line
from kommissorium.meetings.actions.committee_lock import lock_committee
from kommissorium.meetings.models import Decision, LaterWeighing

LONGEST_REASON = 500


@transaction.atomic
def note_weighing(decision: Decision, *, by: Person, weighing: Mapping[str, str]) -> LaterWeighing:
    """Note what was weighed in a decision that does not say it; what it says itself stands.

    Raises Refused for an aspect without its chip, for one that costs, risks or restricts without
    a reason, and the second time.
    """
    if not decision.can_be_weighed_by(by):
        raise PermissionDenied
    lock_committee(decision.committee)
    if LaterWeighing.objects.filter(decision=decision).exists():
        raise Refused(_("Somebody else has noted the weighing meanwhile."))
    made = LaterWeighing(decision=decision, by=by, at=timezone.now())
    for name, said in decision.weighing().items():
        given = one_line(weighing.get(name, ""))[:LONGEST_REASON]
        setattr(made, name, said or given)
    _refuse_incomplete(made)
    made.save(force_insert=True)
    told = {"number": decision.number, "capacity": decision.committee.capacity_of(by)}
    record("meetings.weighing_noted", decision, by=by, facts=told)
    return made


def _refuse_incomplete(made: LaterWeighing) -> None:
    errors = {}
    for aspect in made.ASPECTS:
        if getattr(made, aspect) not in dict(made.aspect(aspect).flatchoices):
            errors[aspect] = _("Choose one of the options.")
        elif aspect in made.unweighed(made.decision.outcome):
            errors[f"{aspect}_text"] = _("It costs, risks or restricts something. Say why.")
    if errors:
        raise Refused(**errors)
