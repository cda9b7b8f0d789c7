"""The register of awareness, as the rest of the program knows it."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kommissorium.awareness.actions.figures import erase_due_persons
from kommissorium.awareness.agenda import AGENDA
from kommissorium.awareness.awareness_list import AwarenessList
from kommissorium.awareness.evaluation import EVALUATION
from kommissorium.awareness.figures import INDICATORS, STATUS, count_awareness
from kommissorium.awareness.import_sheet import CompletionSheet
from kommissorium.awareness.kind import KIND
from kommissorium.awareness.opening import AwarenessOpening
from kommissorium.awareness.todo import todos_of
from kommissorium.core.schedule.actions import Periodic
from kommissorium.registers.activity_register import ActivityRegister
from kommissorium.registers.numbers import Counts


class AwarenessRegister(ActivityRegister):
    """Information and teaching: planned, held, and evaluated each half-year."""

    code = "awareness"
    label = _("Awareness")
    place = 35
    kind, evaluation, on_agendas, in_quarters = KIND, EVALUATION, AGENDA, STATUS
    many = (
        _("Plans of information and teaching"),
        _("Information and teaching"),
        _("Evaluations of awareness"),
    )
    opening = AwarenessOpening
    lists = (AwarenessList,)
    imports = (CompletionSheet,)
    counts = Counts(count_awareness, indicators=INDICATORS)
    schedule = (Periodic("awareness_persons", erase_due_persons, timedelta(hours=6)),)

    todos = staticmethod(todos_of)


REGISTER = AwarenessRegister()
