"""Everything the minutes of a meeting hold; written as plain data, and restored from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

type Capacity = Literal["", "deputy", "guest"]
type Presence = Literal["present", "apology", "absent"]
type AbsenceGround = Literal["arrived_late", "left", "conflict"]
type DissentKind = Literal["dissent", "reservation"]
type Status = Literal["draft", "in_review", "approved", "confirmed"]


@dataclass(frozen=True, slots=True)
class ProtocolPerson:
    """Someone who came, or who should have come.

    A deputy names whom they stand in for. Someone with `presence` "apology" sent word
    beforehand, "absent" did not. `note` is a sentence that stands beside the name.
    """

    name: str
    function: str = ""
    role: str = ""
    capacity: Capacity = ""
    stands_in_for: str = ""
    presence: Presence = "present"
    has_vote: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProtocolAbsence:
    """Someone at the meeting who was away from one item."""

    name: str
    ground: AbsenceGround
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProtocolAdvice:
    """Advice of an adviser without a vote; `followed` is None where nobody decided on it."""

    name: str
    text: str
    followed: bool | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class ProtocolDissent:
    """A dissent that a member wanted recorded against the decision."""

    name: str
    kind: DissentKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class ProtocolTask:
    """A task: the person who is to do it, and by when."""

    title: str
    owner: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ProtocolWeighing:
    """One thing weighed (security, usability, economy, proportionality), ready-worded."""

    label: str
    choice: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ProtocolFile:
    """A file attached to an item; `size` in bytes, `sha256` in lower-case hex.

    Its bytes are not here: the record of the agenda holds them.
    """

    name: str
    sha256: str
    size: int
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class ProtocolItem:
    """Record of one item: what was said and decided; `_html` texts are sanitised rich text.

    `number` is the item's own ("2026/3-5"). `outcome` is a ready-worded label, "" where nothing
    was decided. `carried` says in words where the item came from ("continued from 2026/2-4"),
    `nothing_new` that there was nothing to tell.
    A closed item without a title is one that the readers of this edition may not see.
    """

    number: str
    title: str
    type_label: str = ""
    recommendation_html: str = ""
    presentation_html: str = ""
    register_html: str = ""
    discussion_html: str = ""
    outcome: str = ""
    decision_html: str = ""
    weighings: tuple[ProtocolWeighing, ...] = ()
    advice: tuple[ProtocolAdvice, ...] = ()
    dissents: tuple[ProtocolDissent, ...] = ()
    absences: tuple[ProtocolAbsence, ...] = ()
    tasks: tuple[ProtocolTask, ...] = ()
    attachments: tuple[ProtocolFile, ...] = ()
    is_closed: bool = False
    closed_ground: str = ""
    late_because: str = ""
    withdrawn_because: str = ""
    carried: str = ""
    not_discussed: bool = False
    nothing_new: str = ""

    @property
    def is_withheld(self) -> bool:
        return self.is_closed and not self.title


@dataclass(frozen=True, slots=True)
class Protocol:
    """The minutes of one meeting.

    Times are aware and in the municipality's own zone, in which they are printed.
    `confirmation` says in words when the next meeting confirmed the minutes, and how.
    `changes_html` is the addendum, "" where there is none. `record_hash` is the SHA-256, in hex,
    of the frozen record that an addendum points back to. In an edition `is_without_changes`
    there is an addendum that the edition leaves out.
    """

    municipality: str
    committee: str
    number: str
    starts_at: datetime
    ends_at: datetime
    made_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    place: str = ""
    link: str = ""
    led_by: str = ""
    led_by_capacity: str = ""
    secretary: str = ""
    quorum_text: str = ""
    people: tuple[ProtocolPerson, ...] = ()
    items: tuple[ProtocolItem, ...] = ()
    status: Status = "draft"
    approved_by: str = ""
    approved_capacity: str = ""
    approved_at: datetime | None = None
    confirmation: str = ""
    changes_html: str = ""
    record_hash: str = ""
    case_number: str = ""
    kle_number: str = ""
    language: str = "da"
    is_extract: bool = False
    is_without_changes: bool = False

    @property
    def is_approved(self) -> bool:
        return self.status in {"approved", "confirmed"}


def without_closed(protocol: Protocol) -> Protocol:
    """Return the edition for readers without access: of a closed item only number and fact.

    Where there is a closed item the addendum is left out, for its text may speak of it.
    """
    if not any(item.is_closed for item in protocol.items):
        return protocol
    items = tuple(_withheld(item) for item in protocol.items)
    return replace(_without_changes(protocol), items=items)


def extract(protocol: Protocol, number: str) -> Protocol:
    """Return the minutes of one item alone, under the head of the meeting, for one case.

    The addendum is left out, for it may speak of other cases. Raises KeyError where no item
    has that number.
    """
    for item in protocol.items:
        if item.number == number:
            return replace(_without_changes(protocol), items=(item,), is_extract=True)
    raise KeyError(number)


def _withheld(item: ProtocolItem) -> ProtocolItem:
    return ProtocolItem(item.number, title="", is_closed=True) if item.is_closed else item


def _without_changes(protocol: Protocol) -> Protocol:
    is_without = protocol.is_without_changes or bool(protocol.changes_html)
    return replace(protocol, changes_html="", is_without_changes=is_without)


def minutes_json(protocol: Protocol) -> dict[str, Any]:
    """Return all of the minutes as lists, dicts, texts, numbers, booleans and None.

    The keys are the names of the fields in model.py. Times are ISO 8601 with offset, days
    2026-12-03. A file stands as name, type, size in bytes and SHA-256.
    """
    plain: dict[str, Any] = _plain(asdict(protocol))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


MOMENTS = ("starts_at", "ends_at", "made_at", "opened_at", "closed_at", "approved_at")
PARTS = {
    "weighings": ProtocolWeighing,
    "advice": ProtocolAdvice,
    "dissents": ProtocolDissent,
    "absences": ProtocolAbsence,
    "attachments": ProtocolFile,
}


def minutes_from_json(data: Mapping[str, Any]) -> Protocol:
    """Return the minutes that `minutes_json` wrote. Raises KeyError and TypeError for others."""
    values = dict(data)
    for name in MOMENTS:
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values["people"] = tuple(ProtocolPerson(**person) for person in values["people"])
    values["items"] = tuple(_item(item) for item in values["items"])
    return Protocol(**values)


def _item(data: Mapping[str, Any]) -> ProtocolItem:
    values = dict(data)
    for name, kind in PARTS.items():
        values[name] = tuple(kind(**part) for part in values[name])
    values["tasks"] = tuple(_task(task) for task in values["tasks"])
    return ProtocolItem(**values)


def _task(data: Mapping[str, Any]) -> ProtocolTask:
    due = date.fromisoformat(data["due"]) if data["due"] else None
    return ProtocolTask(data["title"], data["owner"], due)
