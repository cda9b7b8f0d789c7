"""Requirements of standards that the default duties cover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kommissorium.yearwheel.standards.iso27001 import ISO_27001, ISO_27002
from kommissorium.yearwheel.standards.model import Standard
from kommissorium.yearwheel.standards.nis2 import NIS_2

type Carried = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]

# By the key of the default: clauses of ISO 27001, controls of ISO 27002, measures of NIS 2. A
# duty carries what doing it meets, not what it only touches; some meet nothing of a standard.
CARRIED: Final[Mapping[str, Carried]] = {
    "objectives": (("6.2",), (), ()),
    "contacts": (("5.3",), ("5.2", "5.5"), ()),
    "weighing": ((), (), ()),
    "executive_report": (("5.3", "7.4"), (), ("§ 7 stk. 1",)),
    "chair_approvals": (("7.5.2",), ("5.1",), ()),
    "policy_framework": (("5.2", "5.3"), ("5.1", "5.2"), ("§ 6 nr. 1",)),
    "risk_level": (("6.1.2", "6.1.3"), (), ("§ 6 nr. 1",)),
    "risk_assessments": (("8.2",), (), ("§ 6 nr. 1",)),
    "policy_revision": (("5.2",), ("5.1",), ("§ 6 nr. 1",)),
    "exemptions": (("6.1.3",), ("5.34", "5.36"), ()),
    "year_plan": (("8.1",), (), ()),
    "nis2_registration": ((), ("5.31",), ("§ 10",)),
    "dpo_report": ((), ("5.34",), ()),
    "budget": (("7.1",), (), ()),
    "council_briefing": (("7.4",), (), ()),
    "ownership": ((), ("5.9",), ("§ 6 nr. 9",)),
    "owner_guidelines": (("5.3",), ("5.2",), ()),
    "records_of_processing": ((), ("5.31", "5.34"), ()),
    "awareness_plan": (("7.2", "7.3"), ("6.3",), ("§ 6 nr. 7",)),
    "management_courses": (("7.2",), ("6.3",), ("§ 7 stk. 2",)),
    "continuity_test_plan": ((), ("5.30",), ("§ 6 nr. 3",)),
    "incidents": (("10.2",), ("5.27",), ("§ 6 nr. 2",)),
    "lessons": (("10.1", "10.2"), ("5.27",), ("§ 6 nr. 2",)),
    "quarterly_status": (("9.1",), (), ("§ 6 nr. 6",)),
    "access_rights": ((), ("5.18", "8.2"), ("§ 6 nr. 9",)),
    "logging": ((), ("8.15", "8.16"), ()),
    "vulnerabilities": ((), ("8.8",), ("§ 6 nr. 5",)),
    "project_status": (("8.1",), (), ()),
    "technical_measures": (("9.1",), ("8.7", "8.20", "8.24"), ("§ 6 nr. 6",)),
    "awareness_evaluation": (("7.3", "9.1"), ("6.3",), ("§ 6 nr. 7",)),
    "audit_plan": (("9.2.2",), ("5.35",), ("§ 6 nr. 6",)),
    "management_review": (
        (
            "9.3.1",
            "9.3.2 a",
            "9.3.2 b",
            "9.3.2 c",
            "9.3.2 d",
            "9.3.2 e",
            "9.3.2 f",
            "9.3.2 g",
            "9.3.3",
        ),
        (),
        (),
    ),
}
_ORDER: Final[tuple[Standard, ...]] = (ISO_27001, ISO_27002, NIS_2)


def tags_of(key: str) -> tuple[str, ...]:
    """Return the names of the tags a default duty is adopted with; perhaps none."""
    carried = CARRIED.get(key, ((), (), ()))
    return tuple(
        standard.tag_name(number)
        for standard, numbers in zip(_ORDER, carried, strict=True)
        for number in numbers
    )
