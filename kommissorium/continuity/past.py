"""The past of the register on any day, and its figures for the quarterly status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from kommissorium.continuity.models import CRITICAL, Notice, PlanPart, Sort
from kommissorium.continuity.plan import PLAN
from kommissorium.continuity.service_status import LACKING
from kommissorium.core.ui.localised import day
from kommissorium.meetings.year_plan import add_months
from kommissorium.registers.findings import Question, year_before
from kommissorium.registers.installed import register_of
from kommissorium.registers.models.activities import ActivityOutcome
from kommissorium.registers.past import ApprovedProposal, PastEvent, approvals, past_events
from kommissorium.registers.past_activities import ACTIVITY_ACTS, ActivityPast, KnownActivity
from kommissorium.registers.periods import Quarter
from kommissorium.registers.status import StatusFigure, StatusPart, in_sentences, told

RETIRED: Final = "continuity.service_retired"
SERVICE_ACTS: Final = ("continuity.service_added", "continuity.service_changed", RETIRED)
ACTS: Final = (*ACTIVITY_ACTS, *SERVICE_ACTS)


@dataclass(slots=True)
class KnownService:
    """A service as it stood on a day; `since` is when it became critical, or stopped being so."""

    key: int
    facts: Mapping[str, Any]
    since: date

    @property
    def title(self) -> str:
        return str(self.facts["title"])

    @property
    def is_critical(self) -> bool:
        return self.facts["criticality"] in CRITICAL

    @property
    def is_assessed(self) -> bool:
        is_whole = not self.is_critical or bool(self.facts["mtd"])
        return bool(self.facts["criticality"]) and is_whole

    def is_like(self, other: KnownService) -> bool:
        """Return whether both require the same plans."""
        return (self.is_critical, self.is_assessed) == (other.is_critical, other.is_assessed)


@dataclass(frozen=True)
class ContinuityPast(ActivityPast):
    """The chain's facts about services and their plans, besides tests and their evaluations."""

    plans: Sequence[ApprovedProposal] = ()
    services: Sequence[PastEvent] = ()

    @classmethod
    def beside(cls, known: ActivityPast, events: Sequence[PastEvent]) -> ContinuityPast:
        """Return the known tests with what the events tell of services and their plans."""
        tests = known.figures, known.approved, known.events, known.evaluated
        services = [one for one in events if one.act in SERVICE_ACTS]
        return cls(*tests, approvals(events, PLAN.kind), services)

    def services_on(self, asked: Question) -> list[KnownService]:
        """Return the services in the register on the day, as far as is known."""
        found: dict[int, KnownService] = {}
        for event in self.services:
            if event.noted.on > min(asked.on, asked.known):
                continue
            if event.act == RETIRED:
                found.pop(event.key, None)
                continue
            now = KnownService(event.key, event.facts, event.noted.on)
            if (before := found.get(event.key)) and now.is_like(before):
                now.since = before.since
            found[event.key] = now
        return list(found.values())

    def set_down(self, asked: Question) -> list[PastEvent]:
        """Return the events of the twelve months to the day that made services uncritical."""
        critical: set[int] = set()
        found: dict[int, PastEvent] = {}
        for event in self.services:
            if event.noted.on > min(asked.on, asked.known):
                continue
            if event.act != RETIRED and event.facts["criticality"] in CRITICAL:
                critical.add(event.key)
                found.pop(event.key, None)
            elif event.key in critical:
                critical.remove(event.key)
                found[event.key] = event
        return [one for one in found.values() if one.noted.on >= year_before(asked.on)]

    def plans_on(self, asked: Question) -> dict[int, ApprovedProposal]:
        """Return the plans in force on the day, by service."""
        known = [one for one in self.plans if one.noted.on <= asked.known]
        return {one.facts["service"]: one for one in known if one.begins <= asked.on}

    def tests_on(self, asked: Question) -> list[KnownActivity]:
        """Return the tests held that count, the oldest first: an activation where the
        committee has decided so."""
        counting = {one.facts["test"] for one in self.evaluations_on(asked) if one.facts["counts"]}
        found = [
            one
            for one in self.activities_on(asked)
            if one.held_on and (one.facts["sort"] != Sort.ACTIVATION or one.key in counting)
        ]
        return sorted(found, key=_order)

    def activations_on(self, asked: Question) -> list[KnownActivity]:
        """Return the real activations until the day, with or without an outcome."""
        return [
            one
            for one in self.activities_on(asked)
            if one.facts["sort"] == Sort.ACTIVATION and not one.is_off and happened(one) <= asked.on
        ]


def happened(one: KnownActivity) -> date:
    """Return the day of a test or an activation; of one without an outcome, that of its plan."""
    return one.held_on or one.planned_for


def _order(one: KnownActivity) -> tuple[date, int]:
    return happened(one), one.key


def covers(plan: ApprovedProposal | None) -> list[PlanPart]:
    """Return which of the three a version lacks; all of them where there is none."""
    return [one for one in PlanPart if plan is None or not plan.facts[one]]


def review_by(plan: ApprovedProposal) -> date:
    return add_months(plan.begins, plan.facts["months"])


def past_now() -> ContinuityPast:
    """Return the past as the chain tells it, for documents composed from it (one query)."""
    found: ContinuityPast = register_of("continuity").past(past_events(Q(act__in=ACTS)), {})
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
