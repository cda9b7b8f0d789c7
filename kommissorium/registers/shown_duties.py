"""Evidence from the duties of the wheel for the requirements they are tagged with.

A duty that somebody ticked as done shows nothing: it counts where evidence was handed in with it,
or where a committee's decision finished it, and no fault was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.registers.requirements import LASTS, Says, Shown
from kommissorium.yearwheel.models import Duty, Evidence, Occurrence
from kommissorium.yearwheel.standards import is_requirement


def shown_by_duties(day: date) -> Iterator[Shown]:
    """Yield what was found of the duties that are kept: the newest time, and what is overdue
    (three queries)."""
    kept = Duty.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), begins__lte=day)
    tags = {
        duty.pk: tuple(tag.name for tag in duty.tags.all() if is_requirement(tag.name))
        for duty in kept.prefetch_related("tags")
    }
    proof = Exists(Evidence.objects.filter(occurrence=OuterRef("pk")))
    rows = Occurrence.objects.filter(duty__in=[pk for pk, names in tags.items() if names])
    recent = Q(state="done", ended_at__date__range=(day - LASTS, day)) | Q(
        state="open", due__lt=day
    )
    found: Any = rows.filter(recent).annotate(is_proven=proof).select_related("duty", "meeting")
    newest: dict[int, Any] = {}
    for row in found.order_by("ended_at", "pk"):
        if row.is_open and not row.awaits_minutes:
            yield _overdue(row, tags[row.duty_id])
        elif not row.is_open:
            newest[row.duty_id] = row
    for row in newest.values():
        yield _done(row, tags[row.duty_id])


def _overdue(row: Any, names: tuple[str, ...]) -> Shown:
    return _shown(row, Says.AGAINST, row.due, names, _("It is late."))


def _done(row: Any, names: tuple[str, ...]) -> Shown:
    says, note = Says.CARRIED_OUT, ""
    if row.has_fault:
        says, note = Says.AGAINST, _("Faults were found.")
    elif not (row.is_proven or row.duty.by_decision):
        says, note = Says.PLANNED, _("Ticked as done, without evidence.")
    return _shown(row, says, timezone.localdate(row.ended_at), names, note)


def _shown(row: Any, says: Says, when: date, names: tuple[str, ...], note: str) -> Shown:
    return Shown(
        f"yearwheel.occurrence:{row.pk}",
        row.title,
        row.get_absolute_url(),
        says,
        when,
        requirements=names,
        note=note,
        committee=row.duty.committee_id,
    )
