"""Note what was filed in the municipality's records system, and the case numbers there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import update_row
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_committee
from kommissorium.meetings.filing import FiledKind
from kommissorium.meetings.handover import check_case_number, check_kle
from kommissorium.meetings.models import Filing, Meeting


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


@transaction.atomic
def set_case(
    meeting: Meeting, *, by: Person, case_number: str, kle_number: str, edit_version: int
) -> None:
    """Note case number and KLE number, "" for none. Approved minutes stay as they are.

    Raises Refused for numbers that are none, and Conflict.
    """
    if not meeting.can_be_handed_over_by(by):
        raise PermissionDenied
    values = _checked(case_number, kle_number)
    lock_committee(meeting.committee)
    update_row(meeting, values, edit_version=edit_version)
    record("meetings.case_numbered", meeting, by=by, facts=values)


def _checked(case_number: str, kle_number: str) -> dict[str, str]:
    values: dict[str, str] = {}
    errors: dict[str, str] = {}
    for name, check, text in (
        ("case_number", check_case_number, case_number),
        ("kle_number", check_kle, kle_number),
    ):
        try:
            values[name] = check(text)
        except Refused as refused:
            errors |= refused.errors
    if errors:
        raise Refused(**errors)
    return values
