"""Note on which waived documents a committee has decided."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.figures import waivers_decided_until
from kommissorium.assets.models import RegisterSettings, Required
from kommissorium.core.evidence.actions import record
from kommissorium.meetings.models import Decision


@transaction.atomic
def note_waivers_decided(decision: Decision, *, by: Person) -> int:
    """Note that a committee approved what was waived when the meeting was called; return how many.

    Those of former decisions are not among them. What is waived after the call stood before nobody,
    and waits for another decision. A chair's own decision notes nothing.
    """
    if decision.item is None:
        return 0
    until = min(decision.item.meeting.call.at, decision.decided_at)
    decided = Required.objects.undecided(waivers_decided_until(timezone.localdate()))
    number = decided.filter(waived_at__lte=until).count()
    facts = {
        "decision": decision.pk,
        "number": decision.number,
        "decided": timezone.localdate(decision.decided_at),
        "until": until.isoformat(),
        "waived": number,
    }
    record("assets.waivers_decided", RegisterSettings(pk=1), by=by, facts=facts)
    return number
