"""Begin the list of controls, and set for each whether it applies and how it is met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.controls.models import WORD_LENGTH, Applies, Control, SoaVersion, titles
from kommissorium.core.actions.rows import change_row
from kommissorium.core.cleaning import clean_fields, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.proposals import hold_draft
from kommissorium.registers.shown import shown_on

OWN = ("how", "links")  # what the owner says; the rest is the coordinator's


@transaction.atomic
def begin_controls(*, by: Person) -> None:
    """List the controls of annex A that are not listed yet, none of them decided.

    Raises Refused where all are.
    """
    if not Control.can_be_kept_by(by):
        raise PermissionDenied
    there = set(Control.objects.values_list("number", flat=True))
    lacking = [Control(number=one, position=place(one)) for one in titles() if one not in there]
    if not lacking:
        raise Refused(_("Somebody else has already done this."))
    Control.objects.bulk_create(lacking)
    record("controls.begun", Municipality.current(), by=by, facts={"number": len(lacking)})


@transaction.atomic
def add_control(number: str, *, by: Person, values: Mapping[str, Any]) -> Control:
    """List one control of annex A with a sheet's values for it. Raises Refused."""
    if not Control.can_be_kept_by(by):
        raise PermissionDenied
    if number not in titles():
        raise Refused(_("Annex A has no control %(number)s.") % {"number": number})
    changes = _cleaned(values)
    _refuse_unreasoned(changes.get("applies"), changes.get("because"))
    made: Control = Control.objects.create(number=number, position=place(number), **changes)
    record("controls.control_added", made, by=by, facts=_facts(made, changes))
    return made


def record_put_back(control: Control, *, by: Person) -> None:
    """Record that a control is back at its values from before an import that was undone."""
    record("controls.control_put_back", control, by=by, facts={"number": control.number})


@transaction.atomic
def change_control(
    control: Control, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Describe how a control is met; keepers of the list also set applicability, reason and owner.

    Raises Refused for a control that applies to nothing without a reason, and Conflict.
    """
    if not control.can_be_changed_by(by):
        raise PermissionDenied
    if not Control.can_be_kept_by(by) and set(values) - set(OWN):
        raise PermissionDenied
    changes = _cleaned(values)
    _refuse_unreasoned(
        changes.get("applies", control.applies), changes.get("because", control.because)
    )
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
    """Set that many controls apply, or not, all for the same reason; return their number.

    With an owner that one answers for all of them. Raises Refused without a reason.
    """
    if not Control.can_be_kept_by(by):
        raise PermissionDenied
    words = clean_text(because, "because", WORD_LENGTH)
    if applies not in (Applies.YES, Applies.NO):
        raise Refused(applies=_("Must be filled in."))
    _refuse_unreasoned(applies, words)
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


def place(number: str) -> int:
    """Return a control's place in annex A."""
    return list(titles()).index(number)


def _refuse_unreasoned(applies: str | None, because: str | None) -> None:
    if applies and not because:
        raise Refused(because=_("Write why."))


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    links = values.get("links")
    found = clean_fields(Control, {name: one for name, one in values.items() if name != "links"})
    if links is not None:
        known = {one.key for one in shown_on(timezone.localdate())}
        found["links"] = sorted(set(links))
        if set(links) - known:
            raise Refused(links=_("Choose from the list."))
    return found


def _facts(control: Control, changes: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"number": control.number, "fields": sorted(changes)}
    if "applies" in changes:
        facts["applies"] = control.applies
    return facts
