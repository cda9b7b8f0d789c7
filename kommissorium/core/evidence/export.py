"""Writes the evidence as a zip that carries its own verifier, as far as its reader may see."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import Model

from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.canonical import GENESIS
from kommissorium.core.evidence.chain_check import (
    chain,
    record_fields,
    rows_with_salt,
    snapshot,
    versions_with_salt,
)
from kommissorium.core.evidence.models import Record, Stamp
from kommissorium.core.evidence.sealed_tables import sealed_tables

SCHEMA = "kommissorium-evidence-1"
README = """Evidence exported from Kommissorium.

events.jsonl    every event, one a line, oldest first
records.jsonl   the frozen records: what each is, its hashes and the event that sealed it
records/        the records themselves, as JSON and, where there is one, as PDF; of one that is
                "withheld" only the hashes are here, for it holds what the reader may not see
rows.jsonl      the rows that are sealed, each as text with its own salt; of one that is "withheld"
                only the seal
versions.jsonl  what rows held from an event on: "" where one was removed, null where nobody kept it;
                withheld likewise
stamps/         time stamps (RFC 3161) of heads, each named by the head: SEQ_HASH.tsr
head.json       the last event's number and hash
verify.py       the check: python3 verify.py THIS-FILE.zip [--anchor SEQ:HASH] [--pdf FILE]
"""


class Reader:
    """The rights of an export's reader. This one is the server's own: everything."""

    def records(self) -> set[int] | None:
        """Return the keys of the records to show, None for all."""
        return None

    def rows(self, model: type[Model]) -> set[str] | None:
        """Return the keys of a table's rows to show, None for all."""
        return None

    def versions(self, model: type[Model]) -> set[str] | None:
        """Return the keys of the rows whose former versions are to be shown, None for all."""
        return None


type Part = Callable[[zipfile.ZipFile], None]


def write_export(
    target: IO[bytes], reader: Reader | None = None, parts: Sequence[Part] = ()
) -> None:
    """Write chain, records and sealed rows; the parts the reader may not see are withheld.

    Of withheld parts it has the hashes, but not the content.
    """
    reader = reader or Reader()
    with snapshot(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as export:
        last = (0, GENESIS)
        with export.open("events.jsonl", "w", force_zip64=True) as lines:
            for event in chain():
                lines.write(_line(event))
                last = (event["seq"], event["hash"])
        _write_records(export, reader.records())
        _write_rows(export, reader)
        _write_versions(export, reader)
        for stamp in Stamp.objects.select_related("anchor").iterator(100):
            anchor = stamp.anchor
            export.writestr(f"stamps/{anchor.seq}_{anchor.hash}.tsr", bytes(stamp.answer))
        head: dict[str, Any] = {
            "schema": SCHEMA,
            "seq": last[0],
            "hash": last[1],
            "time_zone": settings.TIME_ZONE,
        }
        export.writestr("head.json", json.dumps(head))
        for part in parts:
            part(export)
        export.writestr("verify.py", Path(verifier.__file__).read_bytes())
        export.writestr("README.txt", README)


def _write_records(export: zipfile.ZipFile, shown: set[int] | None) -> None:
    index: list[bytes] = []
    for row in Record.objects.order_by("pk").iterator(50):
        fields = record_fields(row)
        content, pdf = fields.pop("content"), fields.pop("pdf")
        if shown is not None and row.pk not in shown:
            index.append(_line({**fields, "withheld": True}))
            continue
        export.writestr(f"records/{row.pk}.json", content)
        if pdf:
            export.writestr(f"records/{row.pk}.pdf", pdf)
        index.append(_line(fields))
    export.writestr("records.jsonl", b"".join(index))


def _write_rows(export: zipfile.ZipFile, reader: Reader) -> None:
    with export.open("rows.jsonl", "w", force_zip64=True) as lines:
        for table in sealed_tables().values():
            shown = reader.rows(table.model)
            for key, own_salt, text in rows_with_salt(table):
                row = {"table": table.name, "key": key}
                lines.write(_line(row | _told(text, own_salt, shown is None or key in shown)))


def _write_versions(export: zipfile.ZipFile, reader: Reader) -> None:
    seen = {name: reader.versions(table.model) for name, table in sealed_tables().items()}
    with export.open("versions.jsonl", "w", force_zip64=True) as lines:
        for one, own_salt in versions_with_salt():
            row = {"table": one.table, "key": one.key, "event": one.event_id}
            shown = seen[one.table]
            lines.write(_line(row | _told(one.text, own_salt, shown is None or one.key in shown)))


def _told(text: str | None, own_salt: bytes, is_shown: bool) -> dict[str, Any]:
    if is_shown:
        return {"text": text, "salt": own_salt.hex()}
    return {"withheld": True, "seal": verifier.version_seal(own_salt, text)}


def _line(fields: dict[str, Any]) -> bytes:
    return (json.dumps(fields, ensure_ascii=False) + "\n").encode("utf-8")
