"""Gather a meeting's pack from the database."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import get_language

from kommissorium.accounts.models import Municipality
from kommissorium.meetings import pack as editions
from kommissorium.meetings.models import AgendaItem, Attachment, Meeting
from kommissorium.meetings.pack.model import Pack, PackFile, PackItem, PackSeat, without_closed


@dataclass(frozen=True)
class Edition:
    """A form a pack can be written in."""

    ending: str
    media_type: str
    write: Callable[[Pack], bytes]


def _as_json(pack: Pack) -> bytes:
    return json.dumps(editions.pack_json(pack), ensure_ascii=False, indent=2).encode()


def _as_pdf(pack: Pack) -> bytes:
    return editions.pack_pdf(pack)


def _as_print(pack: Pack) -> bytes:
    return editions.pack_print_pdf(pack)


def _as_word(pack: Pack) -> bytes:
    return editions.pack_docx(pack)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EDITIONS = {
    "pdf": Edition("pdf", "application/pdf", _as_pdf),
    "print": Edition("print.pdf", "application/pdf", _as_print),
    "docx": Edition("docx", WORD, _as_word),
    "json": Edition("json", "application/json", _as_json),
}


def write_pack(meeting: Meeting, form: str, *, with_closed: bool) -> bytes:
    """Return the pack in one of EDITIONS, in the active language.

    Without closed items it tells of them only that they are there.
    """
    pack = pack_of(meeting)
    return EDITIONS[form].write(pack if with_closed else without_closed(pack))


def file_name(meeting: Meeting, form: str) -> str:
    """Return what to call the file: 2026-12-03-dagsorden.pdf."""
    day = timezone.localdate(meeting.starts_at).isoformat()
    word = "agenda" if get_language() == "en" else "dagsorden"
    return f"{day}-{word}.{EDITIONS[form].ending}"


def pack_of(meeting: Meeting) -> Pack:
    """Return everything of the meeting's pack, closed items too."""
    committee = meeting.committee
    on = timezone.localdate(meeting.starts_at)
    seats = committee.seats.on(on).with_holders(on)
    attachments = Attachment.objects.select_related("file")
    items = meeting.items.prefetch_related(Prefetch("attachments", queryset=attachments))
    return Pack(
        municipality=Municipality.current().name,
        committee=committee.name,
        title="",
        starts_at=timezone.localtime(meeting.starts_at),
        ends_at=timezone.localtime(meeting.ends_at),
        made_at=timezone.localtime(),
        place=meeting.place,
        link=meeting.link,
        seats=tuple(
            PackSeat(
                role=seat.get_role_display(),
                function=seat.function,
                name=seat.holder.name if seat.holder else "",
                deputy=seat.deputy.name if seat.deputy else "",
            )
            for seat in seats
        ),
        items=tuple(_item(number, item) for number, item in enumerate(items, 1)),
        language=get_language() or "da",
    )


def _item(number: int, item: AgendaItem) -> PackItem:
    return PackItem(
        number=number,
        title=item.title,
        type_label=str(item.get_type_display()),
        recommendation_html=item.recommendation,
        presentation_html=item.presentation,
        is_closed=item.is_closed,
        closed_ground=item.closed_ground,
        attachments=tuple(_file(attachment) for attachment in item.attachments.all()),
    )


def _file(attachment: Attachment) -> PackFile:
    stored = attachment.file
    return PackFile(
        name=attachment.name,
        media_type=stored.media_type,
        sha256=stored.sha256,
        size=stored.size,
        data=stored.read(),
    )
