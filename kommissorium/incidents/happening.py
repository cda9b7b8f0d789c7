"""An incident as other registers tell of it: by its number alone."""

from __future__ import annotations

from kommissorium.assets.models import Answer
from kommissorium.incidents.models import Incident
from kommissorium.registers.happenings import Happening


def happening_of_incident(incident: Incident, code: str) -> Happening:
    return Happening(
        code,
        incident.pk,
        incident.label,
        incident.get_absolute_url(),
        began=incident.happened_at or incident.discovered_at,
        found_at=incident.discovered_at,
        assets=[one.pk for one in incident.assets.all()],
        is_activated=incident.plan_activated == Answer.YES,
    )
