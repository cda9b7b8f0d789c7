"""Set the case numbers of a meeting in the municipality's records system."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import update_row
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_committee
from kommissorium.meetings.handover import check_case_number, check_kle
from kommissorium.meetings.models import Meeting


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
