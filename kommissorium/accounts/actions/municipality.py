"""Actions on the municipality's own settings and its Word templates."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.models.word_templates import WordTemplate
from kommissorium.core.actions.rows import update_row
from kommissorium.core.evidence.actions import record
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name
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
    closed_items_offline: bool = False,
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
        "closed_items_offline": closed_items_offline,
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


@transaction.atomic
def add_word_template(kind: str, data: bytes, name: str, *, by: Person) -> WordTemplate:
    """Put a template in use for a kind of document, in place of the one before.

    It has been examined (core.documents.word_template). Raises Refused (file) where there is no
    room for it.
    """
    if not Person.can_change_municipality(by):
        raise PermissionDenied
    name = clean_name(name)
    try:  # a .dotx is a .docx that says otherwise
        stored = store_file(data, f"{name.rpartition('.')[0] or name}.docx")
    except FileRefused as refused:
        raise Refused(file=str(refused)) from None
    WordTemplate.objects.filter(kind=kind, ended_at=None).update(ended_at=timezone.now())
    made = WordTemplate.objects.create(kind=kind, file=stored, name=name, added_by=by)
    facts = {"kind": kind, "name": name, "sha256": stored.pk}
    record("accounts.word_template_added", made, by=by, facts=facts)
    return made


@transaction.atomic
def end_word_template(template: WordTemplate, *, by: Person) -> None:
    """Take a template out of use. Raises Refused where that was done."""
    if not Person.can_change_municipality(by):
        raise PermissionDenied
    now = timezone.now()
    if not WordTemplate.objects.filter(pk=template.pk, ended_at=None).update(ended_at=now):
        raise Refused(_("The template is not in use any more."))
    facts = {"kind": template.kind, "name": template.name}
    record("accounts.word_template_ended", template, by=by, facts=facts)
