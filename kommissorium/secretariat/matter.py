"""Matter before whoever decides: the words, the picture or the tables of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.meetings.facts import Facts
from kommissorium.meetings.models import Meeting
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.proposing import AgendaText, ProposalKind


def matter_of(
    kind: ProposalKind[Any], proposal: Any, text: AgendaText, person: Person
) -> Mapping[str, Any]:
    """Return what templates/secretariat/matter.html needs, and its picture beside it."""
    picture = kind.picture(proposal, person)
    matter = {"text": text, "proposal": proposal, "picture": picture}
    if picture is not None:
        return {**picture.context, "matter": matter}
    key = str(proposal.pk)
    tables = kind.facts([key], AgendaContext(Meeting())).get(key, ())
    return {"matter": {**matter, "facts": Facts(timezone.now(), tables)}}
