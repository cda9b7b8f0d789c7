#!/usr/bin/env python3
"""Check an export of Kommissorium's evidence with nothing but Python's standard library.

    python3 verify.py export.zip [--anchor FILE|TEXT] [--pdf FILE] [--day YYYY-MM-DD]

Every event names the hash of the one before it, so that an edit, a gap, a swap or a removal in
the middle shows by itself. An event seals the rows its act wrote: what each held before and what
it held then. A row changed behind the program's back shows, also when the program wrote it again
afterwards. Someone who owns the database could compute the whole chain anew, or cut its end off:
that shows against an anchor, a head noted elsewhere earlier. A record or a row may be withheld
from people who may not read it: its hashes are checked against the chain all the same.

--anchor takes SEQ:HASH, a file of such lines (anchors.txt), a mail that was kept, or a time stamp
(.tsr). Of the time stamps in the export it is checked that they are of heads of this chain; whose
they are says: openssl ts -verify -digest SHA-256-OF-SEQ:HASH -in FILE.tsr -CAfile AUTHORITY.pem
--pdf says which frozen record a document is, --day how the chain stood when a day ended.
Exit code 0: all holds. 1: something does not. 2: the file cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from email import message_from_bytes, policy
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

GENESIS = "0" * 64
EVENTS, RECORDS, ANCHORS, EXPORT = "events", "records", "anchors", "export"  # groups of faults
STORED = "core_storedfile"  # the table of the files, whose keys are their SHA-256
SIGNED = (
    *("seq", "at", "actor", "act", "object_kind", "object_id"),
    *("content_hash", "seals_hash", "previous_hash"),
)
FROZEN = "core.record_frozen"
BEGAN, CHANGED = "core.sealing_began", "core.sealing_changed"
REST = "core.rows_sealed"
OF_RECORD = ("object_kind", "object_id", "at")
KINDS = {
    "meetings.call": "pack of meeting",
    "meetings.minutes": "minutes of meeting",
    "meetings.minutes_open": "minutes without closed items of meeting",
    "meetings.confirmation": "confirmation of the minutes of meeting",
    "compliance.answer": "answer on the mandate",
    "compliance.answer_pdf": "PDF of the answer on the mandate in record",
}
MOST_NAMED = 5  # faults of a table or another part; all are counted
_ANCHOR = re.compile(r"(?<![0-9a-f])([0-9]{1,15}):([0-9a-f]{64})(?![0-9a-f])")
STAMPED = 0  # in place of an anchor's number: the hash is what a time stamp was asked for
_STAMP = re.compile(r"stamps/([0-9]{1,15})_([0-9a-f]{64})\.tsr")
# A stamp's imprint in DER: the name of SHA-256, with or without empty parameters, and 32 bytes.
_IMPRINT = re.compile(
    rb"(?:\x31\x30\x0d|\x2f\x30\x0b)\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01(?:\x05\x00)?\x04\x20(.{32})",
    re.DOTALL,
)
MOST_BYTES = 64 * 1024**3  # of an export, unpacked
MOST_TIMES = 200  # as large as packed: text packs to a tenth, a bomb to a thousandth
MOST_OF_A_LINE = 256 * 1024**2
ERASED = "former_values"  # the fact of an event that erased the former versions of its object
A_PART = 1024**2  # bytes of a file read at once
A_STEP = 20_000  # events or rows between two words of progress
EXPECTED = {
    *("events.jsonl", "records.jsonl", "rows.jsonl", "versions.jsonl", "head.json"),
    *("facts.json", "facts.jsonl", "shown.jsonl", "withheld.json"),
    *("verify.py", "measures.pyz", "README.txt", "LÆSMIG.txt"),
}

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)  # of JSON that is none of ours

Seals = dict[str, dict[str, list[str]]]  # by table and key: of what was, and of what is
Said = Callable[[str], None]
Anchor = tuple[int, str]  # an event's number and hash


class Unreadable(Exception):
    """The file is not an export that can be checked; the message says why."""


class NoAnchor(argparse.ArgumentTypeError):
    """The text is not an anchor."""


@dataclass
class Faults:
    """The faults of one table, or of another part of the evidence: their number, the first by name."""

    number: int = 0
    named: list[str] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.number - len(self.named)


@dataclass
class Report:
    """The checks that were made, the faults found and the end of the chain."""

    events: int = 0
    records: int = 0
    withheld: int = 0  # of the records: their content is not there to be checked
    rows: int = 0
    rows_withheld: int = 0  # likewise of the rows
    versions: int = 0  # kept of the rows: what they held, from an event to the next
    files: int = 0
    stamps: int = 0  # time stamps of heads
    notes: list[str] = field(default_factory=list)  # what is no fault and yet worth knowing
    head: str = GENESIS
    groups: dict[str, Faults] = field(default_factory=dict)  # by table, or what else it is about
    progress: Said = lambda _text: None

    @property
    def holds(self) -> bool:
        return not self.groups

    @property
    def faults(self) -> list[str]:
        """Return the faults that are named."""
        return [fault for group in self.groups.values() for fault in group.named]

    @property
    def number_of_faults(self) -> int:
        return sum(group.number for group in self.groups.values())

    def fault(self, about: str, text: str) -> None:
        group = self.groups.setdefault(about, Faults())
        group.number += 1
        if len(group.named) < MOST_NAMED:
            group.named.append(text)

    def unreadable(self, about: str, what: str, error: Exception) -> None:
        """Report something that no write of the program leaves, and nothing else with it."""
        why = " ".join(str(error).split()) or type(error).__name__
        self.fault(about, f"{what} cannot be read: {why}")

    def step(self, what: str, number: int) -> None:
        """Tell of progress now and then."""
        if number % A_STEP == 0:
            self.progress(f"{number:,} {what}")


@dataclass(frozen=True)
class Sealed:
    """A row's last seal in an event ("" for a row that is gone), and the event."""

    seal: str
    seq: int
    act: str


