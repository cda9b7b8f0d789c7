"""The past of the register on any day, and its figures for the quarterly status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from kommissorium.continuity.models import Notice, Sort
from kommissorium.continuity.service_status import LACKING
from kommissorium.core.ui.localised import day
from kommissorium.measures.activities import KnownActivity
from kommissorium.measures.findings import Question
from kommissorium.measures.past import Beside
from kommissorium.measures.periods import Quarter
from kommissorium.measures.registers import CONTINUITY
from kommissorium.measures.rules.continuity_past import ACTS, ContinuityPast, covers
from kommissorium.registers.models.activities import ActivityOutcome
from kommissorium.registers.past import counted_today, past_events
from kommissorium.registers.status import StatusFigure, StatusPart, in_sentences, told


def past_now() -> ContinuityPast:
    """Return the past as the chain tells it, for documents composed from it (one query)."""
    beside = Beside({}, lambda _code, _day: {})
    found: ContinuityPast = CONTINUITY.past(past_events(Q(act__in=ACTS)), counted_today({}), beside)
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """The known state when a quarter ended: critical services, those with plans, and tests held."""

    critical: int
    covered: int
    held: list[KnownActivity]

    @classmethod
    def of(cls, past: ContinuityPast, quarter: Quarter) -> _Known | None:
        """Return it; None where no service was in the register."""
        asked = Question(quarter.last, quarter.last, date.min, 0)
        services, plans = past.services_on(asked), past.plans_on(asked)
        critical = [one for one in services if one.is_critical]
        covered = sum(not covers(plans.get(one.key)) for one in critical)
        tests = [
            one for one in past.tests_on(asked) if one.held_on and one.held_on >= quarter.first
        ]
        return cls(len(critical), covered, tests) if services else None


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the part of the quarter; none where no service was in the register by its end."""
    past = past_now()
    now, then = _Known.of(past, quarter), _Known.of(past, quarter.before)
    if now is None:
        return
    services, tests = reverse("continuity"), f"{reverse('continuity_tests')}?former=1"
    critical, covered, held = (then.critical, then.covered, len(then.held)) if then else [None] * 3
    figures = [
        StatusFigure("critical", _("Critical services"), now.critical, critical, services),
        StatusFigure(
            *("covered", _("Critical services with their plans"), now.covered, covered),
            *(services, "more"),
        ),
        StatusFigure("tests", _("Tests held"), len(now.held), held, tests, "more", sums=True),
    ]
    of_tests = told(
        _("No test was held in the quarter."),
        ngettext_lazy(
            "One test was held in the quarter.",
            "%(number)s tests were held in the quarter.",
            "value",
        ),
        len(now.held),
    )
    columns = (_("Test"), _("Kind"), _("Notice"), _("Held on"), _("Result"))
    sentence, rows = (
        in_sentences(LACKING.said(now.critical - now.covered), of_tests),
        [_row(one) for one in now.held],
    )
    yield StatusPart("contingency", _("Continuity"), figures, sentence, columns, rows)


def _row(one: KnownActivity) -> tuple[str, ...]:
    facts = one.facts
    kind, notice = Sort(facts["sort"]).label, Notice(facts["notice"]).label
    outcome = str(ActivityOutcome(one.outcome).label)
    return facts["title"], str(kind), str(notice), day(one.held_on), outcome
