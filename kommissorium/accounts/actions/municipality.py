"""Actions on the municipality's own settings."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.actions.rows import update_row
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused


@transaction.atomic
def found_municipality(*, name: str, is_demo: bool = False, by: Person | None) -> Municipality:
    """Make the municipality of a new database. Raises Refused when it is there already."""
    if Municipality.objects.exists():
        raise Refused(_("This database already belongs to a municipality."))
    municipality = Municipality.objects.create(
        pk=1, name=name, is_demo=is_demo, mfa_required=not is_demo
    )
    record("accounts.municipality_founded", municipality, by=by, facts={"name": name})
    return municipality


@transaction.atomic
def change_municipality(
    municipality: Municipality,
    *,
    by: Person,
    name: str,
    mfa_required: bool,
    anchor_email: str,
    edit_version: int,
    one_may_adopt_mandates: bool = False,
    top_management: str = "",
) -> None:
    """Change the municipality's settings. Raises Conflict when somebody saved first."""
    if not Person.can_change_municipality(by):
        raise PermissionDenied
    values = {
        "name": name,
        "mfa_required": mfa_required,
        "anchor_email": anchor_email,
        "one_may_adopt_mandates": one_may_adopt_mandates,
        "top_management": top_management,
    }
    update_row(municipality, values, edit_version=edit_version)
    facts = {name: value for name, value in values.items() if name != "anchor_email"}
    record("accounts.municipality_changed", municipality, by=by, facts=facts)


@transaction.atomic
def finish_setup(municipality: Municipality, *, by: Person) -> None:
    """Note that the setup assistant was gone through."""
    if not Person.can_change_municipality(by):
        raise PermissionDenied
    Municipality.objects.filter(pk=municipality.pk).update(setup_finished_at=timezone.now())
    record("accounts.setup_finished", municipality, by=by)
