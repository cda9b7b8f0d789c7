"""The past of services, their plans and the tests of these, as their rules look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kommissorium.measures.activities import (
    ACTIVITY_ACTS,
    ActivityPast,
    Kind,
    KnownActivity,
)
from kommissorium.measures.days import add_months, year_before
from kommissorium.measures.findings import (
    Question,
)
from kommissorium.measures.past import ApprovedProposal, Named, PastEvent, approvals
from kommissorium.measures.said import _

CRITICAL: Final = ("society", "business")  # how critical a service is to be called so
ACTIVATION, UNANNOUNCED_TEST = "activation", "unannounced"
PARTS: Final = {  # the kinds of plan: leadership, work by hand, and re-establishment
    "contingency": _("Contingency plan"),
    "emergency": _("Emergency plan"),
    "recovery": _("Re-establishment plan"),
}
TESTS: Final = Kind(
    "continuity",
    "continuity.continuitytest",
    "continuity.continuitytestplan",
    "continuity_tests",
    _("Draft the tests of a year"),
)
PLAN: Final = Named(
    "continuity.continuityplan",
    "continuity_plan",
    _("Plans of %(service)s, version %(number)d"),
    (("service", "title"), ("number", "number")),
)
EVALUATION: Final = "continuity.continuityevaluation"
RETIRED: Final = "continuity.service_retired"
SERVICE_ACTS: Final = ("continuity.service_added", "continuity.service_changed", RETIRED)
ACTS: Final = (*ACTIVITY_ACTS, *SERVICE_ACTS)


@dataclass
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
            if one.held_on and (one.facts["sort"] != ACTIVATION or one.key in counting)
        ]
        return sorted(found, key=_order)

    def is_held_against_plans(self, one: KnownActivity, asked: Question) -> bool:
        """Return whether plans that it could try were in force when it was held.

        Those of its service, or of any where it is of the whole municipality. An activation tried them.
        """
        service, known = service_of(one), (it for it in self.plans if it.noted.on <= asked.known)
        there = (it.facts["service"] for it in known if it.begins <= happened(one))
        return one.facts["sort"] == ACTIVATION or any(service in (0, key) for key in there)

    def activations_on(self, asked: Question) -> list[KnownActivity]:
        """Return the real activations until the day, with or without an outcome."""
        return [
            one
            for one in self.activities_on(asked)
            if one.facts["sort"] == ACTIVATION and not one.is_off and happened(one) <= asked.on
        ]


def happened(one: KnownActivity) -> date:
    """Return the day of a test or an activation; of one without an outcome, that of its plan."""
    return one.held_on or one.planned_for


def service_of(one: KnownActivity) -> int:
    """Return the key of the service that a test is of; 0 for the whole municipality."""
    return one.facts.get("service") or 0


def _order(one: KnownActivity) -> tuple[date, int]:
    return happened(one), one.key


def covers(plan: ApprovedProposal | None) -> list[str]:
    """Return which of the three a version lacks; all of them where there is none."""
    return [one for one in PARTS if plan is None or not plan.facts[one]]


def review_by(plan: ApprovedProposal) -> date:
    return add_months(plan.begins, plan.facts["months"])
