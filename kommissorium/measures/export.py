"""An export of the evidence as the rules read it: facts, events, records' hashes, and their proof."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kommissorium.measures.answer import kinds_of, registers_of
from kommissorium.measures.beginnings import BEGINNING_ACTS
from kommissorium.measures.clauses import Clause
from kommissorium.measures.committee_past import past_of
from kommissorium.measures.findings import Noted
from kommissorium.measures.frozen import FrozenAnswers, frozen_answers
from kommissorium.measures.history import History
from kommissorium.measures.kinds import MANDATE_APPROVED, Lineage
from kommissorium.measures.meetings import Kept
from kommissorium.measures.past import ActAbout, Counts, PastEvent, act_of
from kommissorium.measures.proof import Proof, proof_of
from kommissorium.measures.registers import REGISTERS
from kommissorium.measures.rows import TABLES, Row, moment, taken
from kommissorium.measures.said import Words, _, ngettext
from kommissorium.measures.tasks import ACTS as OF_TASKS
from kommissorium.measures.terms import ROLE_ACTS, SEAT_ACTS
from kommissorium.measures.told import OF_MEETINGS, Told, records_about

SCHEMA: Final = "kommissorium-facts-1"
SOME: Final = "accounts_person"  # the table of which facts tell some rows alone
HEADER, FACTS, SHOWN = "facts.json", "facts.jsonl", "shown.jsonl"
ACTS: Final = frozenset(
    act_of(one)
    for group in (
        *(OF_MEETINGS, OF_TASKS, ROLE_ACTS, SEAT_ACTS, BEGINNING_ACTS, (MANDATE_APPROVED,)),
        *(one.acts for one in REGISTERS),
    )
    for one in group
)
KINDS: Final = {  # the acts of which the events about one kind of thing alone are asked for
    one.act: one.kind for rules in REGISTERS for one in rules.acts if isinstance(one, ActAbout)
}


class Unreadable(Exception):
    """The file is no export with facts, or a part of it lacks."""


class NotCounted(Exception):
    """The export holds no figures of a register for the day."""


class Denmark(tzinfo):
    """The hours of Denmark by the rule of the EU, where the machine knows no time zones."""

    def utcoffset(self, at: datetime | None) -> timedelta:
        return timedelta(hours=1) + self.dst(at)

    def dst(self, at: datetime | None) -> timedelta:
        if at is None:
            return timedelta(0)
        begins, ends = _last_sunday(at.year, 3, 2), _last_sunday(at.year, 10, 3)
        return timedelta(hours=1) if begins <= at.replace(tzinfo=None) < ends else timedelta(0)

    def tzname(self, at: datetime | None) -> str:
        return "CEST" if self.dst(at) else "CET"


def _last_sunday(year: int, month: int, hour: int) -> datetime:
    last = datetime(year, month, 31, hour)  # noqa: DTZ001 the clock on the wall
    return last - timedelta(days=(last.weekday() + 1) % 7)


@dataclass(frozen=True)
class ExportedClause:
    """A clause as an export tells it."""

    pk: int
    mandate_id: int
    position: int
    kind: str
    number: str
    text: str
    role: str
    function: str
    measure: str
    cadence_months: int | None
    min_per_year: int | None
    max_per_year: int | None
    horizon_months: int | None


class Export:
    """An export that was opened. `zone` is where the municipality is."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        if HEADER not in file.namelist():
            raise Unreadable
        self.header: Mapping[str, Any] = json.loads(file.read(HEADER))
        if self.header.get("schema") != SCHEMA:
            raise Unreadable
        self.zone = _zone(str(self.header["time_zone"]))
        self.today = date.fromisoformat(self.header["today"])

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """Return the facts by table."""
        found: dict[str, list[Row]] = {table: [] for table in TABLES}
        for line in self._lines(FACTS):
            found.setdefault(line.pop("table"), []).append(line)
        return found

    @cached_property
    def events(self) -> list[PastEvent]:
        """Return the events that rules ask for, in the order of the chain."""
        return [
            PastEvent(
                one["act"],
                int(one["object_id"]),
                json.loads(one["facts"]),
                Noted(one["seq"], self.local_day(moment(one["at"])), one["hash"], one["actor"]),
            )
            for one in self._lines("events.jsonl")
            if one["act"] in ACTS
            and KINDS.get(one["act"], one["object_kind"]) == one["object_kind"]
            and one["object_id"].isdecimal()
        ]

    @property
    def committees(self) -> dict[int, str]:
        """Return the names of the committees whose facts are here, by key."""
        return {int(key): name for key, name in self.header["committees"].items()}

    def history(self, committee: int) -> History:
        """Return the past of a committee."""
        names = [one.name for one in fields(ExportedClause) if one.name != "pk"]
        clauses = [
            ExportedClause(row["id"], **{name: row[name] for name in names})
            for row in self.rows["committees_clause"]
        ]
        return History(**past_of(committee, self._told, clauses))

    def shown(self, committee: int, on: date, known: date) -> dict[str, tuple[str, str]]:
        """Return what the program said of each clause, by its number: the state and the sentence."""
        asked = [committee, on.isoformat(), known.isoformat()]
        return {
            line["clause"]: (line["state"], line["sentence"])
            for line in self._shown
            if [line["committee"], line["on"], line["known"]] == asked
        }

    @cached_property
    def frozen(self) -> FrozenAnswers:
        """Return the answers that the program froze, as far as the reader may see them."""
        return frozen_answers(self.file, self._lines("records.jsonl"), self._lines("events.jsonl"))

    @cached_property
    def proof(self) -> Proof:
        """Hold the facts against the texts of their rows, as far as these are shown."""
        texts = {(one["table"], one["key"]): one for one in self._lines("rows.jsonl")}
        return proof_of(self.rows, texts, self._says, self._is_wanted)

    def lacks(self, clause: Clause, committee: int, on: date) -> list[Words]:
        """Return in words what the answer to a clause was read from and the export does not prove."""
        found: list[Words] = [one.words for one in self.proof.lacks(kinds_of(clause), committee)]
        if self.events_missing:
            text = ngettext(
                "%(number)d event of the chain missing: not proved.",
                "%(number)d events of the chain missing: not proved.",
                self.events_missing,
            )
            found.append(text % {"number": self.events_missing})
        for register in registers_of(clause) if on == self.today else ():
            if register.code not in self.header["counts"]:
                text = _("Figures of the day of the export missing: %(register)s.")
                found.append(text % {"register": register.label})
        return found

    @cached_property
    def events_missing(self) -> int:
        """Return how many events of the chain are not here, by their numbers."""
        there: set[int] = {one["seq"] for one in self._lines("events.jsonl")}
        head: int = json.loads(self.file.read("head.json"))["seq"]
        return max(head, *there) - len(there)

    def _is_wanted(self, table: str, row: Row, lineage: Lineage) -> bool:
        """Return whether there should be a fact of a row."""
        if table not in TABLES or table == SOME:
            return False
        is_whole: bool = self.header["is_whole"]
        return is_whole or lineage.committee(table, row) in self.committees

    def local_day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _says(self, table: str, text: Mapping[str, Any], fact: Row) -> bool:
        return all(
            taken(text.get(name), how, self.zone) == fact[name]
            for name, how in TABLES[table].items()
        )

    @cached_property
    def _told(self) -> Told:
        counts: Mapping[str, Counts] = self.header["counts"]
        records = list(self._lines("records.jsonl"))
        return Told(
            self.rows,
            self.events,
            {one["id"]: one["content_hash"] for one in records},
            self.local_day,
            self.today,
            counts,
            self._count,
            records_about(
                (one["object_kind"], one["object_id"], self._kept(one)) for one in records
            ),
        )

    def _kept(self, record: Row) -> Kept:
        on = self.local_day(moment(record["at"]))
        return Kept(record["id"], record["content_hash"], record["event"], on)

    def _count(self, register: str, day: date) -> Counts:
        found: Counts | None = self.header["counted"].get(register, {}).get(day.isoformat())
        if found is None:
            raise NotCounted(register, day)
        return found

    @cached_property
    def _shown(self) -> list[dict[str, Any]]:
        return list(self._lines(SHOWN))

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        try:
            lines = self.file.open(name)
        except KeyError:
            raise Unreadable(name) from None
        with lines:
            for line in lines:
                yield json.loads(line)


def _zone(name: str) -> tzinfo:
    """Return the time zone. Raises Unreadable for one that neither the machine nor we know."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        if name in ("Europe/Copenhagen", "Europe/Stockholm", "Europe/Oslo"):
            return Denmark()
        raise Unreadable(name) from None
