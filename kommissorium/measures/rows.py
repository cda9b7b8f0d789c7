"""Rows that the answer is read from: the columns of each table, and how each is taken.

Of text that people write only whether there is any is taken, but of mandates, which all may read.
A fact is one row's columns so taken. Whoever has the row's sealed text takes them from it anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timezone, tzinfo
from typing import Any, Final
from uuid import UUID

AS_IT_IS, DAY, MOMENT, TRUTH, WRITTEN, WHO = "as", "day", "moment", "truth", "written", "who"
ASPECTS: Final = ("security", "usability", "economy", "proportion")
# What costs, risks or restricts, by the aspect that says so: approved, it asks for a reason.
HEAVY: Final = {"security": "weaker", "usability": "harder", "economy": "costs"}
# What says of each aspect that the decision changes nothing.
NEUTRAL: Final = {
    "security": "unchanged",
    "usability": "unchanged",
    "economy": "neutral",
    "proportion": "fitting",
}
OF_RISK: Final = ("risks.", "rulings.dispensation")  # how kinds begin that are of money or risk
_WEIGHED = {**dict.fromkeys(ASPECTS, AS_IT_IS), **{f"{one}_text": WRITTEN for one in ASPECTS}}

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]  # by table


def _columns(names: str, **taken: str) -> Mapping[str, str]:
    return {**dict.fromkeys(names.split(), AS_IT_IS), **taken}


TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "accounts_person": _columns("", pseudonym=WHO),
    "accounts_organisationrole": _columns("person_id kind from_date"),
    "committees_mandate": _columns("committee_id version effective_from", approved_at=DAY),
    "committees_clause": _columns(
        "mandate_id number position kind text role function measure"
        " cadence_months min_per_year max_per_year horizon_months"
    ),
    "committees_seat": _columns("committee_id number position role"),
    "committees_holding": _columns("seat_id person_id from_date"),
    "meetings_meeting": _columns(
        "committee_id year number state", starts_at=DAY, closed_at=DAY, registered_at=DAY
    ),
    "meetings_call": _columns("meeting_id record_id", at=MOMENT),
    "meetings_minutes": _columns("meeting_id"),
    "meetings_approval": _columns("minutes_id record_id", at=DAY),
    "meetings_registration": _columns("meeting_id record_id"),
    "meetings_attendance": _columns(
        "meeting_id person_id seat_id capacity presence", stands_in_since=WRITTEN
    ),
    "meetings_agendaitem": _columns("meeting_id clause_id origin_id subject_kind subject_id"),
    "meetings_proceedings": _columns("item_id outcome", nothing_new=TRUTH, discussion=WRITTEN),
    "meetings_confirmation": _columns("item_id minutes_id"),
    "meetings_attachment": _columns("item_id"),
    "meetings_decision": _columns(
        "committee_id item_id meeting_id number outcome record_id subject_kind",
        decided_at=MOMENT,
        written_at=DAY,
        is_closed=TRUTH,
        **_WEIGHED,
    ),
    "meetings_laterweighing": _columns("decision_id", at=DAY, **_WEIGHED),
    "tasks_quartertask": _columns("committee_id born_kind born_id"),
    "tasks_task": _columns("committee_id born_kind"),
    "yearwheel_duty": _columns("committee_id clause_id measure title ended_on", created_at=DAY),
    "yearwheel_occurrence": _columns(
        "duty_id title_then source occasion due state result", ended_at=DAY, created_at=DAY
    ),
    "yearwheel_move": _columns("occurrence_id from_day to_day", at=MOMENT),
}


def is_silent(said: Mapping[str, Any], subject_kind: str) -> bool:
    """Return whether a weighing of money or risk is four neutral chips and not a word."""
    is_neutral = all(said.get(one) == chip for one, chip in NEUTRAL.items())
    words = [said.get(f"{one}_text") for one in ASPECTS]
    return (
        subject_kind.startswith(OF_RISK)
        and is_neutral
        and not any(str(one or "").strip() for one in words)
    )


def taken(value: Any, how: str, zone: tzinfo) -> Any:
    """Return a column as a fact holds it: JSON's kinds alone, of a moment its local day."""
    if how == WRITTEN:
        return bool(str(value or "").strip())
    if how == TRUTH:
        return bool(value)
    if how == WHO:
        return str(UUID(str(value)))
    if value is None or value == "" or how == AS_IT_IS:
        return value if value is None or isinstance(value, (int, str)) else str(value)
    at = moment(value)
    return at.isoformat() if how == MOMENT else at.astimezone(zone).date().isoformat()


def moment(value: Any) -> datetime:
    """Return a moment as a database's text or a fact tells it, which is in UTC where it says none."""
    at = value if isinstance(value, datetime) else datetime.fromisoformat(_whole(value))
    return at if at.tzinfo else at.replace(tzinfo=timezone.utc)


def _whole(text: str) -> str:
    """Return a moment's text as Python 3.9 reads it: fractions of six digits, no Z."""
    text = text.replace("Z", "+00:00")
    head, dot, rest = text.partition(".")
    if not dot:
        return text
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    return f"{head}.{digits[:6]:0<6}{rest[len(digits) :]}"


def on(text: str | None) -> date | None:
    """Return the day that a fact tells; None for none."""
    return date.fromisoformat(text) if text else None
