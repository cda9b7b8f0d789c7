"""Builds a meeting's pack from the database; typesets one with heavy files before the call."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Never

from django.db.models import Prefetch, Sum
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, WordTemplate
from kommissorium.accounts.word_templates import in_own_template
from kommissorium.core.json_schemas import with_schema
from kommissorium.core.ui.localised import day
from kommissorium.meetings import pack as editions
from kommissorium.meetings.facts import facts_html
from kommissorium.meetings.models import AgendaItem, Attachment, Attendance, Meeting, Minutes
from kommissorium.meetings.pack.model import Pack, PackFile, PackItem, PackSeat, without_closed


@dataclass(frozen=True)
class PackEdition:
    """A form a pack can be written in."""

    ending: str
    media_type: str
    write: Callable[[Pack], bytes]


def _as_json(pack: Pack) -> bytes:
    content = with_schema("kommissorium-pack-1", editions.pack_json(pack))
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _as_pdf(pack: Pack) -> bytes:
    return editions.pack_pdf(pack)


def _as_print(pack: Pack) -> bytes:
    return editions.pack_print_pdf(pack)


def _as_word(pack: Pack) -> bytes:
    return editions.pack_docx(pack)


LONGEST_NAME = 60  # of a committee in the name of a file
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EDITIONS = {
    "pdf": PackEdition("pdf", "application/pdf", _as_pdf),
    "print": PackEdition("print.pdf", "application/pdf", _as_print),
    "docx": PackEdition("docx", WORD, _as_word),
    "json": PackEdition("json", "application/json", _as_json),
}


def write_pack(meeting: Meeting, form: str, *, with_closed: bool) -> bytes:
    """Return the pack in one of EDITIONS, in the active language.

    Without closed items it tells of them only that they are there.
    """
    data = EDITIONS[form].write(edition_of(meeting, with_closed=with_closed))
    return in_template(meeting, data) if form == "docx" else data


def in_template(meeting: Meeting, word: bytes) -> bytes:
    """Return a pack in Word as the municipality's own template says."""
    values = {
        "title": _("Agenda"),
        "committee": meeting.committee.name,
        "date": day(timezone.localdate(meeting.starts_at)),
        "municipality": Municipality.current().name,
        "state": "" if meeting.number else _("Draft"),
    }
    return in_own_template(WordTemplate.Kind.AGENDA, word, values)


def edition_of(meeting: Meeting, *, with_closed: bool) -> Pack:
    """Return the pack for those who see closed items, or for those who do not."""
    pack = pack_of(meeting, with_closed=with_closed)
    return pack if with_closed else without_closed(pack)


def file_name(meeting: Meeting, form: str) -> str:
    """Return what to call the file: 2026-12-03-sikkerhedsudvalget-dagsorden.pdf."""
    word = "agenda" if get_language() == "en" else "dagsorden"
    return f"{file_stem(meeting)}-{word}.{EDITIONS[form].ending}"


def file_stem(meeting: Meeting) -> str:
    """Return how the names of all files of a meeting begin: its day and its committee."""
    day = timezone.localdate(meeting.starts_at).isoformat()
    committee = slugify(meeting.committee.name, allow_unicode=True)[:LONGEST_NAME].strip("-")
    return f"{day}-{committee}".strip("-")


def pack_of(meeting: Meeting, *, with_closed: bool = True) -> Pack:
    """Return everything of the meeting's pack, closed items too.

    `with_closed` says which edition of the last minutes lies under the item that presents them.
    """
    return Pack(
        municipality=Municipality.current().name,
        committee=meeting.committee.name,
        title="",
        starts_at=timezone.localtime(meeting.starts_at),
        ends_at=timezone.localtime(meeting.ends_at),
        made_at=timezone.localtime(),
        place=meeting.place,
        link=meeting.link,
        seats=_called(meeting) if meeting.number else _seats(meeting),
        items=tuple(
            _item(item.number or place, item, with_closed=with_closed)
            for place, item in enumerate(_items(meeting), 1)
        ),
        language=get_language() or "da",
        number=meeting.label,
    )


def _seats(meeting: Meeting) -> tuple[PackSeat, ...]:
    """Return the seats of the committee on the day, with who holds them."""
    on = timezone.localdate(meeting.starts_at)
    return tuple(
        PackSeat(
            role=seat.get_role_display(),
            function=seat.function,
            name=seat.holder.name if seat.holder else "",
            deputy=seat.deputy.name if seat.deputy else "",
        )
        for seat in meeting.committee.seats.on(on).with_holders(on)
    )


