"""All that registers, duties and activities show of the requirements of standards.

A duty that somebody ticked as done shows nothing: it counts where evidence was handed in with it,
or where a committee's decision finished it, and no fault was found.

What is shown of today is kept until something is done (core/evidence/kept.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.evidence.kept import KeptAnswers
from kommissorium.registers.activities import ActivityKind
from kommissorium.registers.installed import registers
from kommissorium.registers.models.activities import Activity, ActivityOutcome, ActivityState
from kommissorium.registers.requirements import LASTS, Says, Shown
from kommissorium.yearwheel.models import Duty, Evidence, Occurrence
from kommissorium.yearwheel.standards import is_requirement

OF_OUTCOME = {ActivityOutcome.NOT_MET: Says.AGAINST}
OF_STATE = {ActivityState.LATE: Says.AGAINST, ActivityState.PLANNED: Says.PLANNED}


def shown_by_activities(kind: ActivityKind[Any], day: date) -> Iterator[Shown]:
    """Yield what the plan in force and the activities of the last year show (two queries).

    A plan lays down what is to be done. An activity that was held and reached what was wanted
    shows that it is; one that is late, or whose newest of the same title did not reach it, speaks
    against it.
    """
    if not kind.requirements:
        return
    plans = kind.plan.model._default_manager.filter(state__in=["draft", "proposed", "approved"])  # noqa: SLF001
    for plan in plans.filter(Q(in_force_to=None) | Q(in_force_to__gt=day)):
        says = Says.LAID_DOWN if plan.is_in_force_on(day) else Says.PLANNED
        yield Shown(
            f"{kind.plan.kind}:{plan.pk}",
            kind.plan.title_of(plan),
            plan.get_absolute_url() if plan.is_approved else "",
            says,
            plan.in_force_from,
            requirements=kind.requirements,
        )
    recent = Q(held_on=None, planned_for__gte=day - LASTS) | Q(held_on__range=(day - LASTS, day))
    rows = kind.model._default_manager.filter(recent, plan__state="approved", called_off_at=None)  # noqa: SLF001
    newest = {one.title: one for one in rows.order_by("held_on", "pk") if one.held_on}
    for row in rows:
        if row.held_on is None or newest[row.title].pk == row.pk:
            yield _shown(kind, row, day)


_ACTIVITIES: Final = gettext_lazy("%(n)d activities, the oldest of %(day)s")


def _shown(kind: ActivityKind[Any], row: Activity, day: date) -> Shown:
    state = row.state_on(day)
    held = OF_OUTCOME.get(ActivityOutcome(row.outcome), Says.CARRIED_OUT) if row.outcome else None
    name = row._meta.label_lower  # noqa: SLF001 Django's documented model API
    return Shown(
        f"{name}:{row.pk}",
        row.title,
        row.get_absolute_url(),
        held or OF_STATE.get(state, Says.PLANNED),
        row.held_on or row.planned_for,
        requirements=kind.requirements_of(row),
        note=_("It is late.") if state == ActivityState.LATE else "",
        several=_ACTIVITIES,
    )


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
    return _duty_shown(row, Says.AGAINST, row.due, names, _("It is late."))


def _done(row: Any, names: tuple[str, ...]) -> Shown:
    says, note = Says.CARRIED_OUT, ""
    if row.has_fault:
        says, note = Says.AGAINST, _("Faults were found.")
    elif not (row.is_proven or row.duty.by_decision):
        says, note = Says.PLANNED, _("Ticked as done, without evidence.")
    return _duty_shown(row, says, timezone.localdate(row.ended_at), names, note)


def _duty_shown(row: Any, says: Says, when: date, names: tuple[str, ...], note: str) -> Shown:
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


_SHOWN: Final = KeptAnswers[None, Sequence[Shown]](most=1)


def shown_on(day: date) -> Sequence[Shown]:
    """Return all that is shown on the day: today's by one query where nothing was done since."""
    if day != timezone.localdate():
        return _asked(day)
    return _SHOWN.answer(None, lambda: _asked(day))


def _asked(day: date) -> list[Shown]:
    found = [one for register in registers() for one in register.shows(day)]
    return [*found, *shown_by_duties(day)]
