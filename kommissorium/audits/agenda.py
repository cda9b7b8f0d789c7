"""What audits say on agendas, beside what the kit says of activities: what is to be evaluated."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from kommissorium.audits.kind import KIND
from kommissorium.audits.models import Audit, AuditEvaluation
from kommissorium.audits.scope import scope_in_words
from kommissorium.registers.activity_agenda import ActivityAgenda
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.drafting import Draft, Sentence, Weight

AGENDA = ActivityAgenda(KIND, scope_in_words)


def ongoing_draft(context: AgendaContext) -> Draft | None:
    """Return what was held since the last meeting, in sentences; None where nothing was."""
    sentences = tuple(AGENDA.of_held(context))
    return Draft(sentences, (), (AGENDA.source(),), _("audits")) if sentences else None


def year_wheel_draft(context: AgendaContext) -> Draft | None:
    """Return what is late or near, and which audits are to be evaluated; None for nothing."""
    sentences = (*AGENDA.of_coming(context), *_of_unevaluated(context))
    is_late = any(one.weight == Weight.WORSE for one in sentences)
    points = (_("decides how the audit that is late is held"),) if is_late else ()
    return Draft(sentences, points, (AGENDA.source(),), _("audits")) if sentences else None


def _of_unevaluated(context: AgendaContext) -> Iterator[Sentence]:
    """Say which audits have their report and lie before no committee."""
    for audit in unevaluated(AGENDA.ours(context)):
        text = _("The report of “%(title)s” is to be evaluated.") % {"title": audit.title}
        yield Sentence(text, Weight.DECIDE)


def unevaluated(rows: object) -> Iterator[Audit]:
    """Yield those of the audits that have their report and whose evaluation nobody has put forward."""
    brought = AuditEvaluation.objects.filter(audit=OuterRef("pk"))
    begun = Exists(brought.filter(state__in=("proposed", "approved")))
    yield from rows.filter(~begun, report__isnull=False).order_by("held_on", "pk")  # type: ignore[attr-defined]
