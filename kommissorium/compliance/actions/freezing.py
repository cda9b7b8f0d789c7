"""Freeze an answer: at the end of each month, with minutes, and whenever it is taken out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.compliance.frozen import content_of, pdf_content
from kommissorium.compliance.fulfilment import month_ends
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.models import ANSWER, ANSWER_PDF, FrozenAnswer
from kommissorium.compliance.months import first_day
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.evidence.canonical import canonical, sha256
from kommissorium.core.evidence.models import Record, reference
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_committee

MONTHS = 36  # whose ends are frozen, late if need be


@transaction.atomic
def freeze_answer(committee: Committee, on: date, *, by: Person | None, why: str) -> FrozenAnswer:
    """Freeze the answer on a day in both readings; the same on the same head of the chain is one.

    Raises PermissionDenied for who does not follow the committee, Refused for a day to come.
    """
    if by and not Committee.objects.visible_to(by).filter(pk=committee.pk).exists():
        raise PermissionDenied
    today = timezone.localdate()
    if on > today:
        raise Refused(_("The day has not come yet. Choose today or an earlier day."))
    lock_committee(committee)
    content = content_of(committee, history_of(committee, on), on)
    same = FrozenAnswer.objects.of(committee).filter(
        on=on, record__content_hash=sha256(canonical(content))
    )
    if found := same.select_related("record").defer("record__pdf").first():
        return found
    row = FrozenAnswer.objects.create(
        committee=committee,
        on=on,
        frozen_on=today,
        why=why,
        mandate_id=content["mandate"] and content["mandate"]["key"],
        states={str(one["key"]): one["then"]["state"] for one in content["clauses"]},
        record=freeze(ANSWER, committee, by=by, content=content),
    )
    told = {"on": on, "why": why, "record": row.record_id, "content_hash": row.record.content_hash}
    record("compliance.answer_frozen", committee, by=by, facts=told)
    return row


def kept_pdf(row: FrozenAnswer, known: date) -> bytes | None:
    """Return the PDF that was frozen of an answer on this head of the chain; None where none was."""
    kind, key = reference(row)
    digest = sha256(canonical(pdf_content(row, known)))
    kept = Record.objects.filter(
        kind=ANSWER_PDF, object_kind=kind, object_id=key, content_hash=digest
    ).first()
    return bytes(kept.pdf or b"") if kept else None


def freeze_pdf(row: FrozenAnswer, known: date, pdf: bytes, *, by: Person | None) -> Record:
    """Freeze the PDF that was made of an answer, as whoever takes it out gets it."""
    if by and not Committee.objects.visible_to(by).filter(pk=row.committee_id).exists():
        raise PermissionDenied
    return freeze(ANSWER_PDF, row, by=by, content=pdf_content(row, known), pdf=pdf)


def freeze_month_ends() -> int:
    """Freeze the answers of the months that ended; return how many. What was missed is made up for."""
    found = 0
    ends = month_ends(timezone.localdate(), MONTHS + 1)[:-1]
    for committee in Committee.objects.all():
        for on in _missing(committee, ends):
            freeze_answer(committee, on, by=None, why=FrozenAnswer.Why.MONTH_END)
            found += 1
    return found


def _missing(committee: Committee, ends: Iterable[date]) -> list[date]:
    """Return the ends of months with a mandate in force, as known then, that are not frozen."""
    first = first_day(committee)
    if first is None:
        return []
    there = set(FrozenAnswer.objects.final().of(committee).values_list("on", flat=True))
    return [on for on in ends if on >= first and on not in there]
