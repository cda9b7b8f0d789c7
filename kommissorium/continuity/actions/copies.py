"""Note holders of paper copies, and change the settings of all plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.continuity.models import ContinuitySettings, PaperCopy, Service
from kommissorium.core.actions.rows import change_row
from kommissorium.core.cleaning import clean_fields
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused


def told(copy: PaperCopy) -> dict[str, Any]:
    return {"of": copy.service_id or 0, "title": copy.service.title if copy.service else ""}


@transaction.atomic
def note_copy(*, by: Person, values: Mapping[str, Any]) -> PaperCopy:
    """Note that somebody holds a printed copy. Raises Refused, by field."""
    if not Service.can_be_kept_by(by):
        raise PermissionDenied
    cleaned = clean_fields(PaperCopy, values)
    if cleaned["printed_on"] > timezone.localdate():
        raise Refused(printed_on=_("The day has not come yet. Choose today or an earlier day."))
    made = PaperCopy.objects.create(**cleaned)
    record("continuity.copy_noted", made, by=by, facts=told(made))
    return made


@transaction.atomic
def return_copy(copy: PaperCopy, *, by: Person) -> None:
    """Note that a copy was returned or destroyed. Raises Refused where it was already."""
    if not Service.can_be_kept_by(by):
        raise PermissionDenied
    rows = PaperCopy.objects.filter(pk=copy.pk, returned_on=None)
    if not rows.update(returned_on=timezone.localdate()):
        raise Refused(_("It was returned already."))
    record("continuity.copy_returned", copy, by=by, facts=told(copy))


@transaction.atomic
def change_settings(*, by: Person, values: Mapping[str, Any], edit_version: int) -> None:
    """Change the settings of all plans. Raises Refused, by field, and Conflict."""
    if not Service.can_be_kept_by(by):
        raise PermissionDenied
    found, _made = ContinuitySettings.objects.get_or_create(pk=1)
    change_row(
        found,
        clean_fields(ContinuitySettings, values),
        edit_version=edit_version,
        act="continuity.settings_changed",
        by=by,
        facts=lambda now: {"months": now.review_months},
    )
