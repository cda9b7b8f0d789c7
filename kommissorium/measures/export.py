"""An export of the evidence as the rules read it: facts, events, records' hashes, and their proof."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kommissorium.measures.committee_past import past_of
from kommissorium.measures.findings import Noted
from kommissorium.measures.history import History
from kommissorium.measures.past import ActAbout, Counts, PastEvent
from kommissorium.measures.registers import REGISTERS
from kommissorium.measures.rows import TABLES, Row, moment, taken
from kommissorium.measures.tasks import ACTS as OF_TASKS
from kommissorium.measures.terms import ROLE_ACTS, SEAT_ACTS
from kommissorium.measures.told import OF_MEETINGS, Told

SCHEMA: Final = "kommissorium-facts-1"
SOME: Final = "accounts_person"  # the table of which facts tell some rows alone
HEADER, FACTS, SHOWN = "facts.json", "facts.jsonl", "shown.jsonl"
ACTS: Final = frozenset(
    one if isinstance(one, str) else one.act
    for group in (OF_MEETINGS, OF_TASKS, ROLE_ACTS, SEAT_ACTS, *(one.acts for one in REGISTERS))
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


@dataclass(frozen=True)
class Proof:
    """How far facts are proved: the rows whose text says the same, says otherwise, is withheld.

    `others` are facts whose rows the export does not have at all, `lacking` rows without a fact.
    """

    proved: Counter[str]
    otherwise: Sequence[tuple[str, str]]
    withheld: Counter[str]
    others: Counter[str]
    lacking: Counter[str]

    @property
    def speaks_against(self) -> bool:
        return bool(self.otherwise or self.lacking)


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
    def proof(self) -> Proof:
        """Hold the facts against the texts of their rows, as far as these are shown."""
        texts = {(one["table"], one["key"]): one for one in self._lines("rows.jsonl")}
        proved: Counter[str] = Counter()
        withheld: Counter[str] = Counter()
        others: Counter[str] = Counter()
        otherwise = []
        for table, facts in self.rows.items():
            for fact in facts:
                row = texts.get((table, str(fact["id"])))
                if row is None:
                    others[table] += 1
                elif "text" not in row:
                    withheld[table] += 1
                elif self._says(table, json.loads(row["text"]), fact):
                    proved[table] += 1
                else:
                    otherwise.append((table, str(fact["id"])))
        told = {(table, str(one["id"])) for table, facts in self.rows.items() for one in facts}
        wanted = TABLES.keys() - {SOME} if self.header["is_whole"] else ()
        lacking = Counter(table for table, key in texts.keys() - told if table in wanted)
        return Proof(proved, otherwise, withheld, others, lacking)

    def local_day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _says(self, table: str, text: Mapping[str, Any], fact: Row) -> bool:
        return all(
            taken(text.get(name), how, self.zone) == fact[name]
            for name, how in TABLES[table].items()
        )

    @cached_property
    def _told(self) -> Told:
        hashes = {one["id"]: one["content_hash"] for one in self._lines("records.jsonl")}
        counts: Mapping[str, Counts] = self.header["counts"]
        return Told(self.rows, self.events, hashes, self.local_day, self.today, counts, self._count)

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
