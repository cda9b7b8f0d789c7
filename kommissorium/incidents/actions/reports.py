"""Take in what somebody reports and adds to it, and triage it: what, how severe, which laws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import GivenFile
from kommissorium.assets.models import Answer, Asset
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_fields, clean_line, clean_text, past_moment
from kommissorium.core.drawn import hash_of, letters
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.awareness import set_awareness
from kommissorium.incidents.actions.lines import add_line, facts_of
from kommissorium.incidents.actions.notifications import sync_notifications
from kommissorium.incidents.emails import queue_addition, queue_owners_told, queue_report
from kommissorium.incidents.models import Channel, EntryKind, Incident, Nature, State
from kommissorium.incidents.models.incidents import LINE_LENGTH


class Reported(NamedTuple):
    """A report that was taken in; its secret lets a reporter without sign-in follow it."""

    incident: Incident
    secret: str = ""


@transaction.atomic
def report_incident(
    *,
    by: Person | None,
    what: str,
    discovered_at: datetime,
    happened_at: datetime | None = None,
    place: str = "",
    personal_data: str = "",
    file: GivenFile | None = None,
    channel: Channel = Channel.PERSON,
    note: str = "",
) -> Reported:
    """Take in a report, with a note to those who handle it.

    Raises Refused for an empty one, and for impossible times.
    """
    told = clean_text(what, "what", wanted=_("Write what happened."))
    past_moment(discovered_at, "discovered_at")
    if happened_at and happened_at > discovered_at:
        raise Refused(happened_at=_("It cannot have begun after it was discovered."))
    if personal_data not in Answer.values:
        raise Refused(personal_data=_("Choose from the list."))
    now, secret = timezone.now(), letters(16) if channel == Channel.OPEN else ""
    year = timezone.localdate(now).year
    last = Incident.objects.filter(year=year).aggregate(last=Max("number"))["last"]
    where = clean_line(place, "place", LINE_LENGTH)
    made = Incident.objects.create(
        receipt=_receipt(),
        year=year,
        number=(last or 0) + 1,
        channel=channel,
        reporter=by,
        secret_hash=hash_of(secret) if secret else "",
        reported_at=now,
        discovered_at=min(discovered_at, now),
        happened_at=min(happened_at, now) if happened_at else None,
        what=told,
        place=where,
        personal_data=personal_data,
    )
    made.assets.set(_named(where))
    if file is not None:
        add_line(made, EntryKind.REPORT, "", by=by, file=file)
    if note:
        add_line(made, EntryKind.NOTE, note, by=None)
    queue_report(made)
    record("incidents.reported", made, by=by, facts=facts_of(made, channel=made.channel))
    return Reported(made, secret)


@transaction.atomic
def add_to_report(
    incident: Incident, *, by: Person | None, text: str, file: GivenFile | None = None
) -> None:
    """Add to one's own report. A reporter without sign-in comes with the secret (views)."""
    if incident.reporter_id != (by.pk if by else None):
        raise PermissionDenied
    line = add_line(incident, EntryKind.REPORT, text, by=by, file=file)
    queue_addition(incident, line.pk)
    record("incidents.report_added", incident, by=by, facts=facts_of(incident, line=line.pk))


def _named(words: str) -> list[Asset]:
    """Return the one thing of the register with that name; none where it is not certain."""
    found = Asset.objects.in_register().filter(name__iexact=words)[:2] if words else ()
    return list(found) if len(found) == 1 else []


def _receipt() -> str:
    while True:
        drawn = letters(8)
        found = f"{drawn[:4]}-{drawn[4:]}"
        if not Incident.objects.filter(receipt=found).exists():
            return found


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
    deadlines = sync_notifications(incident)
    queue_owners_told(incident)
    told = {name: changes[name] for name in ("nature", "type", "severity")}
    facts = facts_of(incident, **told, deadlines=deadlines)
    record("incidents.triaged", incident, by=by, facts=facts)


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
