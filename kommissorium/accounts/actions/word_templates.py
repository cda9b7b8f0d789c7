"""Actions on the municipality's Word templates: add one, let one go."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.models.word_templates import WordTemplate
from kommissorium.core.evidence.actions import record
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name
from kommissorium.core.refusals import Refused


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
