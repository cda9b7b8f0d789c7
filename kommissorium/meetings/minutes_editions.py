"""Which edition of the minutes a person gets, and what the records system is handed."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, WordTemplate
from kommissorium.accounts.word_templates import in_own_template
from kommissorium.core.evidence.models import Record
from kommissorium.core.json_schemas import with_schema
from kommissorium.core.richtext import plain_text
from kommissorium.core.ui.localised import day
from kommissorium.meetings import minutes as editions
from kommissorium.meetings.actions.minutes import confirmed_in_words
from kommissorium.meetings.handover import Handover, HandoverFile, HandoverItem
from kommissorium.meetings.handover.zip_file import Role
from kommissorium.meetings.minutes import Protocol, extract, without_closed
from kommissorium.meetings.minutes.phrases import draft_label
from kommissorium.meetings.minutes_builder import Recorded, protocol_of
from kommissorium.meetings.models import AgendaItem, Attachment, Meeting
from kommissorium.meetings.pack_builder import WORD, file_stem

PDF = "application/pdf"


@dataclass(frozen=True)
class MinutesEdition:
    """A form the minutes can be had in; `is_open` leaves closed items out for everybody.

    `is_as_sent` is that of when they were sent out, whatever the committee said of them since.
    """

    ending: str
    media_type: str
    is_open: bool = False
    is_as_sent: bool = False


SCHEMA = "kommissorium-minutes-1"
EDITIONS = {
    "pdf": MinutesEdition("pdf", PDF),
    "docx": MinutesEdition("docx", WORD),
    "json": MinutesEdition("json", "application/json"),
    "pdf-open": MinutesEdition("pdf", PDF, is_open=True),
    "docx-open": MinutesEdition("docx", WORD, is_open=True),
    "pdf-sent": MinutesEdition("pdf", PDF, is_as_sent=True),
    "json-open": MinutesEdition("json", "application/json", is_open=True),
}


def shown_protocol(
    meeting: Meeting,
    *,
    with_closed: bool,
    recorded: Recorded | None = None,
    municipality: str = "",
) -> Protocol:
    """Return the minutes: as approved from the frozen record, until then as recorded now."""
    if meeting.is_closed_for_changes:
        frozen = frozen_minutes(meeting, with_closed=with_closed)
        return _as_confirmed(editions.minutes_from_json(json.loads(frozen.content)), meeting)
    protocol = protocol_of(meeting, recorded, municipality=municipality)
    return protocol if with_closed else without_closed(protocol)


def _as_confirmed(protocol: Protocol, meeting: Meeting) -> Protocol:
    """Return frozen minutes with what a later meeting said of them: approved, and how."""
    found = getattr(meeting.minutes, "confirmation", None)
    if found is None:
        return protocol
    words = f"{confirmed_in_words(found.item.meeting, found.changes)}."
    told = replace(protocol, status="confirmed", confirmation=words, changes_html=found.changes)
    return without_closed(told) if _is_without_closed(protocol) else told


def _is_without_closed(protocol: Protocol) -> bool:
    return any(item.is_withheld for item in protocol.items)


def frozen_minutes(meeting: Meeting, *, with_closed: bool) -> Record:
    """Return the record of approved minutes, with closed items or without."""
    approval = meeting.minutes.approval
    return approval.record if with_closed else approval.open_record


def write_minutes(meeting: Meeting, form: str, *, with_closed: bool) -> bytes:
    """Return the minutes in one of EDITIONS; sent out, as the bytes that were frozen then.

    What is written anew from them is Word, and the PDF that says how a later meeting approved
    them.
    """
    edition = EDITIONS[form]
    with_closed = with_closed and not edition.is_open
    is_told_anew = edition.ending == "pdf" and meeting.state == Meeting.State.CONFIRMED
    is_told_anew = is_told_anew and not edition.is_as_sent
    if meeting.is_closed_for_changes and edition.ending != "docx" and not is_told_anew:
        frozen = frozen_minutes(meeting, with_closed=with_closed)
        return bytes(frozen.pdf or b"") if edition.ending == "pdf" else frozen.content.encode()
    return _write(shown_protocol(meeting, with_closed=with_closed), edition.ending)


def write_extract(item: AgendaItem, form: str) -> bytes:
    """Return the minutes of one item as pdf or docx, for its own case."""
    protocol = shown_protocol(item.meeting, with_closed=item.is_closed)
    return _write(extract(protocol, item.label), form)


def file_name(meeting: Meeting, ending: str, *, what: str = "", is_open: bool = False) -> str:
    """Return what to call the file: 2026-12-03-sikkerhedsudvalget-referat.pdf; a draft is called one."""
    english = get_language() == "en"
    words = [file_stem(meeting)]
    words.append(what or ("minutes" if english else "referat"))
    if is_open:
        words.append("open" if english else "aaben")
    if not meeting.is_closed_for_changes:
        words.append("draft" if english else "kladde")
    return f"{'-'.join(words)}.{ending}"


def _write(protocol: Protocol, ending: str) -> bytes:
    if ending == "pdf":
        return editions.minutes_pdf(protocol)
    if ending == "docx":
        return _in_template(protocol, editions.minutes_docx(protocol))
    content = with_schema(SCHEMA, editions.minutes_json(protocol))
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _in_template(protocol: Protocol, word: bytes) -> bytes:
    """Return minutes in Word as the municipality's own template says."""
    with override(protocol.language):
        values = {
            "title": _("Minutes"),
            "committee": protocol.committee,
            "date": day(protocol.starts_at.date()),
            "municipality": protocol.municipality,
            "state": draft_label(protocol),
        }
    return in_own_template(WordTemplate.Kind.MINUTES, word, values)


