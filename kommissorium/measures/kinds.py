"""Kinds of facts, tables of rows and acts of events: what each rule says that it reads.

An answer is no better than what it was read from. So a rule names its kinds, and whoever computes
it from an export learns of which of them something is missing, withheld or not as its row says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from kommissorium.measures.beginnings import BEGINNING_ACTS
from kommissorium.measures.rows import Row, Rows
from kommissorium.measures.tasks import ACTS as TASK_ACTS
from kommissorium.measures.terms import ROLE_ACTS, SEAT_ACTS
from kommissorium.measures.told import DECISION, OF_MEETINGS

MEETING, ITEM, DECIDED = "meetings_meeting", "meetings_agendaitem", "meetings_decision"
PROCEEDINGS: Final = "meetings_proceedings"
MANDATE_APPROVED: Final = "committees.mandate_approved"


@dataclass(frozen=True)
class Kind:
    """A kind of facts. `of_chair`: of items and decisions those about what the chair decided alone."""

    tables: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    of_chair: bool = False


@dataclass(frozen=True)
class Reads:
    """What a rule reads itself, and the codes by which it asks the rules of registers."""

    kinds: tuple[Kind, ...]
    asks: tuple[str, ...] = ()


HELD: Final = (  # that a meeting was called and held, who was there, and when minutes were sent out
    *(MEETING, "meetings_call", "meetings_minutes", "meetings_approval"),
    *("meetings_registration", "meetings_attendance", "committees_seat", "accounts_person"),
)
MANDATES: Final = Kind(
    ("committees_mandate", "committees_clause"), (MANDATE_APPROVED, *BEGINNING_ACTS)
)
SEATS: Final = Kind(("committees_seat", "committees_holding", "accounts_person"), SEAT_ACTS)
ROLES: Final = Kind(("accounts_organisationrole", "accounts_person"), ROLE_ACTS)
MEETINGS: Final = Kind(HELD, OF_MEETINGS)
CALENDAR: Final = Kind((MEETING,), OF_MEETINGS)  # which meetings are whose, and were planned when
AGENDAS: Final = Kind(
    (ITEM, PROCEEDINGS, "meetings_confirmation", "tasks_quartertask"), OF_MEETINGS
)
DECISIONS: Final = Kind(
    (MEETING, DECIDED, ITEM, "meetings_laterweighing", "meetings_attachment"), OF_MEETINGS
)
CHAIRS: Final = Kind((*HELD, DECIDED, ITEM, PROCEEDINGS), OF_MEETINGS, of_chair=True)
TASKS: Final = Kind(("tasks_task",), TASK_ACTS)
WHEEL: Final = Kind(("yearwheel_duty", "yearwheel_occurrence", "yearwheel_move"))

R = TypeVar("R", bound=Callable[..., Any])
_READ: Final[dict[Callable[..., Any], Reads]] = {}


def reads(*kinds: Kind, asks: tuple[str, ...] = ()) -> Callable[[R], R]:
    """Say what a rule reads, but for the mandates and the events of its register."""

    def noted(rule: R) -> R:
        _READ[rule] = Reads(kinds, asks)
        return rule

    return noted


def read_by(rule: Callable[..., Any]) -> Reads:
    """Return what a rule says that it reads."""
    return _READ[rule]


PARENTS: Final[Mapping[str, tuple[str, str]]] = {  # the column that names the row it belongs to
    "committees_clause": ("mandate_id", "committees_mandate"),
    "committees_holding": ("seat_id", "committees_seat"),
    **{
        f"meetings_{name}": ("meeting_id", MEETING)
        for name in ("call", "minutes", "registration", "attendance", "agendaitem")
    },
    "meetings_approval": ("minutes_id", "meetings_minutes"),
    **{
        f"meetings_{name}": ("item_id", ITEM)
        for name in ("proceedings", "confirmation", "attachment")
    },
    "meetings_laterweighing": ("decision_id", DECIDED),
    "yearwheel_occurrence": ("duty_id", "yearwheel_duty"),
    "yearwheel_move": ("occurrence_id", "yearwheel_occurrence"),
}


class Lineage:
    """Rows with those they belong to: whose each is, and whether a rule of some kinds looks at it."""

    def __init__(self, rows: Rows) -> None:
        self._rows = {table: {one["id"]: one for one in those} for table, those in rows.items()}
        minutes = self._rows.get("meetings_minutes", {})
        approved = [minutes.get(one["minutes_id"], {}) for one in rows["meetings_approval"]]
        later = {one["meeting_id"] for one in rows["meetings_registration"]}
        self._called = later | {one["meeting_id"] for one in rows["meetings_call"]}
        self._minuted = later | {one.get("meeting_id") for one in approved}

    def committee(self, table: str, row: Row) -> int | None:
        """Return the key of the committee whose row it is; None for everybody's, or unknown."""
        found: int | None = list(self._line(table, row).values())[-1].get("committee_id")
        return found

    def is_read(self, table: str, row: Row, kind: Kind) -> bool:
        """Return whether rules of a kind look at a row: drafts of agendas and minutes are no facts."""
        if table not in kind.tables:
            return False
        line = self._line(table, row)
        meeting = line.get(MEETING, {}).get("id")
        told = {ITEM: self._called, PROCEEDINGS: self._minuted}.get(table)
        is_draft = told is not None and meeting is not None and meeting not in told
        return not is_draft and (not kind.of_chair or _is_of_chair(line))

    def _line(self, table: str, row: Row) -> dict[str, Row]:
        """Return the row, what it belongs to, and so on, by their tables."""
        line = {table: row}
        while table in PARENTS:
            column, table = PARENTS[table]
            parent = self._rows.get(table, {}).get(row.get(column))
            if parent is None:
                break
            line[table] = row = parent
        return line


def _is_of_chair(line: Mapping[str, Row]) -> bool:
    item, decided = line.get(ITEM), line.get(DECIDED)
    if item is not None:
        return bool(item.get("subject_kind", DECISION) == DECISION)
    return decided is None or decided.get("item_id") is None
