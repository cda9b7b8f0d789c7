#!/usr/bin/env python3
"""Check an export of Kommissorium's evidence with nothing but Python's standard library.

    python3 verify.py export.zip [--anchor SEQ:HASH]

Every event names the hash of the one before it, so that an edit, a gap, a swap or a
removal in the middle shows by itself. Someone who owns the database could compute the whole
chain anew, or cut its end off: that shows against an anchor, a head noted elsewhere earlier.
A record may be withheld from who may not read it: its hashes are checked against the chain all
the same. Exit code 0: all holds. 1: something does not. 2: the file cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

GENESIS = "0" * 64
SIGNED = (
    "seq",
    "at",
    "actor",
    "act",
    "object_kind",
    "object_id",
    "content_hash",
    "previous_hash",
)
SEALED = ("object_kind", "object_id", "at")
MOST_FAULTS = 100


@dataclass
class Report:
    """What was checked, what did not hold and where the chain ends."""

    events: int = 0
    records: int = 0
    withheld: int = 0  # of the records: their content is not there to be checked
    head: str = GENESIS
    faults: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.faults

    def fault(self, text: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(text)


def sha256(content: str | bytes) -> str:
    data = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def event_hash(event: Mapping[str, Any]) -> str:
    """Return the hash an event must carry, from its own fields."""
    signed = {name: event[name] for name in SIGNED}
    return sha256(json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def check_events(
    events: Iterable[Mapping[str, Any]], report: Report, anchors: Mapping[int, str]
) -> dict[int, Mapping[str, Any]]:
    """Walk the chain from its first event; return the events that froze a record, by number."""
    frozen: dict[int, Mapping[str, Any]] = {}
    unseen = dict(anchors)
    for event in events:
        report.events += 1
        seq = event["seq"]
        if seq != report.events:
            report.fault(f"event {seq} stands where event {report.events} should")
            report.events = seq
        if event["previous_hash"] != report.head:
            report.fault(f"event {seq} does not follow the one before it")
        if sha256(event["facts"]) != event["content_hash"]:
            report.fault(f"event {seq}: its facts are not those that were written")
        if event_hash(event) != event["hash"]:
            report.fault(f"event {seq}: its hash does not match")
        if seq in unseen and unseen.pop(seq) != event["hash"]:
            report.fault(f"event {seq} is not the one that was anchored")
        report.head = event["hash"]
        if event["act"] == "core.record_frozen":
            frozen[seq] = event
    for seq in sorted(unseen):
        report.fault(f"event {seq} was anchored and is missing")
    return frozen


def check_record(
    record: Mapping[str, Any], frozen: dict[int, Mapping[str, Any]], report: Report
) -> None:
    """Check one frozen record against the event that sealed it."""
    report.records += 1
    name = f"record {record['id']}"
    event = frozen.pop(record["event"], None)
    if event is None:
        report.fault(f"{name}: no event sealed it")
        return
    facts = json.loads(event["facts"])
    sealed = {"kind": facts.get("kind"), **{field: event[field] for field in SEALED}}
    for field_name, value in sealed.items():
        if record[field_name] != value:
            report.fault(f"{name}: its {field_name} is not what was frozen")
    hashes = (record["content_hash"], record["pdf_hash"])
    if record.get("withheld") is True:
        report.withheld += 1
        found = hashes
    else:
        pdf = record["pdf"]
        found = (sha256(record["content"]), sha256(pdf) if pdf else "")
    expected = (facts.get("content_hash"), facts.get("pdf_hash"))
    for what, *values in zip(("content", "PDF"), expected, hashes, found, strict=True):
        if len(set(values)) > 1:
            report.fault(f"{name}: its {what} is not what was frozen")


def check_missing(frozen: Mapping[int, object], report: Report) -> None:
    """Report records that an event sealed and that are gone."""
    for seq in sorted(frozen):
        report.fault(f"the record that event {seq} froze is missing")


def check_export(path: str, anchors: Mapping[int, str]) -> Report:
    """Check a whole export. Raises OSError, KeyError, ValueError for a file that is not one."""
    report = Report()
    with zipfile.ZipFile(path) as export:
        unread = {name for name in export.namelist() if name.startswith("records/")}
        with export.open("events.jsonl") as lines:
            frozen = check_events(map(json.loads, lines), report, anchors)
        with export.open("records.jsonl") as lines:
            for record in map(json.loads, lines):
                if record.get("withheld") is not True:
                    unread -= _read(record, export)
                check_record(record, frozen, report)
        check_missing(frozen, report)
        for name in sorted(unread):
            report.fault(f"{name} is no part of what was frozen")
        head = json.loads(export.read("head.json"))
    if (head["seq"], head["hash"]) != (report.events, report.head):
        report.fault("the chain does not end where the export says")
    return report


def _read(record: dict[str, Any], export: zipfile.ZipFile) -> set[str]:
    """Put the record's own bytes into it; return the names of the files they came from."""
    content, pdf = (f"records/{record['id']}.{ending}" for ending in ("json", "pdf"))
    record["content"] = export.read(content).decode("utf-8")
    record["pdf"] = export.read(pdf) if record["pdf_hash"] else b""
    return {content, pdf} if record["pdf_hash"] else {content}


def withheld_in_words(number: int) -> str:
    """Return that so many records were withheld, as a line."""
    if number == 1:
        return "1 record withheld: its hashes are in the chain, its content is not in this export."
    return (
        f"{number} records withheld: their hashes are in the chain,"
        " their content is not in this export."
    )


def read_anchor(text: str) -> tuple[int, str]:
    seq, _, value = text.partition(":")
    if not seq.isdigit() or len(value) != len(GENESIS):
        raise argparse.ArgumentTypeError("an anchor is SEQ:HASH")
    return int(seq), value


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the check from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("export")
    parser.add_argument("--anchor", type=read_anchor, action="append", default=[])
    parsed = parser.parse_args(arguments)
    try:
        report = check_export(parsed.export, dict(parsed.anchor))
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        print(f"{parsed.export} is not an export that can be checked: {error}", file=sys.stderr)
        return 2
    for fault in report.faults:
        print(f"FAULT: {fault}")
    if report.withheld:
        print(withheld_in_words(report.withheld))
    print(f"{report.events} events and {report.records} records checked. Head: {report.head}")
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main())