def handover_of(meeting: Meeting) -> Handover:
    """Return everything of a meeting whose minutes are approved, closed items too.

    Documents are the bytes that were frozen. The case numbers are today's.
    """
    approval = meeting.minutes.approval
    protocol = editions.minutes_from_json(json.loads(approval.record.content))
    has_closed = any(item.is_closed for item in protocol.items)
    return Handover(
        municipality=Municipality.current().name,
        committee=meeting.committee.name,
        meeting_number=meeting.label,
        starts_at=timezone.localtime(meeting.starts_at),
        case_number=meeting.case_number,
        kle_number=meeting.kle_number,
        title=_("Meeting %(number)s") % {"number": meeting.label},
        files=(*_documents(meeting, has_closed=has_closed), *_attachments(meeting)),
        metadata=_facts(meeting, protocol),
        items=tuple(
            HandoverItem(
                item.number,
                item.title,
                is_closed=item.is_closed,
                result=item.outcome,
                resolution_text=plain_text(item.decision_html),
            )
            for item in protocol.items
        ),
        language=get_language() or "da",
    )


def _documents(meeting: Meeting, *, has_closed: bool) -> list[HandoverFile]:
    """Return agenda, minutes and addendum; the open minutes where they are other than the whole."""
    approval = meeting.minutes.approval
    documents: list[tuple[Role, str, Record]] = [
        ("agenda", _("Agenda"), meeting.call.record),
        ("minutes", _("Minutes"), approval.record),
    ]
    if has_closed:
        documents.append(("minutes_open", _("Minutes without closed items"), approval.open_record))
    confirmation = getattr(meeting.minutes, "confirmation", None)
    if confirmation and confirmation.has_changes:
        documents.append(("addendum", _("Addendum to the minutes"), confirmation.record))
    return [
        HandoverFile(
            f"{name}.pdf",
            PDF,
            bytes(record.pdf or b""),
            role,
            is_closed=has_closed and role != "minutes_open",
        )
        for role, name, record in documents
    ]


def _attachments(meeting: Meeting) -> list[HandoverFile]:
    found = Attachment.objects.filter(item__meeting=meeting).select_related("file", "item__meeting")
    return [
        HandoverFile(
            one.name,
            one.file.media_type,
            one.file.checked(),
            "attachment",
            one.item.label,
            is_closed=one.item.is_closed,
        )
        for one in found.order_by("item__position", "position", "pk")
    ]


def _facts(meeting: Meeting, protocol: Protocol) -> dict[str, Any]:
    minutes = meeting.minutes
    confirmation = getattr(minutes, "confirmation", None)
    facts: dict[str, Any] = {
        "participants": editions.minutes_json(protocol)["people"],
        "called": {"at": meeting.call.at, "record": _seal(meeting.call.record)},
        "approved": {
            "by": protocol.approved_by,
            "capacity": protocol.approved_capacity,
            "at": minutes.approval.at,
            "record": _seal(minutes.approval.record),
            "openRecord": _seal(minutes.approval.open_record),
        },
    }
    if confirmation:
        facts["confirmed"] = {
            "at": confirmation.at,
            "item": confirmation.item.label,
            "withChanges": confirmation.has_changes,
            "record": _seal(confirmation.record),
        }
    return facts


def _seal(record: Record) -> dict[str, Any]:
    return {
        "id": record.pk,
        "event": record.event_id,
        "contentSha256": record.content_hash,
        "pdfSha256": record.pdf_hash,
    }
