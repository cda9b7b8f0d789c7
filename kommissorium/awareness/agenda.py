"""What awareness says on agendas: facts under ongoing work and the year wheel, and drafts of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.awareness.halves import Half
from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import AwarenessActivity, AwarenessEvaluation
from kommissorium.awareness.models.activities import AwarenessActivityQuerySet
from kommissorium.core.ui.localised import day
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.agenda import AgendaContext, Tables
from kommissorium.registers.drafting import Draft, Sentence, Source, Weight
from kommissorium.registers.models.activities import ActivityState

AHEAD: Final = timedelta(days=90)  # a meeting is told of what lies this near


def held_since(context: AgendaContext) -> list[AwarenessActivity]:
    """Return what was held since the committee's last meeting (two queries)."""
    rows = _ours(context).filter(held_on__isnull=False)
    if context.met_before:
        rows = rows.filter(held_on__gte=timezone.localdate(context.met_before))
    found = list(rows.order_by("held_on", "pk"))
    KIND.prepare(found)
    return found


def to_come(context: AgendaContext) -> list[AwarenessActivity]:
    """Return what is late, and what is to be held within three months (one query)."""
    rows = _ours(context).filter(held_on=None, called_off_at=None)
    return list(rows.filter(planned_for__lte=context.today + AHEAD).order_by("planned_for", "pk"))


def _ours(context: AgendaContext) -> AwarenessActivityQuerySet:
    found = AwarenessActivity.objects.approved().select_related("plan", "responsible", "area")
    return found.filter(plan__committee=context.meeting.committee_id)


def news_table(context: AgendaContext) -> FactTable | None:
    """Return what was held since the last meeting, for the item about ongoing work."""
    found = context.once(held_since)
    if not found:
        return None
    rows = tuple(
        FactRow(
            f"awareness.held:{one.pk}",
            (
                one.title,
                one.for_whom,
                day(one.held_on),
                ", ".join(f"{label}: {value}" for label, value in KIND.results(one)) or "–",
            ),
            one.get_absolute_url(),
        )
        for one in found
    )
    columns = (_("What was held"), _("For whom"), _("Held on"), _("Figures"))
    return FactTable("awareness", _("Awareness"), "", columns, rows)


def coming_tables(context: AgendaContext) -> Tables:
    """Return what is late and what is to come, for the item of the year wheel."""
    found = context.once(to_come)
    if not found:
        return ()
    rows = tuple(
        FactRow(
            f"awareness.coming:{one.pk}",
            (one.title, one.for_whom, day(one.planned_for), one.responsible.name),
            one.get_absolute_url(),
            urgent=one.state_on(context.today) == ActivityState.LATE,
        )
        for one in found
    )
    columns = (_("What is to be done"), _("For whom"), _("To be held by"), _("Who answers for it"))
    heading = _("Planned information and teaching")
    return (FactTable("awareness_coming", heading, "", columns, rows),)


def ongoing_draft(context: AgendaContext) -> Draft | None:
    """Return what was held since the last meeting, in sentences; None where nothing was."""
    found = context.once(held_since)
    if not found:
        return None
    return Draft(tuple(_of_held(found)), (), (_source(),), _("awareness"))


def year_wheel_draft(context: AgendaContext) -> Draft | None:
    """Return what is late or near, and that a half-year is to be evaluated; None for nothing."""
    sentences = (*_of_late(context), *_of_half(context))
    if not sentences:
        return None
    points = []
    if any(one.weight == Weight.WORSE for one in sentences):
        points.append(_("decides how what is late of information and teaching is made good"))
    return Draft(sentences, tuple(points), (_source(),), _("awareness"))


def _source() -> Source:
    return Source(_("Awareness"), reverse("awareness"))


def _of_held(found: Sequence[AwarenessActivity]) -> Iterator[Sentence]:
    for one in found:
        told = ", ".join(f"{label.lower()}: {value}" for label, value in KIND.results(one))
        values = {"title": one.title, "whom": one.for_whom, "figures": told}
        text = _("“%(title)s” (%(whom)s) was held.")
        text = _("“%(title)s” (%(whom)s) was held: %(figures)s.") if told else text
        is_missed = one.outcome == one.Outcome.NOT_MET
        yield Sentence(text % values, Weight.WORSE if is_missed else Weight.NEWS)


def _of_late(context: AgendaContext) -> Iterator[Sentence]:
    found = context.once(to_come)
    late = [one for one in found if one.state_on(context.today) == ActivityState.LATE]
    if late:
        text = ngettext(
            "“%(title)s” was to be held by %(day)s and is not.",
            "%(number)d activities are late, the first “%(title)s”.",
            len(late),
        )
        values = {"title": late[0].title, "day": day(late[0].planned_for), "number": len(late)}
        yield Sentence(text % values, Weight.WORSE)
    if number := len(found) - len(late):
        text = ngettext(
            "%(number)d campaign, course or simulation is planned for the next three months.",
            "%(number)d campaigns, courses and simulations are planned for the next three months.",
            number,
        )
        yield Sentence(text % {"number": number})


def _of_half(context: AgendaContext) -> Iterator[Sentence]:
    """Say that the half-year that has ended is not evaluated, where something was held in it."""
    half = Half.of(context.today).before
    held = _ours(context).filter(held_on__range=(half.first, half.last))
    same = AwarenessEvaluation.objects.filter(
        year=half.year, number=half.number, committee=context.meeting.committee_id
    )
    if held.exists() and not same.filter(state__in=("proposed", "approved")).exists():
        values = {"half": half.label, "day": day(half.due)}
        text = _("%(half)s is to be evaluated by %(day)s.") % values
        yield Sentence(text, Weight.DECIDE)
