"""Agenda lines of continuity, besides those the kit has for tests: plans missing or old."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommissorium.continuity.kind import KIND, for_what
from kommissorium.continuity.models import ContinuityEvaluation, ContinuityTest, Service
from kommissorium.continuity.service_status import Standing, statuses_of
from kommissorium.registers.activity_agenda import ActivityAgenda
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.drafting import Draft, Sentence, Source, Weight

SHOWN = 3  # tests to evaluate


class ContinuityAgenda(ActivityAgenda):
    """Late and near tests; services without plans, and tests held but not evaluated."""

    about = gettext_lazy("tests")
    wanted = gettext_lazy("decides when the late tests are held")

    def ongoing_draft(self, context: AgendaContext) -> Draft | None:
        lacking = list(_lacking(context))
        sentences = (*lacking, *self.of_held(context), *self._to_evaluate(context))
        points = (_("decides who writes the missing plans, and by when"),) if lacking else ()
        source = Source(_("Continuity"), reverse("continuity"))
        return Draft(sentences, points, (source,), _("continuity")) if sentences else None

    def _to_evaluate(self, context: AgendaContext) -> Iterator[Sentence]:
        for one in unevaluated(self.ours(context), "proposed", "approved")[:SHOWN]:
            text = _("“%(title)s” is to be evaluated.") % {"title": one.title}
            yield Sentence(text, Weight.DECIDE)


AGENDA = ContinuityAgenda(KIND, for_what)


def unevaluated(rows: QuerySet[ContinuityTest], *states: str) -> QuerySet[ContinuityTest]:
    """Return those of the tests held without a valid evaluation, the oldest first."""
    begun = ContinuityEvaluation.objects.filter(state__in=states)
    waiting = rows.exclude(held_on=None).exclude(pk__in=begun.values("test"))
    return waiting.order_by("held_on", "pk")


def _lacking(context: AgendaContext) -> Iterator[Sentence]:
    """Name the critical services without plans."""
    rows = statuses_of(Service.objects.in_use(), context.today)
    lacking = [one.service.title for one in rows if one.standing == Standing.LACKING]
    if lacking:
        text = ngettext(
            "%(number)d critical service lacks plans: %(names)s.",
            "%(number)d critical services lack plans: %(names)s.",
            len(lacking),
        )
        values = {"number": len(lacking), "names": ", ".join(lacking[:5])}
        yield Sentence(text % values, Weight.WORSE)
