"""Numbers of questions and dispensations: their predicates, words, lists and weights."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kommissorium.registers.agenda import Weight
from kommissorium.registers.findings import State
from kommissorium.registers.numbers import Indicator, count
from kommissorium.registers.signals import OfTable, Signal, TableSignals
from kommissorium.rulings.models import MOST_DAYS, SOON, WAITING, Dispensation, Interpretation


def _standing(**more: object) -> Q:
    """Return the condition on a dispensation that was given and is neither renewed nor ended."""
    return Q(state="approved", in_force_to=None, **more)


def _in_force(day: date) -> Q:
    kept = Q(in_force_to=None) | Q(in_force_to__gt=day)
    return Q(state="approved", in_force_from__lte=day, last_day__gte=day) & kept


ASKED: Final[Signal[OfTable]] = Signal(  # all there ever were: a day on which none waits is told of
    code="asked", label=_("Questions about rules"), holds=lambda _day: Q()
)
QUESTIONS: Final[Signal[OfTable]] = Signal(
    code="questions",
    label=_("Waiting for a decision"),
    holds=lambda _day: Q(state__in=WAITING),
    narrowed="waiting=1",
    sentence=ngettext_lazy(
        "One question about a rule waits for a ruling.",
        "%(number)d questions about rules wait for a ruling.",
        "number",
    ),
    button=_("See the questions that wait"),
)
LATE: Final[Signal[OfTable]] = Signal(
    code="questions_late",
    label=_("Questions about rules that waited over 90 days"),
    holds=lambda day: Q(state__in=WAITING, made_at__date__lt=day - timedelta(days=MOST_DAYS)),
    narrowed="late=1",
    sentence=ngettext_lazy(
        "One question about a rule has waited more than 90 days for a ruling.",
        "%(number)d questions about rules have waited more than 90 days for a ruling.",
        "number",
    ),
    none=_("No question about a rule has waited more than 90 days for a ruling."),
    button=_("See the questions that wait"),
    weight=Weight.DECIDE,
    state=State.NOT_FULFILLED,
)
APPLIED: Final[Signal[OfTable]] = Signal(
    code="applied", label=_("Dispensations"), holds=lambda _day: Q()
)
APPLICATIONS: Final[Signal[OfTable]] = Signal(
    code="applications",
    label=QUESTIONS.label,
    holds=QUESTIONS.holds,
    narrowed="waiting=1",
)
IN_FORCE: Final[Signal[OfTable]] = Signal(
    code="dispensations",
    label=_("Dispensations in force"),
    holds=_in_force,
    narrowed="in_force=1",
    sentence=ngettext_lazy(
        "One dispensation is in force.", "%(number)d dispensations are in force.", "number"
    ),
    none=_("No dispensation is in force."),
    wanted="less",
)
OUT: Final[Signal[OfTable]] = Signal(
    code="dispensations_out",
    label=_("Dispensations that have run out"),
    holds=lambda day: _standing(last_day__lt=day),
    narrowed="run_out=1",
    sentence=ngettext_lazy(
        "One dispensation has run out and is neither renewed nor ended.",
        "%(number)d dispensations have run out and are neither renewed nor ended.",
        "number",
    ),
    none=_("No dispensation has run out without being renewed or ended."),
    button=_("See the dispensations"),
    state=State.NOT_FULFILLED,
)
EXPIRING: Final[Signal[OfTable]] = Signal(
    code="expiring",
    label=_("Run out, or do so within 60 days"),
    holds=lambda day: _standing(last_day__lte=day + SOON),
    narrowed="expiring=1",
    sentence=ngettext_lazy(
        "One dispensation has run out or does so within 60 days.",
        "%(number)d dispensations have run out or do so within 60 days.",
        "number",
    ),
    button=_("See the dispensations"),
    weight=Weight.WORSE,
)
OF_QUESTIONS: Final = TableSignals(
    page="interpretations", signals=(ASKED, QUESTIONS, LATE), rows=Interpretation.objects.all
)
OF_DISPENSATIONS: Final = TableSignals(
    page="dispensations",
    signals=(APPLIED, APPLICATIONS, IN_FORCE, OUT, EXPIRING),
    rows=Dispensation.objects.all,
)
INDICATORS: Final[dict[str, Indicator]] = {
    LATE.code: count(
        LATE.label,
        LATE.code,
        _("questions"),
        _("Questions about how a rule is to be read that have waited more than 90 days."),
    ),
    OUT.code: count(
        OUT.label,
        OUT.code,
        _("dispensations"),
        _("Dispensations past their last day that nobody has ended or renewed."),
    ),
}


def count_rulings(day: date) -> dict[str, int]:
    """Count them as they stand on the day (two queries)."""
    return {**OF_QUESTIONS.count(day), **OF_DISPENSATIONS.count(day)}
