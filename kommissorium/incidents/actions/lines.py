"""What all actions on a case have in common: its timeline, its files and its moments."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.handing_in import GivenFile, kept_file
from kommissorium.core.cleaning import clean_text
from kommissorium.core.files.picture_places import DamagedPicture, without_place
from kommissorium.core.refusals import Refused
from kommissorium.incidents.models import Entry, EntryKind, Incident

CLOCKS_DIFFER = timedelta(minutes=5)  # at most, between a phone and the server


def add_line(
    incident: Incident,
    kind: EntryKind,
    text: str,
    *,
    by: Person | None,
    at: datetime | None = None,
    file: GivenFile | None = None,
) -> Entry:
    """Add a line to the timeline, to be recorded by who calls. Raises Refused (text, file)."""
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


def stripped(file: GivenFile) -> GivenFile:
    """Return a file without the place a picture was taken at. Raises Refused (file)."""
    try:
        return GivenFile(file.name, without_place(file.data))
    except DamagedPicture:
        raise Refused(file=_("The picture is damaged. Try another one.")) from None


def past_moment(at: datetime, field: str) -> datetime:
    """Return a moment that has come. Raises Refused (field) for one in the future."""
    if at > timezone.now() + CLOCKS_DIFFER:
        raise Refused(**{field: _("That time has not come yet.")})
    return at


def facts_of(incident: Incident, **more: Any) -> dict[str, Any]:
    """Return the facts of an event about a case: its number, and nothing that names anybody."""
    return {"number": incident.case_number, **more}


def in_utc(moment: datetime) -> str:
    """Return a moment as events hold it."""
    return timezone.localtime(moment, timezone.get_default_timezone()).isoformat(timespec="minutes")