@dataclass
class Chain:
    """The chain's content: the events that froze a record, and how each row was sealed last."""

    frozen: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    rows: dict[str, dict[str, Sealed]] = field(default_factory=dict)
    sealing: dict[str, Any] = field(default_factory=dict)  # triggers, columns, kept and salt
    # By table, key and event: the seals of the versions that must be there (None: without a text),
    # and those of rows of which none are kept.
    versions: dict[str, dict[str, dict[int, str | None]]] = field(default_factory=dict)
    unkept: dict[str, dict[str, dict[int, str]]] = field(default_factory=dict)


def sha256(content: str | bytes) -> str:
    data = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def row_salt(salt: bytes, table: str, key: str) -> bytes:
    """Return a row's own salt, made of the database's."""
    return hmac.digest(salt, f"{table} {key}".encode(), "sha256")


def seal(own_salt: bytes, digest: str) -> str:
    """Return the seal of a row whose text has that SHA-256; "" for no row."""
    return hashlib.sha256(own_salt + bytes.fromhex(digest)).hexdigest() if digest else ""


def event_hash(event: Mapping[str, Any]) -> str:
    """Return the hash an event must carry, from its own fields."""
    signed = {name: event[name] for name in SIGNED}
    return sha256(json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def version_seal(own_salt: bytes, text: str | None) -> str | None:
    """Return the seal of what a row held: "" where it was removed, None where nobody kept it."""
    return text and seal(own_salt, sha256(text))


def latest_sealing(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the last statement of the sealing's own events on salt, columns and triggers."""
    facts: dict[str, Any] = {}
    for event in events:
        facts = json.loads(event["facts"])
    facts.pop("anew", None)
    return facts


def check_events(
    events: Iterable[Mapping[str, Any]], report: Report, anchors: Iterable[Anchor]
) -> Chain:
    """Walk the chain from its first event; return its content about records and rows."""
    chain = Chain()
    unseen: dict[int, set[str]] = {}
    for seq, value in anchors:
        unseen.setdefault(seq, set()).add(value)
    stamped = unseen.pop(STAMPED, set())
    for event in events:
        report.events += 1
        seq = event["seq"]
        if seq != report.events:
            report.fault(EVENTS, f"event {seq} stands where event {report.events} should")
            report.events = seq
        try:
            _check_event(event, report)
        except UNREADABLE:
            report.fault(EVENTS, f"event {seq}: its fields cannot be read")
        if unseen.pop(seq, set()) - {event["hash"]}:
            report.fault(ANCHORS, f"event {seq} is not the one that was anchored")
        if stamped:
            stamped.discard(imprint_for(seq, event["hash"]))
        report.head = event["hash"]
        try:
            _follow(chain, event, report)
        except UNREADABLE:
            report.fault(EVENTS, f"event {seq}: what it says cannot be read")
        report.step("events", report.events)
    for seq in sorted(unseen):
        report.fault(ANCHORS, f"event {seq} was anchored and is missing{_older(seq, report)}")
    for _one in stamped:
        report.fault(
            ANCHORS, "no event is the one of the time stamp: the chain is another or older"
        )
    return chain


def _older(anchored: int, report: Report) -> str:
    if anchored <= report.events:
        return ""
    return f": an older state was put back, or the end cut off, for the last is {report.events}"


def _check_event(event: Mapping[str, Any], report: Report) -> None:
    seq = event["seq"]
    if event["previous_hash"] != report.head:
        report.fault(EVENTS, f"event {seq} does not follow the one before it")
    if sha256(event["facts"]) != event["content_hash"]:
        report.fault(EVENTS, f"event {seq}: its facts are not those that were written")
    if sha256(event["seals"]) != event["seals_hash"]:
        report.fault(EVENTS, f"event {seq}: its seals are not those that were written")
    if event_hash(event) != event["hash"]:
        report.fault(EVENTS, f"event {seq}: its hash does not match")


def _follow(chain: Chain, event: Mapping[str, Any], report: Report) -> None:
    seq, act = event["seq"], event["act"]
    if act == FROZEN:
        chain.frozen[seq] = event
    seals: Seals = json.loads(event["seals"]) if event["seals"] else {}
    anew: list[str] = []
    kept_before = chain.sealing.get("kept", ())
    if act in {BEGAN, CHANGED}:
        anew = json.loads(event["facts"])["anew"]
        chain.sealing = latest_sealing([event])
        _report_gone(chain, seq, anew, seals, report)
    for table, rows in seals.items():
        _follow_versions(chain, table, rows, seq)
        known = chain.rows.setdefault(table, {})
        for key, (was, now) in rows.items():
            before = known.get(key)
            if table not in anew and was != (before.seal if before else ""):
                report.fault(
                    table,
                    f"{table} {key} was changed behind the program's back before event {seq}"
                    f" ({act}): it was not {_as_sealed(before)}",
                )
            known[key] = Sealed(now, seq, act)
    _begin_versions(chain, kept_before)
    if f'"{ERASED}":' in event["facts"]:
        _erase(chain, event)


def _report_gone(chain: Chain, seq: int, anew: Sequence[str], seals: Seals, report: Report) -> None:
    for table in anew:
        gone = set(chain.rows.get(table, {})) - set(seals.get(table, {}))
        for key in sorted(k for k in gone if chain.rows[table][k].seal):
            report.fault(table, f"{table} {key} was gone before event {seq} sealed the table anew")


def _follow_versions(chain: Chain, table: str, rows: Mapping[str, list[str]], seq: int) -> None:
    """Note which versions must be there: one for each seal, once they are kept."""
    is_kept = table in chain.sealing.get("kept", ())
    noted: Any = (chain.versions if is_kept else chain.unkept).setdefault(table, {})
    for key, (_was, now) in rows.items():
        noted.setdefault(key, {})[seq] = now
        if is_kept and not now and not chain.sealing.get("lasting"):
            del noted[key]


def _begin_versions(chain: Chain, before: Sequence[str]) -> None:
    """Note that the seals until now have versions, too: with a text where the row is the same now."""
    kept = chain.sealing.get("kept", ())
    if kept is before:  # no event of the sealing
        return
    for table in set(kept).difference(before) & chain.unkept.keys():
        for key, seals in chain.unkept.pop(table).items():
            chain.versions.setdefault(table, {}).setdefault(key, {}).update(seals)
            _forget(chain, table, key, seals)


def _erase(chain: Chain, event: Mapping[str, Any]) -> None:
    """Follow an event that erased what rows held before; it names them by table and key."""
    erased = json.loads(event["facts"])[ERASED]
    if isinstance(erased, str):  # before versions lasted: it is about the row, and removed them
        table, key = event["object_kind"].replace(".", "_", 1), event["object_id"]
        chain.versions[table][key] = {event["seq"]: chain.rows[table][key].seal}
        return
    for table, keys in erased.items():
        for key in keys:
            _forget(chain, table, key, chain.versions[table][key])


def _forget(chain: Chain, table: str, key: str, seals: Iterable[int]) -> None:
    """Note that nobody knows what a row held at some of its seals, unless it holds the same now."""
    versions, last = chain.versions[table][key], chain.rows[table][key].seal
    for seq in seals:
        if versions[seq] not in {"", last}:
            versions[seq] = None


def _as_sealed(before: Sealed | None) -> str:
    if before is None:
        return "there, as far as events say"
    return f"what event {before.seq} ({before.act}) sealed"


def check_row(table: str, key: str, found: str | None, chain: Chain, report: Report) -> None:
    """Check a row by its seal against the last event that sealed it."""
    report.rows += 1
    report.step("rows", report.rows)
    last = chain.rows.get(table, {}).pop(key, None)
    if last is None or not last.seal:
        report.fault(table, f"{table} {key} was added without an event")
    elif found != last.seal:
        report.fault(table, f"{table} {key} is not {_as_sealed(last)}")


def check_version(
    version: tuple[str, str, int], found: str | None, chain: Chain, report: Report
) -> None:
    """Check by its seal a row's version from an event on: table, key and number of the event."""
    table, key, seq = version
    report.versions += 1
    report.step("versions", report.versions)
    expected = chain.versions.get(table, {}).get(key, {})
    if seq not in expected:
        report.fault(table, f"{table} {key}: the version of event {seq} was added without it")
    elif found != expected.pop(seq):
        report.fault(table, f"{table} {key}: the version of event {seq} is not what that sealed")


def check_missing_versions(chain: Chain, report: Report) -> None:
    """Report versions that must be kept and are gone."""
    for table, rows in sorted(chain.versions.items()):
        for key, versions in sorted(rows.items()):
            for seq in sorted(versions):
                report.fault(table, f"{table} {key}: the version of event {seq} is missing")


def check_missing_rows(chain: Chain, report: Report) -> None:
    """Report rows that were sealed and that are gone without an event."""
    for table, rows in sorted(chain.rows.items()):
        for key, last in rows.items():
            if last.seal:
                report.fault(
                    table, f"{table} {key} is missing: event {last.seq} ({last.act}) sealed it"
                )


def check_record(record: Mapping[str, Any], chain: Chain, report: Report) -> None:
    """Check one frozen record against the event that sealed it."""
    report.records += 1
    name = f"record {record['id']}"
    event = chain.frozen.pop(record["event"], None)
    if event is None:
        report.fault(RECORDS, f"{name}: no event sealed it")
        return
    try:
        facts = dict(json.loads(event["facts"]))
    except UNREADABLE:
        report.fault(RECORDS, f"{name}: the event that sealed it cannot be read")
        return
    sealed = {"kind": facts.get("kind"), **{field: event[field] for field in OF_RECORD}}
    for field_name, value in sealed.items():
        if record[field_name] != value:
            report.fault(RECORDS, f"{name}: its {field_name} is not what was frozen")
    hashes = (record["content_hash"], record["pdf_hash"])
    if record.get("withheld") is True:
        report.withheld += 1
        found = hashes
    else:
        pdf = record["pdf"]
        found = (sha256(record["content"]), sha256(pdf) if pdf else "")
    expected = (facts.get("content_hash"), facts.get("pdf_hash"))
    for what, *values in zip(("content", "PDF"), expected, hashes, found):
        if len(set(values)) > 1:
            report.fault(RECORDS, f"{name}: its {what} is not what was frozen")


def check_missing(chain: Chain, report: Report) -> None:
    """Report records that an event sealed and that are gone."""
    for seq in sorted(chain.frozen):
        report.fault(RECORDS, f"the record that event {seq} froze is missing")


def check_export(
    path: str | IO[bytes], anchors: Iterable[Anchor], report: Report | None = None
) -> Report:
    """Check a whole export. Raises Unreadable for a file that is not one."""
    report = report or Report()
    with opened(path) as export:
        unread, files = _names(export, report)
        stamped = _check_stamps(export, report)
        chain = check_events(lines_of(export, "events.jsonl"), report, [*anchors, *stamped])
        for record in lines_of(export, "records.jsonl"):
            if record.get("withheld") is not True:
                unread -= _read(record, export, report)
            check_record(record, chain, report)
        check_missing(chain, report)
        stored = set()
        for row in lines_of(export, "rows.jsonl"):
            _check_exported_row(row, chain, report)
            if row["table"] == STORED:
                stored.add(row["key"])
        check_missing_rows(chain, report)
        if "versions.jsonl" in export.namelist():  # of an older version there is none
            for row in lines_of(export, "versions.jsonl"):
                found = _exported_seal(row)
                check_version((row["table"], row["key"], row["event"]), found, chain, report)
        check_missing_versions(chain, report)
        for name in sorted(files):
            _check_file(name, stored, export, report)
        for name in sorted(unread):
            report.fault(EXPORT, f"{name} is no part of what was frozen")
        _check_withheld(export, report)
        _check_head(export, chain, report)
    return report


def _check_head(export: zipfile.ZipFile, chain: Chain, report: Report) -> None:
    """Compare what the export says of the chain's end, and of its days, with the chain."""
    head = json.loads(export.read("head.json"))
    if (head["seq"], head["hash"]) != (report.events, report.head):
        report.fault(EXPORT, "the chain does not end where the export says")
    zone = head.get("time_zone")
    if zone != chain.sealing.get("time_zone", zone):
        report.fault(EXPORT, "its time zone is not the one that the chain says")


class opened(zipfile.ZipFile):  # noqa: N801 reads as what it does
    """An export opened for reading. Raises Unreadable for any other file, also while it is read."""

    def __init__(self, path: str | IO[bytes]) -> None:
        try:
            super().__init__(path)
        except (OSError, zipfile.BadZipFile, ValueError) as error:
            raise Unreadable(str(error)) from None
        packed = sum(member.compress_size for member in self.infolist())
        unpacked = sum(member.file_size for member in self.infolist())
        if unpacked > MOST_BYTES or unpacked > MOST_TIMES * max(packed, 1_000_000):
            raise Unreadable(f"it would unpack to {unpacked:,} bytes, which no export does")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        if isinstance(error, KeyError):
            raise Unreadable(f"{error.args[0]} is missing in it") from None
        known = (OSError, EOFError, ValueError, TypeError, AttributeError, RuntimeError)
        if isinstance(error, (*known, zipfile.BadZipFile, zipfile.zlib.error)):  # type: ignore[attr-defined]
            raise Unreadable(str(error) or "it ends too early") from None


def lines_of(export: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a file in the export, one a line."""
    with export.open(name) as lines:
        while line := lines.readline(MOST_OF_A_LINE):
            if not line.endswith(b"\n"):
                raise ValueError(f"{name} ends in the middle of a line")
            read: dict[str, Any] = json.loads(line)
            yield read


def _names(export: zipfile.ZipFile, report: Report) -> tuple[set[str], set[str]]:
    """Return the names of records and of files; report those that have no place in an export."""
    names = [member.filename for member in export.infolist()]
    for name in sorted({name for name in names if names.count(name) > 1}):
        report.fault(EXPORT, f"{name} is in the export more than once")
    records = {name for name in names if re.fullmatch(r"records/\d+\.(json|pdf)", name)}
    stamps = set(filter(_STAMP.fullmatch, names))
    files = {name for name in names if re.fullmatch(r"files/[0-9a-f]{64}", name)}
    for name in sorted(set(names) - records - files - stamps - EXPECTED):
        report.fault(EXPORT, f"{name} is no part of an export")
    return records, files


def _check_withheld(export: zipfile.ZipFile, report: Report) -> None:
    """Compare what the export says it withholds with what it does; an older version says nothing."""
    if "withheld.json" not in export.namelist():
        return
    told = json.loads(export.read("withheld.json"))
    said = (told["records"]["withheld"], sum(one["withheld"] for one in told["rows"].values()))
    if said != (report.withheld, report.rows_withheld):
        report.fault(EXPORT, "it withholds other numbers of records and rows than it says")


def _check_file(name: str, stored: set[str], export: zipfile.ZipFile, report: Report) -> None:
    """Check the bytes of a file against its name, and the name against the rows of files."""
    report.files += 1
    digest, wanted = hashlib.sha256(), name.partition("/")[2]
    with export.open(name) as lines:
        while part := lines.read(A_PART):
            digest.update(part)
    if digest.hexdigest() != wanted:
        report.fault(EXPORT, f"{name} holds other bytes than were stored")
    if wanted not in stored:
        report.fault(EXPORT, f"{name} is no file that a row knows")


def _check_stamps(export: zipfile.ZipFile, report: Report) -> Iterator[Anchor]:
    """Yield the heads that have a time stamp in the export; report a stamp of something else."""
    for name in export.namelist():
        if found := _STAMP.fullmatch(name):
            report.stamps += 1
            head = (int(found[1]), found[2])
            if imprint_in(export.read(name)) != imprint_for(*head):
                report.fault(ANCHORS, f"{name} is no time stamp of the head that it names")
            yield head


def _read(record: dict[str, Any], export: zipfile.ZipFile, report: Report) -> set[str]:
    """Put the record's own bytes into it; return the names of the files they came from."""
    names = {part: f"records/{record['id']}.{part}" for part in ("json", "pdf")}
    if not record["pdf_hash"]:
        del names["pdf"]
    found = {}
    for part, name in names.items():
        try:
            found[part] = export.read(name)
        except (KeyError, zipfile.BadZipFile) as error:
            report.unreadable(RECORDS, f"record {record['id']}", error)
    record["content"], record["pdf"] = found.get("json", b""), found.get("pdf", b"")
    return set(names.values())


def _check_exported_row(row: Mapping[str, Any], chain: Chain, report: Report) -> None:
    report.rows_withheld += row.get("withheld") is True
    check_row(row["table"], row["key"], _exported_seal(row), chain, report)


def _exported_seal(row: Mapping[str, Any]) -> str | None:
    """Return a row's seal; one of which nothing fits where its own values cannot be read."""
    try:
        if row.get("withheld") is True:
            return None if row["seal"] is None else str(row["seal"])
        return version_seal(bytes.fromhex(row["salt"]), row["text"])
    except UNREADABLE:
        return "unreadable"


def which_record(path: str, pdf: bytes) -> str:
    """Return in words the frozen record of the export that a PDF is; "" when it is none.

    What it is called is read from the record's content, which the chain covers.
    """
    wanted = sha256(pdf)
    with opened(path) as export:
        for record in lines_of(export, "records.jsonl"):
            if record["pdf_hash"] == wanted:
                zone, _ = _zone(export)
                at = _moment(record["at"]).astimezone(zone)
                return (
                    f"This is {_called(record, export)}: record {record['id']}, frozen on"
                    f" {at:%Y-%m-%d at %H:%M} by event {record['event']}."
                )
    return ""


def _called(record: Mapping[str, Any], export: zipfile.ZipFile) -> str:
    kind = KINDS.get(record["kind"]) or record["kind"].partition(".")[2].replace("_", " ")
    if record.get("withheld") is True:
        return f"the {kind} of {record['object_kind']} {record['object_id']}"
    content = json.loads(export.read(f"records/{record['id']}.json"))
    named = [content[name] for name in ("number", "meeting", "title") if content.get(name)]
    day = str(content.get("starts_at") or content.get("day") or "")[:10]
    where = ", ".join(filter(None, (content.get("committee"), day)))
    return " ".join(filter(None, (f"the {kind}", str(*named[:1]), where and f"({where})")))


def how_it_stood(path: str, day: date) -> list[str]:
    """Return the head at the end of a day, and the numbers of records and rows then, in words."""
    last, records, rows = None, 0, {}
    with opened(path) as export:
        zone, called = _zone(export)
        end = datetime.combine(day + timedelta(days=1), time(), zone)
        for event in lines_of(export, "events.jsonl"):
            if _moment(event["at"]) >= end:
                break
            last = event
            records += event["act"] == FROZEN
            for table, sealed in (json.loads(event["seals"]) if event["seals"] else {}).items():
                rows.update({(table, key): now for key, (_was, now) in sealed.items()})
    if last is None:
        return [f"When {day} ended ({called}) the chain had no event."]
    there = sum(map(bool, rows.values()))
    return [
        f"When {day} ended ({called}) the chain ended with event {last['seq']}:{last['hash']}.",
        f"{records:,} records were frozen and {there:,} rows sealed by then.",
    ]


def _zone(export: zipfile.ZipFile) -> tuple[tzinfo, str]:
    name = json.loads(export.read("head.json")).get("time_zone", "UTC")
    try:
        return ZoneInfo(name), name
    except (ZoneInfoNotFoundError, ValueError):  # the machine knows no time zones
        return timezone.utc, "UTC"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def in_words(report: Report) -> list[str]:
    """Return the faults and the checks in words, a line each."""
    lines = []
    for about, group in report.groups.items():
        lines += [f"FAULT: {fault}" for fault in group.named]
        if group.more:
            lines.append(f"FAULT: {about}: {group.number:,} in all, {group.more:,} are not named.")
    for number, what in ((report.withheld, "record"), (report.rows_withheld, "row")):
        if number:
            lines.append(withheld_in_words(number, what))
    files = f", {report.versions:,} earlier versions of rows" if report.versions else ""
    files += f", {report.files:,} files" if report.files else ""
    files += f", {report.stamps:,} time stamps" if report.stamps else ""
    lines += report.notes
    lines.append(
        f"{report.events:,} events, {report.records:,} records, {report.rows:,} rows{files} checked."
        f" Head: {report.head}"
    )
    return lines


def withheld_in_words(number: int, what: str) -> str:
    """Return the number of records or rows withheld, as a line."""
    if number == 1:
        return f"1 {what} withheld: its hashes are in the chain, its content is not in this export."
    return (
        f"{number:,} {what}s withheld: their hashes are in the chain,"
        " their content is not in this export."
    )


def read_anchor(text: str) -> Anchor:
    seq, _, value = text.partition(":")
    if not re.fullmatch(r"[0-9]{1,15}", seq) or not re.fullmatch(r"[0-9a-f]{64}", value):
        raise NoAnchor("an anchor is SEQ:HASH")
    return int(seq), value


def imprint_for(seq: int, value: str) -> str:
    """Return what a time stamp is asked for: the SHA-256 of a head as SEQ:HASH."""
    return sha256(f"{seq}:{value}")


def imprint_in(stamp: bytes) -> str:
    """Return the SHA-256 that a time stamp (RFC 3161) is of; "" where it is none."""
    found = _IMPRINT.search(stamp)
    return found[1].hex() if found else ""


def anchors_in(given: str) -> list[Anchor]:
    """Return all anchors in a text or a file: `anchors.txt`, a mail that was kept, a time stamp."""
    data = Path(given).read_bytes() if os.path.isfile(given) else given.encode()  # noqa: PTH113 long
    if imprint := imprint_in(data):
        return [(STAMPED, imprint)]
    found = _ANCHOR.findall(data.decode(errors="replace").replace("=\r\n", "").replace("=\n", ""))
    if not found:
        parts = message_from_bytes(data, policy=policy.default).walk()
        texts = [str(part.get_content()) for part in parts if part.get_content_maintype() == "text"]
        found = _ANCHOR.findall("\n".join(texts))
    if not found:
        raise NoAnchor(f"no anchor, which is SEQ:HASH, stands in {given[:80]}")
    return [(int(seq), value) for seq, value in dict.fromkeys(found)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the check from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("export")
    parser.add_argument(
        "--anchor", type=anchors_in, action="extend", default=[], metavar="FILE|TEXT"
    )
    parser.add_argument("--pdf", help="a document: say which frozen record it is")
    parser.add_argument("--day", type=date.fromisoformat, help="say how the chain stood then")
    parsed = parser.parse_args(arguments)
    try:
        report = check_export(parsed.export, parsed.anchor, Report(progress=to_terminal()))
        lines = in_words(report)
        unknown = False
        if parsed.pdf:
            answer = which_record(parsed.export, Path(parsed.pdf).read_bytes())
            unknown = not answer
            lines.append(answer or f"FAULT: {parsed.pdf} is no document that was frozen.")
        if parsed.day:
            lines.extend(how_it_stood(parsed.export, parsed.day))
    except (Unreadable, OSError) as error:
        print(f"{parsed.export} is not an export that can be checked: {error}", file=sys.stderr)
        return 2
    print("\n".join(lines))
    return 0 if report.holds and not unknown else 1


def to_terminal() -> Said:
    """Return a function that writes progress over one line of a terminal, and nowhere else."""
    if not sys.stderr.isatty():
        return lambda _text: None
    return lambda text: print(f"\r{text} checked \r", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
