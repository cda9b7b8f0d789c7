"""Note that something was filed in the municipality's records system."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.filing import FiledKind
from kommissorium.meetings.handover import check_case_number
from kommissorium.meetings.models import Filing


@transaction.atomic
def note_filing(
    kind: FiledKind[Any],
    rows: Iterable[models.Model],
    *,
    by: Person,
    filed_on: date,
    case_number: str,
) -> list[Filing]:
    """Keep a receipt of each row: when it was filed, in which case and who noted it.

    Noted once more, the new receipt counts. Raises Refused without a row, for a day to come and
    without a case number, and PermissionDenied for rows that `by` may not read or note.
    """
    if not kind.can_be_noted_by(by):
        raise PermissionDenied
    keys = {row.pk for row in rows}
    found = list(kind.rows(by).filter(pk__in=keys))
    if len(found) != len(keys):
        raise PermissionDenied
    if not found:
        raise Refused(rows=_("Tick what was filed."))
    if filed_on > timezone.localdate():
        raise Refused(filed_on=_("The day has not come yet. Choose today or an earlier day."))
    case_number = check_case_number(case_number)
    if not case_number:
        raise Refused(case_number=_("Write the number of the case it was filed in."))
    values = {"filed_on": filed_on, "case_number": case_number}
    noted = {"noted_by": by, "noted_at": timezone.now()}
    made = Filing.objects.bulk_create(
        Filing(kind=kind.kind, key=str(row.pk), **values, **noted) for row in found
    )
    for row in found:
        record("meetings.filing_noted", row, by=by, facts=values)
    return made
