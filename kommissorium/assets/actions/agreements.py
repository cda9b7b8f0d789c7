"""Add data processing agreements, change and end them; write down how a supplier was overseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import GivenFile, kept_file, web_address
from kommissorium.assets.actions.suppliers import finish_on_wheel, follow_oversight
from kommissorium.assets.models import Agreement, Asset, Oversight, Supplier
from kommissorium.assets.models.suppliers import NAME_LENGTH, TEXT_LENGTH
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_line, clean_reason, clean_text, refuse_outside
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.yearwheel.cadence import nominal

MOST_MONTHS = 60
FIELDS = (
    *("title", "signed_on", "expires_on", "url", "oversight_model", "oversight_months"),
    *("next_oversight", "responsible"),
)


@dataclass(frozen=True)
class AgreementValues:
    """An agreement's values. `file` is a new one; without it the file there is stays.

    `assets` are those it covers, among the supplier's. `oversight_months` 0 means that no
    oversight recurs.
    """

    title: str
    signed_on: date | None = None
    expires_on: date | None = None
    url: str = ""
    file: GivenFile | None = None
    oversight_model: str = ""
    oversight_months: int = 12
    next_oversight: date | None = None
    responsible: Person | None = None
    assets: Sequence[Asset] = ()


@transaction.atomic
def add_agreement(supplier: Supplier, *, by: Person, values: AgreementValues) -> Agreement:
    """Add an agreement and put its oversight on the year wheel.

    Raises Refused for no title, dates that cannot be, oversight without a day, an address or a
    file that may not come in, a responsible who has left, and for assets of another supplier.
    """
    if not Supplier.can_be_kept_by(by):
        raise PermissionDenied
    if supplier.is_closed:
        raise Refused(_("The supplier is closed. Open it again first."))
    fields = _checked(values)
    covered = _covered(values.assets, supplier)
    made = Agreement.objects.create(supplier=supplier, **fields)
    made.assets.set(covered)
    record("assets.agreement_added", made, by=by, facts=_facts(made))
    follow_oversight(made, by=by)
    return made


@transaction.atomic
def change_agreement(
    agreement: Agreement, *, by: Person, values: AgreementValues, edit_version: int
) -> None:
    """Change an agreement. Raises Refused as add_agreement does, and for an ended one; Conflict."""
    if not Supplier.can_be_kept_by(by):
        raise PermissionDenied
    if agreement.is_over:
        raise Refused(_("The agreement has ended and cannot be changed."))
    covered = _covered(values.assets, agreement.supplier, agreement)
    fields = _checked(values, own=Agreement.objects.get(pk=agreement.pk))
    in_force = Agreement.objects.in_force()
    others = set(agreement.assets.values_list("pk", flat=True)) != {one.pk for one in covered}
    changed = update_row(
        agreement,
        fields,
        edit_version=edit_version,
        among=in_force,
        current=_current,
        anyway=others,
    )
    if others:
        agreement.assets.set(covered)
        changed.append("assets")
    if changed:
        facts = {"fields": sorted(changed), **_facts(agreement)}
        record("assets.agreement_changed", agreement, by=by, facts=facts)
    follow_oversight(agreement, by=by)


@transaction.atomic
def end_agreement(agreement: Agreement, *, by: Person, because: str) -> None:
    """End an agreement today, with a reason; no oversight of it is due any more. Raises Refused."""
    if not Supplier.can_be_kept_by(by):
        raise PermissionDenied
    because = clean_reason(because)
    row = Agreement.objects.in_force().filter(pk=agreement.pk)
    ended = {"ended_on": timezone.localdate(), "ended_because": because, "next_oversight": None}
    if not row.update(**ended, edit_version=agreement.edit_version + 1):
        raise Refused(_("It has been done already."))
    agreement.refresh_from_db()
    record("assets.agreement_ended", agreement, by=by)
    follow_oversight(agreement, by=by)


def _checked(values: AgreementValues, own: Agreement | None = None) -> dict[str, Any]:
    title = clean_line(values.title, "title", NAME_LENGTH, wanted=_("Give it a title."))
    _refuse_dates(values)
    if values.oversight_model and values.oversight_model not in Agreement.Model.values:
        raise Refused(oversight_model=_("Choose from the list."))
    kept = own is not None and own.responsible_id == getattr(values.responsible, "pk", None)
    if values.responsible and not values.responsible.is_active and not kept:
        text = _("%(name)s has left. Choose somebody else.") % {"name": values.responsible.name}
        raise Refused(responsible=text)
    fields = {name: getattr(values, name) for name in FIELDS}
    fields |= {"title": title, "url": web_address(values.url)}
    if values.file:
        fields["file"], fields["file_name"] = kept_file(values.file)
    return fields


def _refuse_dates(values: AgreementValues) -> None:
    signed, expires = values.signed_on, values.expires_on
    if signed and signed > timezone.localdate():
        raise Refused(signed_on=_("The day has not come yet. Choose today or an earlier day."))
    if signed and expires and expires < signed:
        raise Refused(expires_on=_("It cannot expire before it was signed."))
    refuse_outside(values.oversight_months, "oversight_months", 0, MOST_MONTHS)
    if values.oversight_months and values.next_oversight is None:
        text = _("Say when the next oversight is due, or write 0 months where there is to be none.")
        raise Refused(next_oversight=text)


def _covered(
    assets: Sequence[Asset], supplier: Supplier, agreement: Agreement | None = None
) -> list[Asset]:
    before = set(agreement.assets.values_list("pk", flat=True)) if agreement else set()
    for asset in assets:
        if asset.supplier_id != supplier.pk and asset.pk not in before:
            text = _("“%(name)s” is with another supplier.") % {"name": asset.name}
            raise Refused(assets=text)
    return list(assets)


def _facts(agreement: Agreement) -> dict[str, Any]:
    covered = sorted(agreement.assets.values_list("pk", flat=True))
    next_day = {"next": agreement.next_oversight} if agreement.next_oversight else {}
    file = {"file": agreement.file_id} if agreement.file_id else {}
    return {"assets": covered, **next_day, **file}


def _current(now: Agreement) -> dict[str, Any]:
    values = {name: getattr(now, name) for name in FIELDS}
    return {**values, "assets": list(now.assets.all()), "edit_version": now.edit_version}


@dataclass(frozen=True)
class OversightValues:
    """An oversight's method, its result, and its evidence."""

    model: str
    done_on: date
    result: str
    conclusion: str
    url: str = ""
    file: GivenFile | None = None


