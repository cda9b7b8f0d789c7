"""Words and phrases of a pack, such as times and sizes, in the active language."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, ngettext

from kommissorium.core.richtext import one_line, shows
from kommissorium.meetings.pack.model import PackItem

LONGEST_ENDING = 5
KILOBYTE = 1000
MEGABYTE = KILOBYTE * KILOBYTE


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class _Titled(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def is_closed(self) -> bool: ...


class _Numbered(Protocol):
    @property
    def number(self) -> str: ...


class _Held(Protocol):
    @property
    def committee(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...


def draft_label(pack: _Numbered) -> str:
    """Return what stands on every page of an agenda that is not called yet; "" afterwards."""
    return "" if pack.number else gettext("Draft – not called")


def day(moment: datetime) -> str:
    """Return "torsdag den 3. december 2026"."""
    if _is_danish():
        # Danish days have small letters, whatever a list of days on a page makes of them.
        return format_date(moment, r"l \d\e\n j. F Y").lower()
    return format_date(moment, "l j F Y")


def clock(moment: datetime) -> str:
    """Return "13.00", in English "13:00"."""
    return moment.strftime("%H.%M" if _is_danish() else "%H:%M")


def period(starts: datetime, ends: datetime) -> str:
    """Return "torsdag den 3. december 2026 kl. 13.00–15.00", or both days if they differ."""
    start = _at(starts)
    if starts.date() == ends.date():
        return f"{start}–{clock(ends)}"
    return f"{start} – {_at(ends)}"


def moment_text(moment: datetime) -> str:
    """Return "3. december 2026 kl. 13.00"."""
    return _date_and_clock(date_text(moment), clock(moment))


def date_text(moment: date) -> str:
    """Return "3. december 2026"."""
    return format_date(moment, "j. F Y" if _is_danish() else "j F Y")


def short_date(moment: date) -> str:
    """Return "3.12.2026", for narrow columns."""
    return format_date(moment, "j.n.Y" if _is_danish() else "j M Y")


def size(count: int) -> str:
    """Return a number of bytes as people say it: "812 B", "34 kB", "1,2 MB"."""
    if count < KILOBYTE:
        return f"{count} B"
    if round(count / KILOBYTE) < KILOBYTE:
        return f"{round(count / KILOBYTE)} kB"
    return f"{number_format(round(count / MEGABYTE, 1), decimal_pos=1)} MB"


def kind(file: _Named) -> str:
    """Return what kind of file it is, in the word people use for it."""
    ending = file.name.rpartition(".")[2].upper() if "." in file.name else ""
    return ending if ending.isalnum() and len(ending) <= LONGEST_ENDING else gettext("File")


def item_title(item: _Titled) -> str:
    """Return the title of an item, or that it is closed where that is all one may know."""
    if shows(item.title):
        return one_line(item.title)
    return gettext("Closed item") if item.is_closed else "–"


def annex_number(item: PackItem, place: int) -> str:
    """Return "3.1" for the first annex to item 3; `place` counts from 1."""
    return f"{item.number}.{place}"


def inside_text(count: int) -> str:
    """Return that so many files lie inside the document, and where a reader lists them."""
    text = ngettext(
        "%(count)d file, inside this document. Your reader lists it under attachments.",
        "%(count)d files, inside this document. Your reader lists them under attachments.",
        count,
    )
    return text % {"count": count}


def full_title(what: str, meeting: _Held) -> str:
    """Return "Dagsorden, Sikkerhedsudvalget, 3. december 2026": what the document is, and of whom."""
    parts = (what, one_line(meeting.committee), date_text(meeting.starts_at))
    return ", ".join(part for part in parts if part)


def meeting_line(meeting: _Held) -> str:
    """Return the line that stands at the foot of every page."""
    return f"{one_line(meeting.committee)} · {moment_text(meeting.starts_at)}"


def lines(text: str) -> list[str]:
    """Return the lines of a text that show something, each fit to print."""
    found = [one_line(line) for line in text.splitlines()]
    return [line for line in found if line]


def web_address(link: str) -> str:
    """Return where a link leads, or "" if it is no address that a reader can be led to."""
    link = one_line(link)
    return link if link.startswith(("https://", "http://")) and " " not in link else ""


def _at(moment: datetime) -> str:
    return _date_and_clock(day(moment), clock(moment))


def _date_and_clock(date: str, time: str) -> str:
    return f"{date} kl. {time}" if _is_danish() else f"{date}, {time}"


def _is_danish() -> bool:
    return (get_language() or "da").startswith("da")
