"""Begin a version of a document and write it, or take an edited text; then it is a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import GivenFile, kept_file
from kommissorium.core.actions.rows import change_row
from kommissorium.core.cleaning import clean_fields, clean_line
from kommissorium.core.documents.text_of_files import Unreadable, text_of_file
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import is_empty, sanitise
from kommissorium.policies.actions.next_draft import draft_after
from kommissorium.policies.headings import headings_of
from kommissorium.policies.models import Change, Document, FramePart, Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.risk_basis import pictures
from kommissorium.registers.actions.proposals import hold_draft
from kommissorium.registers.actions.standard_proposals import record_draft


@transaction.atomic
def take_text(version: Version, *, title: str, text: str, edit_version: int, by: Person) -> None:
    """Put a text in the place of a draft's text or file.

    Raises Conflict where somebody changed the draft since it had `edit_version`, or proposed it.
    """
    if not version.document.can_be_written_by(by):
        raise PermissionDenied
    values = {
        "title": clean_line(title, "title", 200) or version.title,
        "text": sanitise(text),
        "file": None,
        "file_name": "",
        "file_text": "",
    }
    change_row(
        version,
        values,
        edit_version=edit_version,
        among=Version.objects.filter(state="draft"),
        act="policies.text_taken",
        by=by,
        facts=KIND.told,
    )


KINDS: Final = (".pdf", ".docx")


def text_of(file: GivenFile) -> str:
    """Return the text of a PDF or Word file. Raises Refused (file) for what cannot be read."""
    if not file.name.lower().endswith(KINDS):
        raise Refused(file=_("Choose a PDF or a Word file (.docx)."))
    try:
        return text_of_file(file.data, file.name)
    except Unreadable as refused:
        raise Refused(file=str(refused.message)) from None


PLAIN: Final = ("title", "change", "change_because", "begins_on")
HEARING: Final = ("hearing_on", "notice_on", "hearing_note")


@transaction.atomic
def begin_version(
    document: Document, *, by: Person, change: str = Change.MATERIAL, because: str = ""
) -> Version:
    """Begin the next version with the words of the last one; `because` is why, where that is known.

    Raises Refused where another one is on its way already.
    """
    if not document.can_be_written_by(by):
        raise PermissionDenied
    if document.is_retired:
        raise Refused(_("The document is retired."))
    if document.versions.open().exists():
        raise Refused(_("A version of it is on its way already."))
    made = draft_after(document, by=by, change=change, because=because)
    record_draft(KIND, made, by=by)
    return made


@transaction.atomic
def add_reason(draft: Version, because: str, *, by: Person) -> None:
    """Say one more reason why a draft is made."""
    if not draft.can_be_drafted_by(by):
        raise PermissionDenied
    change_row(
        draft,
        {"change_because": f"{draft.change_because}\n{because}".strip()},
        edit_version=draft.edit_version,
        act="policies.version_written",
        by=by,
        facts=KIND.told,
        among=Version.objects.filter(state="draft"),
    )


@transaction.atomic
def write_version(
    version: Version,
    *,
    by: Person,
    values: Mapping[str, Any],
    edit_version: int,
    file: GivenFile | None = None,
) -> None:
    """Write what a draft says: its text, or the file that has it.

    A file takes the place of the text, and a text that of a file. Raises Refused, by field, and
    Conflict where somebody else wrote meanwhile.
    """
    if not version.can_be_drafted_by(by):
        raise PermissionDenied
    hold_draft(version)
    names = [name for name in (*PLAIN, *HEARING) if name in values]
    changes = clean_fields(Version, {name: values[name] for name in names})
    changes |= _words(version, str(values.get("text", version.text)), file)
    if "risk_picture" in values:
        changes["risk_picture"] = _picture(values["risk_picture"])
    _refuse_past(changes, version)
    if "frame" in values:
        changes["frame"] = _frame(changes, values["frame"])
    change_row(
        version,
        changes,
        edit_version=edit_version,
        act="policies.version_written",
        by=by,
        facts=KIND.told,
        among=Version.objects.filter(state="draft"),
    )


def _words(version: Version, text: str, file: GivenFile | None) -> dict[str, Any]:
    if file is not None:
        read = text_of(file)
        stored, name = kept_file(file)
        return {"text": "", "file": stored, "file_name": name, "file_text": read}
    html = sanitise(text) if text else ""
    html = "" if is_empty(html) else html
    if html or not version.file_id:
        return {"text": html, "file": None, "file_name": "", "file_text": ""}
    return {}


def _picture(key: object) -> Any:
    """Return the record of a picture there is. Raises Refused (risk_picture)."""
    if not key:
        return None
    found = next((one.record for one in pictures() if str(one.record.pk) == str(key)), None)
    if found is None:
        raise Refused(risk_picture=_("Choose from the list."))
    return found


def _refuse_past(changes: Mapping[str, Any], version: Version) -> None:
    begins = changes.get("begins_on")
    if begins and begins < timezone.localdate() and begins != version.begins_on:
        raise Refused(begins_on=_("It cannot take effect on a day that has passed."))


def _frame(changes: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Return under which heading each part stands: each under one of its own that is there.

    Raises Refused, by the part's field.
    """
    written = Version(text=changes.get("text", ""), file_text=changes.get("file_text", ""))
    known = {key for key, _title in headings_of(written)}
    found = {part: key for part, key in given.items() if part in FramePart.values and key}
    for part, key in found.items():
        if known and key not in known:
            raise Refused(**{part: _("There is no such heading in the text any more.")})
        if list(found.values()).count(key) > 1:
            raise Refused(**{part: _("Two parts cannot stand under the same heading.")})
    return found
