"""Size of wheel that each default duty belongs to, and the minutes one time of it takes.

The minutes are estimates of those who wrote the duties, for a municipality with some twenty
critical systems: what the person who answers for it uses to prepare and do it once. Nobody has
measured them. The meeting itself is not counted, nor what others are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final, NamedTuple


class Size(IntEnum):
    """Size of the wheel proposed: each holds what the smaller ones hold."""

    FIRST = 12
    USUAL = 25
    ALL = 99


class Effort(NamedTuple):
    """The smallest wheel that holds a duty, and the minutes one time takes."""

    size: Size
    minutes: int


OF_A_CLAUSE: Final = Effort(Size.FIRST, 60)  # the committee's own words: what they ask is unknown
_BY_SIZE: Final[Mapping[Size, Mapping[str, int]]] = {
    Size.FIRST: {
        "objectives": 240,
        "risk_level": 240,
        "risk_assessments": 600,
        "policy_revision": 300,
        "quarterly_status": 180,
        "executive_report": 120,
        "incidents": 45,
        "ownership": 180,
        "awareness_plan": 180,
        "continuity_test_plan": 120,
        "audit_plan": 120,
        "year_plan": 120,
    },
    Size.USUAL: {
        "contacts": 45,
        "awareness_evaluation": 90,
        "project_status": 90,
        "management_review": 240,
        "lessons": 120,
        "management_courses": 60,
        "nis2_registration": 20,
        "exemptions": 180,
        "records_of_processing": 300,
        "access_rights": 240,
        "vulnerabilities": 120,
        "logging": 120,
        "budget": 120,
    },
    Size.ALL: {
        "weighing": 60,
        "chair_approvals": 45,
        "policy_framework": 120,
        "owner_guidelines": 120,
        "dpo_report": 480,
        "council_briefing": 240,
        "technical_measures": 120,
    },
}
EFFORT: Final[Mapping[str, Effort]] = {
    key: Effort(size, minutes)
    for size, several in _BY_SIZE.items()
    for key, minutes in several.items()
}
