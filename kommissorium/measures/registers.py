"""The registers of the municipality as the answer asks them: their past, and the rules that read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kommissorium.measures.activities import ACTIVITY_ACTS, ActivityPast, Kind, activity_past
from kommissorium.measures.past import (
    STANDARD_ACTS,
    ActAbout,
    Beside,
    PastEvent,
    RegisterRules,
    Today,
    standard_past,
)
from kommissorium.measures.rules import (
    asset_past,
    assets,
    audits,
    awareness,
    continuity,
    continuity_past,
    incidents,
    objectives,
    policies,
    policy_past,
    projects,
    readings,
    reports,
    risk_past,
    risks,
    rulings,
)
from kommissorium.measures.said import _


def _activities(code: str, kind: Kind, evaluation: str) -> Callable[..., ActivityPast]:
    def past(events: Sequence[PastEvent], today: Today, _beside: Beside) -> ActivityPast:
        return activity_past(
            events, today, register=code, plan=kind.plan, slug=kind.slug, evaluation=evaluation
        )

    return past


_of_tests = _activities("continuity", continuity_past.TESTS, continuity_past.EVALUATION)
_of_audits = _activities("audits", audits.KIND, audits.EVALUATION.kind)

ASSETS: Final = RegisterRules(
    "assets",
    _("Systems, data and archives"),
    "assets",
    asset_past.ACTS,
    assets.CHECKS,
    lambda events, today, _beside: asset_past.asset_past(events, today),
)
POLICIES: Final = RegisterRules(
    "policies",
    _("Policies"),
    "policies",
    policy_past.ACTS,
    policies.CHECKS,
    lambda events, today, _beside: policy_past.policy_past(events, today),
)
RISKS: Final = RegisterRules(
    "risks",
    _("Risks"),
    "risks",
    risk_past.ACTS,
    risks.CHECKS,
    lambda events, today, beside: risk_past.risk_past(
        events, today, lambda day: risk_past.RiskCounts.of(day, beside.count("risks", day))
    ),
)
INCIDENTS: Final = RegisterRules(
    "incidents",
    _("Incidents"),
    "incident_report",
    incidents.ACTS,
    incidents.CHECKS,
    lambda events, today, beside: incidents.incident_past(events, beside.committees, today.day),
)
OBJECTIVES: Final = RegisterRules(
    "objectives",
    _("Objectives"),
    "objectives",
    STANDARD_ACTS,
    objectives.CHECKS,
    lambda events, today, _beside: standard_past(events, today, "objectives", objectives.KIND),
)
AWARENESS: Final = RegisterRules(
    "awareness",
    _("Awareness"),
    "awareness",
    ACTIVITY_ACTS,
    awareness.CHECKS,
    _activities("awareness", awareness.KIND, awareness.EVALUATION.kind),
)
CONTINUITY: Final = RegisterRules(
    "continuity",
    _("Continuity"),
    "continuity",
    continuity_past.ACTS,
    continuity.CHECKS,
    lambda events, today, beside: continuity_past.ContinuityPast.beside(
        _of_tests(events, today, beside), events
    ),
)
PROJECTS: Final = RegisterRules(
    "projects",
    _("Projects and measures"),
    "projects",
    STANDARD_ACTS,
    projects.CHECKS,
    lambda events, today, _beside: standard_past(events, today, "projects", projects.KIND),
)
AUDITS: Final = RegisterRules(
    "audits",
    _("Audits"),
    "audits",
    audits.ACTS,
    audits.CHECKS,
    lambda events, today, beside: audits.AuditPast.beside(
        _of_audits(events, today, beside), events
    ),
)
READINGS: Final = RegisterRules(
    "readings",
    _("Readings"),
    "guidelines",
    (*policy_past.ACTS, readings.AUDIENCE),
    readings.CHECKS,
    lambda events, today, _beside: policy_past.policy_past(events, today, "readings"),
)
RULINGS: Final = RegisterRules(
    "rulings",
    _("Interpretations and dispensations"),
    "interpretations",
    (
        *policy_past.ACTS,
        rulings.ENDED,
        ActAbout(rulings.DRAFTED, rulings.INTERPRETATION),
        ActAbout(rulings.DROPPED, rulings.INTERPRETATION),
    ),
    rulings.CHECKS,
    lambda events, today, _beside: policy_past.policy_past(events, today),
)
REPORTS: Final = RegisterRules(
    "reports",
    _("Reports"),
    "statuses",
    reports.ACTS,
    {**reports.CHECKS, **reports.BOARD_CHECKS},
    lambda events, _today, _beside: reports.report_past(events),
)
REGISTERS: Final = (
    *(ASSETS, POLICIES, RISKS, INCIDENTS, OBJECTIVES, AWARENESS),
    *(CONTINUITY, PROJECTS, AUDITS, READINGS, RULINGS, REPORTS),
)
