"""Begin the list of controls, and say of each whether it applies and how it is met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.controls.models import ANNEX_A, WORD_LENGTH, Applies, Control, SoaVersion
from kommissorium.core.actions.rows import change_row
from kommissorium.core.cleaning import clean_fields, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.proposals import hold_draft
from kommissorium.registers.shown import shown_on

OWN = ("how", "links")  # what the owner says; the rest is the coordinator's


@transaction.atomic
def begin_controls(*, by: Person) -> None:
    """Make the list of all controls of annex A, none of them decided. Raises Refused once it is."""
    if not Control.can_be_kept_by(by):
        raise PermissionDenied
    if Control.objects.exists():
        raise Refused(_("Somebody else did so already."))
    Control.objects.bulk_create(
        Control(number=one.number, position=place) for place, one in enumerate(ANNEX_A)
    )
    record("controls.begun", Municipality.current(), by=by, facts={"number": len(list(ANNEX_A))})


@transaction.atomic
def change_control(
    control: Control, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Say how a control is met; who keeps the list also whether it applies, why, and who owns it.

    Raises Refused for a control that applies to nothing without a reason, and Conflict.
    """
    if not control.can_be_changed_by(by):
        raise PermissionDenied
    if not Control.can_be_kept_by(by) and set(values) - set(OWN):
        raise PermissionDenied
    changes = _cleaned(values)
    applies = changes.get("applies", control.applies)
    if applies and not changes.get("because", control.because):
        raise Refused(because=_("Write why it applies, or why it does not."))
    change_row(
        control,
        changes,
        edit_version=edit_version,
        act="controls.control_changed",
        by=by,
        facts=lambda row: _facts(row, changes),
    )


@transaction.atomic
def decide_many(
    controls: list[Control], *, by: Person, applies: str, because: str, owner: Person | None = None
) -> int:
    """Say of many controls that they apply, or not, all for the same reason; return how many.

    With an owner that one answers for all of them. Raises Refused without a reason.
    """
    if not Control.can_be_kept_by(by):
        raise PermissionDenied
    words = clean_text(because, "because", WORD_LENGTH)
    if applies not in (Applies.YES, Applies.NO):
        raise Refused(applies=_("Must be filled in."))
    if not words:
        raise Refused(because=_("Write why it applies, or why it does not."))
    values: dict[str, Any] = {"applies": applies, "because": words}
    if owner is not None:
        values["owner"] = owner
    for one in controls:
        change_control(one, by=by, values=values, edit_version=one.edit_version)
    return len(controls)


def keep_rows(version: SoaVersion, rows: list[dict[str, str]], *, by: Person) -> None:
    """Keep the controls in a draft as they stand now, in the transaction that puts it forward."""
    if not version.can_be_drafted_by(by):
        raise PermissionDenied
    hold_draft(version)
    SoaVersion.objects.filter(pk=version.pk).update(rows=rows)


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    links = values.get("links")
    found = clean_fields(Control, {name: one for name, one in values.items() if name != "links"})
    if links is not None:
        known = {one.key for one in shown_on(timezone.localdate())}
        found["links"] = sorted(set(links))
        if set(links) - known:
            raise Refused(links=_("Choose among what the registers hold."))
    return found


def _facts(control: Control, changes: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"number": control.number, "fields": sorted(changes)}
    if "applies" in changes:
        facts["applies"] = control.applies
    return facts
