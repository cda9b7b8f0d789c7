"""Agenda lines of audits, besides those the kit has for activities: audits to evaluate."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.audits.kind import KIND
from kommissorium.audits.models import Audit, AuditEvaluation
from kommissorium.audits.scope import scope_in_words
from kommissorium.registers.activity_told import ActivityAgenda
from kommissorium.registers.agenda import AgendaContext, Sentence, Weight


class AuditAgenda(ActivityAgenda):
    """Late and near audits, and those with a report that no committee has received."""

    about = _("audits")
    wanted = _("asks those responsible to hold the audit that is late before the next meeting")

    def to_evaluate(self, context: AgendaContext) -> Iterator[Sentence]:
        for audit in unevaluated(self.ours(context)):
            text = gettext("The report of “%(title)s” is to be evaluated.") % {"title": audit.title}
            yield Sentence(text, Weight.DECIDE)


AGENDA = AuditAgenda(KIND, scope_in_words)


def unevaluated(rows: QuerySet[Audit]) -> Iterator[Audit]:
    """Yield those of the audits with a report whose evaluation nobody has put forward."""
    brought = AuditEvaluation.objects.filter(audit=OuterRef("pk"))
    begun = Exists(brought.filter(state__in=("proposed", "approved")))
    yield from rows.filter(~begun, report__isnull=False).order_by("held_on", "pk")
