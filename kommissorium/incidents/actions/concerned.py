"""The names of persons concerned, kept apart and erased by rule, and the log of who read a case."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.cleaning import clean_line
from kommissorium.core.evidence.actions import erase_former, record
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.lines import facts_of
from kommissorium.incidents.models import OPEN, ConcernedPerson, Incident, IncidentSettings
from kommissorium.incidents.models.timeline import NAME_LENGTH
from kommissorium.meetings.models import Filing


@transaction.atomic
def add_names(incident: Incident, *, by: Person, names: str, note: str = "") -> int:
    """Add names, one a line; return their number. The chain is told the total."""
    if not incident.can_be_handled_by(by):
        raise PermissionDenied
    if incident.names_erased_at:
        raise Refused(_("The names of this case were erased."))
    lines = [clean_line(one, "names", NAME_LENGTH) for one in names.splitlines() if one.strip()]
    if not lines:
        raise Refused(names=_("Write a name on each line."))
    word, now = clean_line(note, "note", 200), timezone.now()
    ConcernedPerson.objects.bulk_create(
        ConcernedPerson(incident=incident, name=one, note=word, added_by=by, added_at=now)
        for one in lines
    )
    record("incidents.names_added", incident, by=by, facts=facts_of(incident, many=len(lines)))
    return len(lines)


@transaction.atomic
def remove_name(row: ConcernedPerson, *, by: Person) -> None:
    """Remove a name that should not be there."""
    incident = row.incident
    if not incident.can_be_handled_by(by):
        raise PermissionDenied
    row.delete()
    record("incidents.name_removed", incident, by=by, facts=facts_of(incident))


def erase_due_names() -> int:
    """Erase the names of cases filed this many days ago; return the number of cases."""
    days = timedelta(days=IncidentSettings.current().names_days)
    filed = Filing.objects.filter(kind="incidents.incident", noted_at__lt=timezone.now() - days)
    keys = [int(key) for key in filed.values_list("key", flat=True)]
    found = Incident.objects.filter(pk__in=keys, names_erased_at=None, concerned__isnull=False)
    return sum(_erase(one) for one in found.exclude(state__in=OPEN).distinct())


@transaction.atomic
def _erase(incident: Incident) -> bool:
    """Erase the names, and the former texts of the case: they may have been there, too."""
    many, _rows = incident.concerned.all().delete()
    Incident.objects.filter(pk=incident.pk).update(names_erased_at=timezone.now())
    former = erase_former(incident, *incident.notifications.all())
    record(
        "incidents.names_erased", incident, by=None, facts=facts_of(incident, many=many) | former
    )
    return True
