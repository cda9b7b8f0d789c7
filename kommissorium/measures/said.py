"""Sentences of findings: told by their English text, and put in words when they are shown.

The English text is the code of a sentence, as it is the key of a catalogue. A rule says it as the
rest of the program does, `_("Held on %(day)s.") % {"day": day(on)}`, and gets no text but what is
to be said; `str` of it gives the words of whoever speaks: the program in the reader's language,
the outsider's program in its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, Union

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


class Voice(Protocol):
    """Whoever puts sentences in words: their language, how days are written, what leads where."""

    def text(self, english: str) -> str: ...

    def plural(self, one: str, many: str, number: int) -> str: ...

    def day(self, day: date) -> str: ...

    def moment(self, at: datetime) -> str: ...

    def kroner(self, amount: int) -> str: ...

    def address(self, page: str, keys: tuple[Any, ...]) -> str: ...


class English:
    """Plain English, before anybody else speaks."""

    def text(self, english: str) -> str:
        return english

    def plural(self, one: str, many: str, number: int) -> str:
        return one if number == 1 else many

    def day(self, day: date) -> str:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def moment(self, at: datetime) -> str:
        return f"{self.day(at.date())} {at:%H:%M} {at.tzname() or ''}".rstrip()

    def kroner(self, amount: int) -> str:
        return f"DKK {amount:,}"

    def address(self, page: str, keys: tuple[Any, ...]) -> str:
        return "/".join([page, *map(str, keys)])


_speaking: list[Voice] = [English()]


def speak_by(voice: Voice) -> None:
    """Let the voice put all sentences in words from now on."""
    _speaking[0] = voice


class Phrase:
    """Part of what is said, which can be looked into as text."""

    def __contains__(self, part: object) -> bool:
        return str(part) in str(self)


@dataclass(frozen=True)
class Said(Phrase):
    """A sentence, or a part of one: its English text, and the values it is said with."""

    text: str
    many: str = ""
    number: int = 0
    values: tuple[tuple[str, Any], ...] = ()

    def __mod__(self, values: Mapping[str, Any]) -> Said:
        return Said(self.text, self.many, self.number, (*self.values, *values.items()))

    def __str__(self) -> str:
        voice = _speaking[0]
        if self.many:
            words = voice.plural(self.text, self.many, self.number)
        else:
            words = voice.text(self.text)
        return words % dict(self.values) if self.values else words


@dataclass(frozen=True)
class Day(Phrase):
    """A day as part of a sentence."""

    day: date

    def __str__(self) -> str:
        return _speaking[0].day(self.day)


@dataclass(frozen=True)
class Moment(Phrase):
    """A moment as part of a sentence."""

    at: datetime

    def __str__(self) -> str:
        return _speaking[0].moment(self.at)


@dataclass(frozen=True)
class Kroner(Phrase):
    """An amount in Danish kroner as part of a sentence."""

    amount: int

    def __str__(self) -> str:
        return _speaking[0].kroner(self.amount)


@dataclass(frozen=True)
class Small(Phrase):
    """The same with a small first letter, as inside a sentence."""

    what: Words

    def __str__(self) -> str:
        text = str(self.what)
        return text[:1].lower() + text[1:]


@dataclass(frozen=True)
class Lower(Phrase):
    """The same in small letters, as inside a sentence."""

    what: Words

    def __str__(self) -> str:
        return str(self.what).lower()


@dataclass(frozen=True)
class Joined(Phrase):
    """Several, one after another."""

    parts: tuple[Words, ...]
    between: str = " "

    def __str__(self) -> str:
        return self.between.join(map(str, self.parts))


@dataclass(frozen=True)
class Link(Phrase):
    """The page that shows something: its name in the program, the keys in its address, its end."""

    page: str
    keys: tuple[Any, ...] = ()
    end: str = ""

    def __str__(self) -> str:
        return _speaking[0].address(self.page, self.keys) + self.end


Words = Union[str, Phrase]


def _(text: str) -> Said:
    return Said(text)


def ngettext(one: str, many: str, number: int) -> Said:
    return Said(one, many, number)


def day(of: date | None) -> Words:
    return Day(of) if of else ""


def joined(*parts: Words, between: str = " ") -> Words:
    """Return the parts one after another; those that say nothing are left out."""
    return listed((part for part in parts if part), between)


def listed(parts: Iterable[Words], between: str = ", ") -> Words:
    """Return the parts with a comma between them."""
    found = tuple(parts)
    if not found:
        return ""
    return found[0] if len(found) == 1 else Joined(found, between)


def link(page: str, *keys: Any, end: str = "") -> Link:
    return Link(page, keys, end)
