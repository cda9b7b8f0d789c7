"""Add, change, close and reopen suppliers; their oversight on the year wheel."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Agreement, Oversight, RegisterSettings, Supplier
from kommissorium.assets.models.suppliers import NAME_LENGTH, TEXT_LENGTH
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_line, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import reference
from kommissorium.core.refusals import Refused
from kommissorium.core.word_search import is_named
from kommissorium.yearwheel.actions import GivenEvidence, RegisterDuty, keep_due, register_done
from kommissorium.yearwheel.models import Evidence

KEY: Final = "assets.oversight"


def source_of(agreement: Agreement) -> str:
    """Return the source key of the agreement's oversight on the year wheel."""
    return f"assets.agreement:{agreement.pk}:oversight"


def follow_oversight(agreement: Agreement, *, by: Person) -> None:
    """Keep the agreement's next oversight on the wheel up to date; nothing for an ended one."""
    committee = RegisterSettings.current().wheel_committee
    if committee is None:
        return
    responsible = agreement.responsible
    keep_due(
        _duty(),
        committee,
        source=source_of(agreement),
        link=agreement.get_absolute_url(),
        due=None if agreement.is_over else agreement.next_oversight,
        occasion=f"{agreement.supplier.name}, {agreement.title}",
        delegate=responsible if responsible and responsible.is_active else None,
        by=by,
    )


def finish_on_wheel(oversight: Oversight, *, by: Person) -> None:
    """Note on the wheel that the oversight was done, with the oversight itself as evidence."""
    agreement = oversight.agreement
    kind, key = reference(oversight)
    shown = [
        GivenEvidence(
            Evidence.Kind.ROW,
            label=f"{agreement.supplier.name}, {agreement.title}",
            url=agreement.get_absolute_url(),
            object_kind=kind,
            object_id=key,
        )
    ]
    if oversight.url:
        shown.append(GivenEvidence(Evidence.Kind.LINK, label=oversight.url, url=oversight.url))
    register_done(
        source_of(agreement),
        by=by,
        result=oversight.result,
        conclusion=oversight.conclusion,
        evidence=shown,
    )


def _duty() -> RegisterDuty:
    return RegisterDuty(
        key=KEY,
        title=_("Oversight of a supplier that processes personal data"),
        method=_(
            "Get the report or ask the questions that were agreed, and read the answer. See whether"
            " the remarks of last time are dealt with. Write down what it means for us."
        ),
        success=_("There is a conclusion, and every remark has somebody who follows it up."),
        evidence_wanted=_("The report or the answers, and the conclusion"),
        measure="",
        lead_days=60,
        requirements=("ISO 27001 8.1", "ISO 27002 5.19", "ISO 27002 5.22", "NIS 2 § 6 nr. 4"),
    )


CVR: Final = re.compile(r"[0-9]{8}")
EMAIL_LENGTH, PHONE_LENGTH = 254, 40


@dataclass(frozen=True)
class SupplierValues:
    """A supplier's values. The CVR number may be written with spaces and "DK"."""

    name: str
    cvr: str = ""
    contact: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""


@transaction.atomic
def add_supplier(*, by: Person, values: SupplierValues) -> Supplier:
    """Add a supplier.

    Raises Refused for no name, for a name or CVR number another has, and for a CVR number or an
    e-mail address that is none.
    """
    if not Supplier.can_be_kept_by(by):
        raise PermissionDenied
    supplier = Supplier.objects.create(**asdict(_checked(values)))
    record("assets.supplier_added", supplier, by=by)
    return supplier


@transaction.atomic
def change_supplier(
    supplier: Supplier, *, by: Person, values: SupplierValues, edit_version: int
) -> None:
    """Change a supplier. Raises Refused as add_supplier does, and for a closed one; Conflict."""
    if not Supplier.can_be_kept_by(by):
        raise PermissionDenied
    if supplier.is_closed:
        raise Refused(_("The supplier is closed and cannot be changed."))
    fields = asdict(_checked(values, own=supplier.pk))
    in_use = Supplier.objects.in_use()
    changed = update_row(supplier, fields, edit_version=edit_version, among=in_use, anyway=False)
    if changed:
        record("assets.supplier_changed", supplier, by=by, facts={"fields": sorted(changed)})
    if "name" in changed:
        for agreement in supplier.agreements.in_force().select_related("supplier", "responsible"):
            follow_oversight(agreement, by=by)


@transaction.atomic
def close_supplier(supplier: Supplier, *, by: Person) -> None:
    """Close a supplier: it can no longer be chosen. Raises Refused while something is with it."""
    if not Supplier.can_be_kept_by(by):
        raise PermissionDenied
    Supplier.objects.select_for_update().get(pk=supplier.pk)
    _refuse_used(supplier)
    if not Supplier.objects.in_use().filter(pk=supplier.pk).update(closed_on=timezone.localdate()):
        raise Refused(_("It has been done already."))
    supplier.refresh_from_db()
    record("assets.supplier_closed", supplier, by=by)


@transaction.atomic
def reopen_supplier(supplier: Supplier, *, by: Person) -> None:
    """Let a closed supplier be chosen again. Raises Refused for one that is not closed."""
    if not Supplier.can_be_kept_by(by):
        raise PermissionDenied
    closed = Supplier.objects.filter(pk=supplier.pk, closed_on__isnull=False)
    if not closed.update(closed_on=None):
        raise Refused(_("The supplier is not closed."))
    supplier.refresh_from_db()
    record("assets.supplier_reopened", supplier, by=by)


def _refuse_used(supplier: Supplier) -> None:
    count = supplier.assets.in_register().count()
    if count:
        sentence = ngettext(
            "%(count)d system in the register is with the supplier. Give it another one first.",
            "%(count)d systems in the register are with the supplier. Give them another one first.",
            count,
        )
        raise Refused(sentence % {"count": count})
    count = supplier.agreements.in_force().count()
    if count:
        sentence = ngettext(
            "%(count)d agreement with the supplier is in force. End it first.",
            "%(count)d agreements with the supplier are in force. End them first.",
            count,
        )
        raise Refused(sentence % {"count": count})


def _checked(values: SupplierValues, own: int = 0) -> SupplierValues:
    name = clean_line(values.name, "name", NAME_LENGTH, wanted=_("Write a name."))
    same = Supplier.objects.filter(is_named(name)).exclude(pk=own).first()
    if same is not None:
        if same.is_closed:
            raise Refused(name=_("A closed supplier has that name. Open that one again."))
        raise Refused(name=_("The name is taken already. Choose another."))
    return SupplierValues(
        name=name,
        cvr=_cvr(values.cvr, own),
        contact=clean_line(values.contact, "contact", NAME_LENGTH),
        email=_email(values.email),
        phone=clean_line(values.phone, "phone", PHONE_LENGTH),
        note=clean_text(values.note, "note", TEXT_LENGTH),
    )


def _cvr(given: str, own: int) -> str:
    # New numbers follow no check digit any more, so eight digits is all there is to ask.
    number = re.sub(r"[\s.-]", "", given).upper().removeprefix("DK")
    if not number:
        return ""
    if not CVR.fullmatch(number):
        raise Refused(cvr=_("A CVR number has eight digits."))
    if same := Supplier.objects.filter(cvr=number).exclude(pk=own).first():
        raise Refused(cvr=_("“%(name)s” has it already.") % {"name": same.name})
    return number


def _email(given: str) -> str:
    address = clean_line(given, "email", EMAIL_LENGTH)
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise Refused(email=_("Write an e-mail address like name@example.dk.")) from None
    return address
