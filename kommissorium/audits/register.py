"""The register of audits, as the rest of the program knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.audits.agenda import AGENDA
from kommissorium.audits.audit_list import INDICATORS, AuditList, count_audits
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND
from kommissorium.audits.opening import AuditOpening
from kommissorium.audits.past import STATUS
from kommissorium.audits.report import FiledReports
from kommissorium.audits.search import SearchedFindings
from kommissorium.audits.todo import todos_of, way_on_from
from kommissorium.registers.activity_register import ActivityRegister
from kommissorium.registers.numbers import Counts
from kommissorium.tasks.todo import WAYS


class AuditsRegister(ActivityRegister):
    """Audits: planned, held by independent people, answered, and evaluated by the committee."""

    code = "audits"
    label = _("Audits")
    place = 45
    kind, evaluation, on_agendas, in_quarters = KIND, EVALUATION, AGENDA, STATUS
    many = _("Plans of audits"), _("Audits"), _("Evaluations of audits")
    opening = AuditOpening
    lists = (AuditList,)
    filings = (FiledReports(),)
    searched = (SearchedFindings(),)
    counts = Counts(count_audits, indicators=INDICATORS)
    todos = staticmethod(todos_of)


REGISTER = AuditsRegister()
WAYS.append(way_on_from)