def _called(meeting: Meeting) -> tuple[PackSeat, ...]:
    """Return who was called, by seat, then the guests."""
    rows = list(meeting.attendances.select_related("person", "seat"))
    seats = {row.seat_id: row.seat for row in rows if row.seat}
    places = [
        PackSeat(
            role=seat.get_role_display(),
            function=seat.function,
            name=_name(rows, key, Attendance.Capacity.HOLDER),
            deputy=_name(rows, key, Attendance.Capacity.DEPUTY),
        )
        for key, seat in seats.items()
    ]
    guests = [row for row in rows if row.capacity == Attendance.Capacity.GUEST]
    places += [
        PackSeat(row.get_capacity_display(), row.person.job_title, row.person.name)
        for row in guests
    ]
    return tuple(places)


def _name(rows: Sequence[Attendance], seat: int | None, capacity: str) -> str:
    found = (row for row in rows if row.seat_id == seat and row.capacity == capacity)
    return next((row.person.name for row in found), "")


def _items(meeting: Meeting) -> Iterable[AgendaItem]:
    attachments = Attachment.objects.select_related("file")
    minutes = Minutes.objects.filter(approval__isnull=False).select_related(
        "meeting", "approval__record", "approval__open_record"
    )
    return meeting.items.prefetch_related(
        Prefetch("attachments", queryset=attachments),
        Prefetch("presents_minutes", queryset=minutes),
    )


def _item(number: int, item: AgendaItem, *, with_closed: bool) -> PackItem:
    presented = [
        _minutes(minutes, with_closed=with_closed) for minutes in item.presents_minutes.all()
    ]
    return PackItem(
        number=number,
        title=item.title,
        type_label=str(item.get_type_display()),
        recommendation_html=item.recommendation,
        presentation_html=item.told_presentation,
        is_closed=item.is_closed,
        closed_ground=item.closed_ground,
        attachments=(*presented, *(_file(attachment) for attachment in item.attachments.all())),
        facts_html=facts_html(item.facts),
        late_because=item.late_because,
        withdrawn_because=item.withdrawn_because,
    )


def _minutes(minutes: Minutes, *, with_closed: bool) -> PackFile:
    """Return the approved minutes as they were frozen, to lie under the item that asks."""
    frozen = minutes.approval.record if with_closed else minutes.approval.open_record
    data = bytes(frozen.pdf or b"")
    day = timezone.localdate(minutes.meeting.starts_at).isoformat()
    word = "minutes" if get_language() == "en" else "referat"
    return PackFile(
        name=f"{day}-{word}.pdf",
        media_type="application/pdf",
        sha256=frozen.pdf_hash,
        size=len(data),
        data=data,
    )


def _file(attachment: Attachment) -> PackFile:
    stored = attachment.file
    return PackFile(
        name=attachment.name,
        media_type=stored.media_type,
        sha256=stored.sha256,
        size=stored.size,
        data=stored.checked(),
        late_because=attachment.late_because,
    )


HEAVY: Final = 1_000_000  # bytes attached; less is typeset within a second
type Typeset = Callable[[Pack], tuple[Pack, bytes]]


class Rehearsed(Exception):
    """A rehearsed call came to its pack; the exception undoes the call."""

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self.pack = pack


def at_once(pack: Pack) -> tuple[Pack, bytes]:
    """Return the pack and its PDF."""
    return pack, editions.pack_pdf(pack)


def ready_for(meeting: Meeting, call: Callable[[Typeset], object]) -> Typeset:
    """Return what gives a `call` its pack and PDF.

    With heavy files the call, one transaction, is rehearsed and undone, and what it came to is
    typeset while nobody waits to write. Raises what the call refuses.
    """
    attached = Attachment.objects.filter(item__meeting=meeting)
    if (attached.aggregate(sum=Sum("file__size"))["sum"] or 0) < HEAVY:
        return at_once
    try:
        call(_stop)
    except Rehearsed as found:
        rehearsed = found.pack
    meeting.refresh_from_db()
    pdf = editions.pack_pdf(rehearsed)

    def typeset(pack: Pack) -> tuple[Pack, bytes]:
        if replace(pack, made_at=rehearsed.made_at) == rehearsed:
            return rehearsed, pdf
        return at_once(pack)  # somebody changed it meanwhile

    return typeset


def _stop(pack: Pack) -> Never:
    raise Rehearsed(pack)