@transaction.atomic
def write_oversight(agreement: Agreement, *, by: Person, values: OversightValues) -> Oversight:
    """Write an oversight that was carried out; the next one is due the agreed months after it.

    Raises Refused for no conclusion, model or result, a day to come or before the last one,
    a file or an address that may not come in, and an agreement that has ended.
    """
    # Of two who write at once the second waits here and is told that the day is taken.
    now = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if now.is_over:
        raise Refused(_("The agreement has ended and cannot be changed."))
    if not now.oversight_can_be_done_by(by):
        raise PermissionDenied
    conclusion = _checked_oversight(now, values)
    url = web_address(values.url)
    file, file_name = kept_file(values.file) if values.file else (None, "")
    made = Oversight.objects.create(
        agreement=now,
        model=values.model,
        done_on=values.done_on,
        due=now.next_oversight,
        result=values.result,
        conclusion=conclusion,
        url=url,
        file=file,
        file_name=file_name,
        by=by,
        at=timezone.now(),
    )
    finish_on_wheel(made, by=by)
    _plan_next(agreement, values.done_on, by)
    record("assets.oversight_done", agreement, by=by, facts=_facts_of_oversight(made, agreement))
    return made


def _plan_next(agreement: Agreement, done_on: date, by: Person) -> None:
    months = Agreement.objects.values_list("oversight_months", flat=True).get(pk=agreement.pk)
    next_day = nominal(done_on, months, 1) if months else None
    row = Agreement.objects.filter(pk=agreement.pk)
    row.update(next_oversight=next_day, edit_version=F("edit_version") + 1)
    agreement.refresh_from_db()
    follow_oversight(agreement, by=by)


def _checked_oversight(agreement: Agreement, values: OversightValues) -> str:
    """Return the conclusion. Raises Refused for what is missing or impossible."""
    if values.model not in Agreement.Model.values:
        raise Refused(model=_("Choose one of the options."))
    if values.result not in Oversight.Result.values:
        raise Refused(result=_("Choose one of the options."))
    if values.done_on > timezone.localdate():
        raise Refused(done_on=_("The day has not come yet. Choose today or an earlier day."))
    last = agreement.oversights.order_by("-done_on").first()
    if last is not None and values.done_on <= last.done_on:
        raise Refused(done_on=_("An oversight on that day or later has already been recorded."))
    found = clean_text(values.conclusion, "conclusion", TEXT_LENGTH)
    if not found:
        raise Refused(conclusion=_("Say what the oversight showed, and what it means for us."))
    return found


def _facts_of_oversight(made: Oversight, agreement: Agreement) -> dict[str, object]:
    next_day = {"next": agreement.next_oversight} if agreement.next_oversight else {}
    file = {"file": made.file_id} if made.file_id else {}
    facts = {"oversight": made.pk, "result": made.result, "done": made.done_on}
    return {**facts, **next_day, **file}
