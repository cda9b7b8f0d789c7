"""Agenda lines of awareness, besides those of activities: the half-year to evaluate."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import AwarenessEvaluation
from kommissorium.core.ui.localised import day
from kommissorium.measures.periods import Half
from kommissorium.registers.activity_told import ActivityAgenda
from kommissorium.registers.agenda import AgendaContext, Sentence, Weight


class AwarenessAgenda(ActivityAgenda):
    """Late and near activities, and the half-year to evaluate."""

    about = _("awareness")
    wanted = _(
        "asks those responsible to make up for late information and teaching before the next meeting"
    )

    def to_evaluate(self, context: AgendaContext) -> Iterator[Sentence]:
        half = Half.of(context.today).before
        held = self.ours(context).filter(held_on__range=(half.first, half.last))
        same = AwarenessEvaluation.objects.filter(
            year=half.year, number=half.number, committee=context.meeting.committee_id
        )
        if held.exists() and not same.filter(state__in=("proposed", "approved")).exists():
            values = {"half": half.label, "day": day(half.due)}
            text = gettext("%(half)s is to be evaluated by %(day)s.") % values
            yield Sentence(text, Weight.DECIDE)


AGENDA = AwarenessAgenda(KIND, lambda one: one.for_whom)
