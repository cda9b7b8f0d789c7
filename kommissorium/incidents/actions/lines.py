"""The common part of all actions on a case: its timeline, its files and its moments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import GivenFile, kept_file, stripped
from kommissorium.core.cleaning import clean_text, past_moment
from kommissorium.core.refusals import Refused
from kommissorium.incidents.models import Entry, EntryKind, Incident


def add_line(
    incident: Incident,
    kind: EntryKind,
    text: str,
    *,
    by: Person | None,
    at: datetime | None = None,
    file: GivenFile | None = None,
) -> Entry:
    """Add a line to the timeline, to be recorded by the caller. Raises Refused (text, file)."""
    now = timezone.now()
    cleaned = clean_text(text, "text")
    if not cleaned and file is None:
        raise Refused(text=_("Write something, or add a file."))
    values: dict[str, Any] = {}
    if file is not None:
        stored, values["file_name"] = kept_file(stripped(file))
        values["file"] = stored
    moment = past_moment(at, "at") if at else now
    made: Entry = incident.entries.create(
        kind=kind, at=moment, written_at=now, by=by, text=cleaned, **values
    )
    return made


def facts_of(incident: Incident, **more: Any) -> dict[str, Any]:
    """Return the facts of an event about a case: its number, and nothing that names anybody."""
    return {"number": incident.case_number, **more}
