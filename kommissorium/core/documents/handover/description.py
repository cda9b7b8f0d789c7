"""The content of metadata.json about a file, and about further facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from kommissorium.core.documents.attachment_names import safe_media_type
from kommissorium.core.documents.handover.file_names import METADATA, SUMS
from kommissorium.core.documents.handover.model import HandoverFile
from kommissorium.core.richtext import one_line, printable


def file_as_json(file: HandoverFile, path: str) -> dict[str, Any]:
    """Return the description of a file; `path` is its place in the .zip."""
    return {
        "type": "File",
        "id": path,
        "name": one_line(file.name),
        "fileName": path.rpartition("/")[2],
        "mimeType": safe_media_type(file.media_type),
        "size": file.size,
        "sha256Checksum": file.digest("sha256"),
        "sha512Checksum": file.digest("sha512"),
        "role": file.role,
        "agendaItem": one_line(file.item_number),
        "public": not file.is_closed,
    }


def told_plainly(
    files: Sequence[HandoverFile],
    facts: Mapping[str, Any],
    lead: Iterable[str],
    note: str,
    paths: Sequence[str],
) -> tuple[str, dict[str, Any]]:
    """Return README.txt and metadata.json of files that belong together and to nothing else."""
    rows = [file_as_json(*each) for each in zip(files, paths, strict=True)]
    machine = _("%(name)s has the same for a machine to read.") % {"name": METADATA}
    sums = _("%(name)s has the checksums of the files. Check them with: sha256sum -c %(name)s")
    lines = [*lead, "", *paths, "", machine, sums % {"name": SUMS}, note, ""]
    return "\n".join(lines), {**facts, "file": rows}


def plain_facts(value: Any) -> Any:
    """Return the facts as JSON has them: dates in ISO 8601, decimals as text."""
    match value:
        case Mapping():
            return {printable(str(key)): plain_facts(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain_facts(inner) for inner in value]
        case None | bool() | int():
            return value
        case float():
            return value if isfinite(value) else str(value)
        case date():
            return value.isoformat()
        case _:
            return printable(str(value))
