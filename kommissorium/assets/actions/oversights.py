"""Record oversight of a supplier, and its conclusion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.handing_in import GivenFile, kept_file, web_address
from kommissorium.assets.actions.oversight_wheel import finish_on_wheel, follow_oversight
from kommissorium.assets.models import Agreement, Oversight
from kommissorium.assets.models.suppliers import TEXT_LENGTH
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.yearwheel.cadence import nominal


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
    conclusion = _checked(now, values)
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
    record("assets.oversight_done", agreement, by=by, facts=_facts(made, agreement))
    return made


def _plan_next(agreement: Agreement, done_on: date, by: Person) -> None:
    months = Agreement.objects.values_list("oversight_months", flat=True).get(pk=agreement.pk)
    next_day = nominal(done_on, months, 1) if months else None
    row = Agreement.objects.filter(pk=agreement.pk)
    row.update(next_oversight=next_day, edit_version=F("edit_version") + 1)
    agreement.refresh_from_db()
    follow_oversight(agreement, by=by)


def _checked(agreement: Agreement, values: OversightValues) -> str:
    """Return the conclusion. Raises Refused for what is missing or impossible."""
    if values.model not in Agreement.Model.values:
        raise Refused(model=_("Choose how the oversight was done."))
    if values.result not in Oversight.Result.values:
        raise Refused(result=_("Choose a result."))
    if values.done_on > timezone.localdate():
        raise Refused(done_on=_("That day has not come yet."))
    last = agreement.oversights.order_by("-done_on").first()
    if last is not None and values.done_on <= last.done_on:
        raise Refused(done_on=_("An oversight on that day or later has already been recorded."))
    found = clean_text(values.conclusion, "conclusion", TEXT_LENGTH)
    if not found:
        raise Refused(conclusion=_("Say what the oversight showed, and what it means for us."))
    return found


def _facts(made: Oversight, agreement: Agreement) -> dict[str, object]:
    next_day = {"next": agreement.next_oversight} if agreement.next_oversight else {}
    file = {"file": made.file_id} if made.file_id else {}
    facts = {"oversight": made.pk, "result": made.result, "done": made.done_on}
    return {**facts, **next_day, **file}
