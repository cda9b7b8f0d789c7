"""Writes the evidence as a zip that carries its own verifier, as far as its reader may see."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.canonical import GENESIS
from kommissorium.core.evidence.chain_check import (
    chain,
    record_fields,
    rows_with_salt,
    snapshot,
    versions_with_salt,
)
from kommissorium.core.evidence.export_readme import readme
from kommissorium.core.evidence.models import Record, RowVersion, Stamp
from kommissorium.core.evidence.sealed_tables import SealedTable, sealed_tables
from kommissorium.core.evidence.withheld import FILES, RECORDS, ROWS, VERSIONS, Withheld
from kommissorium.core.files.models import FileDamaged, StoredFile

SCHEMA = "kommissorium-evidence-1"

type Ground = str | Promise


class Reader:
    """The rights of an export's reader. This one is the server's own: everything."""

    def records(self) -> set[int] | None:
        """Return the keys of the records to show, None for all."""
        return None

    def rows(self, model: type[Model]) -> set[str] | None:
        """Return the keys of a table's rows to show, None for all."""
        return None

    def versions(self, table: SealedTable) -> Callable[[RowVersion], bool] | None:
        """Return what says whether a version of a table's row is to be shown, None for all."""
        return None

    def files(self) -> QuerySet[StoredFile]:
        """Return the files whose bytes the reader may have."""
        return StoredFile.objects.all()

    def ground(self, part: str, model: type[Model] | None) -> Ground:
        """Return why some of a part of the export is withheld; of rows and versions by model."""
        return _("Files go along when they are asked for, if the server still has them.")


type Part = Callable[[zipfile.ZipFile], None]


def write_export(
    target: IO[bytes],
    reader: Reader | None = None,
    parts: Sequence[Part] = (),
    *,
    with_files: bool = True,
) -> None:
    """Write chain, records, sealed rows and files; the parts the reader may not see are withheld.

    Of withheld parts it has the hashes, but not the content. Files may be many, and left out.
    """
    reader = reader or Reader()
    withheld = Withheld()
    with snapshot(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as export:
        last = (0, GENESIS)
        with export.open("events.jsonl", "w", force_zip64=True) as lines:
            for event in chain():
                lines.write(_line(event))
                last = (event["seq"], event["hash"])
        _write_records(export, reader.records(), withheld)
        _write_rows(export, reader, withheld)
        _write_versions(export, reader, withheld)
        files = reader.files() if with_files else StoredFile.objects.none()
        _write_files(export, files, withheld)
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
        export.writestr("withheld.json", withheld.told(reader.ground))
        for part in parts:
            part(export)
        export.writestr("verify.py", Path(verifier.__file__).read_bytes())
        for name, language in (("LÆSMIG.txt", "da"), ("README.txt", "en")):
            export.writestr(name, readme(language))


def _write_records(export: zipfile.ZipFile, shown: set[int] | None, withheld: Withheld) -> None:
    index: list[bytes] = []
    for row in Record.objects.order_by("pk").iterator(50):
        fields = record_fields(row)
        content, pdf = fields.pop("content"), fields.pop("pdf")
        is_shown = shown is None or row.pk in shown
        withheld.count(RECORDS, "", is_shown=is_shown)
        if not is_shown:
            index.append(_line({**fields, "withheld": True}))
            continue
        export.writestr(f"records/{row.pk}.json", content)
        if pdf:
            export.writestr(f"records/{row.pk}.pdf", pdf)
        index.append(_line(fields))
    export.writestr("records.jsonl", b"".join(index))


def _write_rows(export: zipfile.ZipFile, reader: Reader, withheld: Withheld) -> None:
    with export.open("rows.jsonl", "w", force_zip64=True) as lines:
        for table in sealed_tables().values():
            shown = reader.rows(table.model)
            for key, own_salt, text in rows_with_salt(table):
                is_shown = shown is None or key in shown
                withheld.count(ROWS, table.name, is_shown=is_shown)
                row = {"table": table.name, "key": key}
                lines.write(_line(row | _told(text, own_salt, is_shown)))


def _write_versions(export: zipfile.ZipFile, reader: Reader, withheld: Withheld) -> None:
    asked = {name: reader.versions(table) for name, table in sealed_tables().items()}
    with export.open("versions.jsonl", "w", force_zip64=True) as lines:
        for one, own_salt in versions_with_salt():
            shown = asked[one.table]
            is_shown = shown is None or shown(one)
            withheld.count(VERSIONS, one.table, is_shown=is_shown)
            row = {"table": one.table, "key": one.key, "event": one.event_id}
            lines.write(_line(row | _told(one.text, own_salt, is_shown)))


def _write_files(export: zipfile.ZipFile, files: QuerySet[StoredFile], withheld: Withheld) -> None:
    """Write the files' bytes under their hashes; what the disk has lost is told as withheld."""
    shown = set(files.values_list("pk", flat=True))
    for file in StoredFile.objects.order_by("pk").iterator(500):
        is_there = file.pk in shown and _write_file(export, file)
        withheld.count(FILES, "", is_shown=is_there)


def _write_file(export: zipfile.ZipFile, file: StoredFile) -> bool:
    try:
        path = file.checked()
    except FileDamaged:
        return False
    with path.open("rb") as kept, export.open(f"files/{file.pk}", "w", force_zip64=True) as copy:
        shutil.copyfileobj(kept, copy)
    return True


def _told(text: str | None, own_salt: bytes, is_shown: bool) -> dict[str, Any]:
    if is_shown:
        return {"text": text, "salt": own_salt.hex()}
    return {"withheld": True, "seal": verifier.version_seal(own_salt, text)}


def _line(fields: dict[str, Any]) -> bytes:
    return (json.dumps(fields, ensure_ascii=False) + "\n").encode("utf-8")
