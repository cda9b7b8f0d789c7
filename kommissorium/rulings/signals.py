"""Numbers of questions and dispensations: their predicates, words, lists and weights."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kommissorium.measures.rules import rulings as rules
from kommissorium.registers.agenda import Weight
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
QUESTIONS: Final[Signal[OfTable]] = Signal.of(
    rules.QUESTIONS,
    label=_("Waiting for a decision"),
    holds=lambda _day: Q(state__in=WAITING),
)
LATE: Final[Signal[OfTable]] = Signal.of(
    rules.LATE,
    label=_("Questions about rules that waited over 90 days"),
    holds=lambda day: Q(state__in=WAITING, made_at__date__lt=day - timedelta(days=MOST_DAYS)),
    weight=Weight.DECIDE,
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
IN_FORCE: Final[Signal[OfTable]] = Signal.of(
    rules.IN_FORCE,
    label=_("Dispensations in force"),
    holds=_in_force,
    wanted="less",
)
OUT: Final[Signal[OfTable]] = Signal.of(
    rules.OUT,
    label=_("Dispensations that have run out"),
    holds=lambda day: _standing(last_day__lt=day),
)
EXPIRING: Final[Signal[OfTable]] = Signal.of(
    rules.EXPIRING,
    label=_("Run out, or do so within 60 days"),
    holds=lambda day: _standing(last_day__lte=day + SOON),
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
