"""What continuity says on agendas, beside what the kit says of tests: plans that lack or are old."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.continuity.kind import KIND, for_what
from kommissorium.continuity.models import ContinuityEvaluation, Service
from kommissorium.continuity.service_status import Standing, statuses_of
from kommissorium.registers.activity_agenda import ActivityAgenda
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.drafting import Draft, Sentence, Source, Weight

AGENDA = ActivityAgenda(KIND, for_what)


def ongoing_draft(context: AgendaContext) -> Draft | None:
    """Return which critical services lack plans, and what was tested; None for nothing."""
    sentences = (*_of_plans(context), *AGENDA.of_held(context), *_of_evaluations(context))
    points: tuple[str, ...] = ()
    if any(one.weight == Weight.WORSE for one in sentences):
        points = (_("decides who writes the plans that lack, and by when"),)
    source = Source(_("Continuity"), reverse("continuity"))
    return Draft(sentences, points, (source,), _("continuity")) if sentences else None


def year_wheel_draft(context: AgendaContext) -> Draft | None:
    """Return which tests are late or near; None for nothing."""
    sentences = tuple(AGENDA.of_coming(context))
    is_late = any(one.weight == Weight.WORSE for one in sentences)
    points = (_("decides when the late tests are held"),) if is_late else ()
    return Draft(sentences, points, (AGENDA.source(),), _("tests")) if sentences else None


def _of_plans(context: AgendaContext) -> Iterator[Sentence]:
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


def _of_evaluations(context: AgendaContext) -> Iterator[Sentence]:
    """Say which tests were held and are not evaluated."""
    done = ContinuityEvaluation.objects.filter(state__in=("proposed", "approved"))
    held = AGENDA.ours(context).exclude(held_on=None).exclude(pk__in=done.values("test"))
    for one in held.order_by("held_on", "pk")[:3]:
        text = _("“%(title)s” is to be evaluated.") % {"title": one.title}
        yield Sentence(text, Weight.DECIDE)
