"""What awareness says on agendas, beside what the kit says of activities: the half-year to evaluate."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import AwarenessActivity, AwarenessEvaluation
from kommissorium.core.ui.localised import day
from kommissorium.registers.activity_agenda import ActivityAgenda
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.drafting import Draft, Sentence, Weight
from kommissorium.registers.halves import Half


def _whom(one: AwarenessActivity) -> str:
    return one.for_whom


AGENDA = ActivityAgenda(KIND, _whom)


def ongoing_draft(context: AgendaContext) -> Draft | None:
    """Return what was held since the last meeting, in sentences; None where nothing was."""
    sentences = tuple(AGENDA.of_held(context))
    return Draft(sentences, (), (AGENDA.source(),), _("awareness")) if sentences else None


def year_wheel_draft(context: AgendaContext) -> Draft | None:
    """Return what is late or near, and that a half-year is to be evaluated; None for nothing."""
    sentences = (*AGENDA.of_coming(context), *_of_half(context))
    is_late = any(one.weight == Weight.WORSE for one in sentences)
    late = _("decides how what is late of information and teaching is made good")
    points = (late,) if is_late else ()
    return Draft(sentences, points, (AGENDA.source(),), _("awareness")) if sentences else None


def _of_half(context: AgendaContext) -> Iterator[Sentence]:
    """Say that the half-year that has ended is not evaluated, where something was held in it."""
    half = Half.of(context.today).before
    held = AGENDA.ours(context).filter(held_on__range=(half.first, half.last))
    same = AwarenessEvaluation.objects.filter(
        year=half.year, number=half.number, committee=context.meeting.committee_id
    )
    if held.exists() and not same.filter(state__in=("proposed", "approved")).exists():
        values = {"half": half.label, "day": day(half.due)}
        text = _("%(half)s is to be evaluated by %(day)s.") % values
        yield Sentence(text, Weight.DECIDE)
