"""Checks this database's own evidence chain, and exports it for others to check."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from django.db.models import QuerySet

from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.canonical import GENESIS, instant
from kommissorium.core.evidence.models import Anchor, Event, Record

EVENT_FIELDS = (*verifier.SIGNED, "facts", "hash")
README = """Evidence exported from Kommissorium.

events.jsonl    every event, one a line, oldest first
records.jsonl   the frozen records: what each is, its hashes and the event that sealed it
records/        the records themselves, as JSON and, where there is one, as PDF; of one that is
                "withheld" only the hashes are here, for it holds what the reader may not see
head.json       the last event's number and hash
verify.py       the check: python3 verify.py THIS-FILE.zip [--anchor SEQ:HASH]
"""


def chain() -> Iterator[dict[str, Any]]:
    """Yield every event, oldest first, in the form the verifier reads."""
    for event in Event.objects.order_by("seq").values(*EVENT_FIELDS).iterator(2000):
        yield {**event, "at": instant(event["at"])}


def check_database(noted: Mapping[int, str] | None = None) -> verifier.Report:
    """Check the whole chain, every frozen record, the anchors kept here and those noted elsewhere.

    `noted` maps an event's number to the hash it had when the note was made.
    """
    report = verifier.Report()
    anchors = {**dict(Anchor.objects.values_list("seq", "hash")), **(noted or {})}
    frozen = verifier.check_events(chain(), report, anchors)
    for row in Record.objects.order_by("pk").iterator(50):
        verifier.check_record(_record(row), frozen, report)
    verifier.check_missing(frozen, report)
    return report


def head() -> tuple[int, str]:
    """Return the number and hash of the last event; (0, zeros) for an empty chain."""
    last = Event.objects.order_by("-seq").values_list("seq", "hash").first()
    return last or (0, GENESIS)


def write_export(target: IO[bytes], shown: QuerySet[Record] | None = None) -> None:
    """Write the chain and its records as a zip that carries its own verifier.

    With `shown`, all other records are withheld: their hashes stand there, their content and
    PDF do not.
    """
    keys = None if shown is None else set(shown.values_list("pk", flat=True))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as export:
        last = (0, GENESIS)
        with export.open("events.jsonl", "w") as lines:
            for event in chain():
                lines.write(_line(event))
                last = (event["seq"], event["hash"])
        index = io.BytesIO()
        for row in Record.objects.filter(event__seq__lte=last[0]).order_by("pk").iterator(50):
            fields = _record(row)
            content, pdf = fields.pop("content"), fields.pop("pdf")
            if keys is not None and row.pk not in keys:
                index.write(_line({**fields, "withheld": True}))
                continue
            export.writestr(f"records/{row.pk}.json", content)
            if pdf:
                export.writestr(f"records/{row.pk}.pdf", pdf)
            index.write(_line(fields))
        export.writestr("records.jsonl", index.getvalue())
        export.writestr("head.json", json.dumps({"seq": last[0], "hash": last[1]}))
        export.writestr("verify.py", Path(verifier.__file__).read_bytes())
        export.writestr("README.txt", README)


def _record(row: Record) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "object_kind": row.object_kind,
        "object_id": row.object_id,
        "at": instant(row.at),
        "content": row.content,
        "content_hash": row.content_hash,
        "pdf": bytes(row.pdf) if row.pdf else b"",
        "pdf_hash": row.pdf_hash,
        "event": row.event_id,
    }


def _line(fields: dict[str, Any]) -> bytes:
    return (json.dumps(fields, ensure_ascii=False) + "\n").encode("utf-8")
