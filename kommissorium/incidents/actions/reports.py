"""Take in reports, and later additions by their reporters."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.handing_in import GivenFile
from kommissorium.assets.models import Answer, Asset
from kommissorium.core.cleaning import clean_line, clean_text, past_moment
from kommissorium.core.drawn import hash_of, letters
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.lines import add_line, facts_of
from kommissorium.incidents.emails import queue_addition, queue_report
from kommissorium.incidents.models import Channel, EntryKind, Incident
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
) -> Reported:
    """Take in a report. Raises Refused for an empty one, and for impossible times."""
    told = clean_text(what, "what", wanted=_("Write what happened."))
    past_moment(discovered_at, "discovered_at")
    if happened_at and happened_at > discovered_at:
        raise Refused(happened_at=_("It cannot have begun after it was discovered."))
    if personal_data not in Answer.values:
        raise Refused(personal_data=_("Choose from the list."))
    now, secret = timezone.now(), "" if by else letters(16)
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
