"""Builds what is handed over to the records system after a meeting."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.core.evidence.models import Record
from kommissorium.core.richtext import plain_text
from kommissorium.meetings import minutes as editions
from kommissorium.meetings.handover import Handover, HandoverFile, HandoverItem
from kommissorium.meetings.handover.model import Role
from kommissorium.meetings.minutes import Protocol
from kommissorium.meetings.minutes_editions import PDF
from kommissorium.meetings.models import Attachment, Meeting


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
