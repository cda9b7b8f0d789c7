"""What continuity says in the status of a quarter: critical services with plans, and the tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.continuity.models import Notice, Service, Sort
from kommissorium.continuity.past import ContinuityPast, covers, past_now
from kommissorium.core.ui.localised import day
from kommissorium.registers.findings import Question
from kommissorium.registers.models.activities import ActivityOutcome
from kommissorium.registers.past_activities import KnownActivity
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import StatusFigure, StatusPart, in_sentences, told


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the part of the quarter; none where no service stood in the register by its end."""
    if not Service.objects.exists():
        return
    past, last, before = past_now(), quarter.last, quarter.before
    if not past.services_on(_asked(last)):
        return
    services, tests = reverse("continuity"), f"{reverse('continuity_tests')}?former=1"
    critical, covered = _services(past, last)
    critical_then, covered_then = _services(past, before.last)
    held = _held(past, quarter.first, last)
    held_then = _held(past, before.first, before.last)
    is_known = bool(past.services_on(_asked(before.last)))
    then = (lambda number: number) if is_known else (lambda _number: None)
    figures = [
        StatusFigure("critical", _("Critical services"), critical, then(critical_then), services),
        StatusFigure(
            *("covered", _("Critical services with their plans"), covered, then(covered_then)),
            *(services, "more"),
        ),
        StatusFigure(
            "tests", _("Tests held"), len(held), then(len(held_then)), tests, "more", sums=True
        ),
    ]
    text = told(
        _("No test was held in the quarter."),
        _("One test was held in the quarter."),
        _("%(number)s tests were held in the quarter."),
        len(held),
    )
    columns = (_("Test"), _("Kind"), _("Notice"), _("Held on"), _("Result"))
    rows = [_row(one) for one in held]
    sentence = in_sentences(_lacking(critical - covered), text)
    yield StatusPart("contingency", _("Contingency"), figures, sentence, columns, rows)


def _asked(on: date) -> Question:
    return Question(on, on, date.min, 0)


def _services(past: ContinuityPast, on: date) -> tuple[int, int]:
    """Return how many services were critical, and how many of them had their plans."""
    plans = past.plans_on(_asked(on))
    critical = [one for one in past.services_on(_asked(on)) if one.is_critical]
    return len(critical), sum(not covers(plans.get(one.key)) for one in critical)


def _held(past: ContinuityPast, first: date, last: date) -> list[KnownActivity]:
    rows = past.tests_on(_asked(last))
    return [one for one in rows if one.held_on and first <= one.held_on <= last]


def _lacking(number: int) -> str:
    if not number:
        return _("Every critical service has its plans.")
    return told(
        "",
        _("One critical service lacks plans."),
        _("%(number)s critical services lack plans."),
        number,
    )


def _row(one: KnownActivity) -> tuple[str, ...]:
    facts = one.facts
    kind, notice = Sort(facts["sort"]).label, Notice(facts["notice"]).label
    outcome = str(ActivityOutcome(one.outcome).label)
    return facts["title"], str(kind), str(notice), day(one.held_on), outcome
