"""Triage: the nature of a report, its severity, the assets hit, and the laws that apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_fields
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.awareness import set_awareness
from kommissorium.incidents.actions.lines import facts_of
from kommissorium.incidents.actions.sync_notifications import sync_notifications
from kommissorium.incidents.emails import queue_owners_told
from kommissorium.incidents.models import Incident, Nature, State

FIELDS = (
    *("title", "nature", "type", "severity", "hits_confidentiality", "hits_integrity"),
    *("hits_availability", "area", "persons", "person_groups", "data_groups", "is_attack"),
    *("is_breach", "is_significant", "plan_activated", "is_restricted", "processor_told_at"),
)
ASKED = ("type", "severity", "is_attack", "is_breach", "is_significant", "plan_activated")


@transaction.atomic
def triage_incident(
    incident: Incident,
    *,
    by: Person,
    values: Mapping[str, Any],
    assets: Sequence[Asset],
    edit_version: int,
    aware_at: datetime | None = None,
    aware_because: str = "",
) -> None:
    """Triage a report, or triage it anew while the case is open. Raises Refused, Conflict.

    Where a law asks something for the first time, since when it is known is said along.
    """
    if not incident.can_be_triaged_by(by):
        raise PermissionDenied
    if not incident.is_open:
        raise Refused(_("The case is closed. Reopen it first."))
    changes = _cleaned(values)
    now = timezone.now()
    stamp: dict[str, Any] = {"coordinator": by, "triaged_at": incident.triaged_at or now}
    if changes["nature"] == Nature.NONE:
        stamp |= {"state": State.CLOSED, "closed_at": now}
    elif incident.state == State.REPORTED:
        stamp["state"] = State.TRIAGED
    update_row(incident, changes, edit_version=edit_version, stamp=stamp)
    incident.assets.set(assets)
    _say_awareness(incident, by, aware_at, aware_because)
    sync_notifications(incident)
    queue_owners_told(incident)
    told = {name: changes[name] for name in ("nature", "type", "severity")}
    record("incidents.triaged", incident, by=by, facts=facts_of(incident, **told))


def _say_awareness(incident: Incident, by: Person, at: datetime | None, because: str) -> None:
    """Set since when it is known, by each law that applies for the first time."""
    for law in incident.laws:
        if incident.awareness.filter(law=law).exists():
            continue
        if at is None:
            raise Refused(aware_at=_("Say when it became known: the deadlines run from then."))
        try:
            set_awareness(incident, law, by=by, at=at, because=because)
        except Refused as refused:
            raise Refused(
                **{f"aware_{name}": text for name, text in refused.errors.items()}
            ) from None


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers. For an incident all must be answered."""
    given = {name: values[name] for name in FIELDS}
    unsaid = {"severity": None} if given["severity"] is None else {}
    given = {name: value for name, value in given.items() if name not in unsaid}
    found = {**clean_fields(Incident, given), **unsaid}
    if not found["nature"]:
        raise Refused(nature=_("Choose from the list."))
    if not found["title"]:
        raise Refused(title=_("Must be filled in."))
    if found["nature"] == Nature.INCIDENT:
        lacking = {name: _("Must be filled in.") for name in ASKED if not found[name]}
        hits = ("hits_confidentiality", "hits_integrity", "hits_availability")
        if not any(found[name] for name in hits):
            lacking["hits_confidentiality"] = _("Choose at least one of the three.")
        if lacking:
            raise Refused(**lacking)
    return found
