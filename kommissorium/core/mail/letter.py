"""What a mail says, in the parts that every mail is made of, and the mail's plain text.

A room fills the parts in the language of whoever gets the mail; `layout.py` makes its HTML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Link:
    """Words, and the address of ours they lead to: a path, or a whole address; "" for none."""

    words: str
    path: str = ""

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.path}" if self.path.startswith("/") else self.path


@dataclass(frozen=True, slots=True)
class Listed:
    """A list below a heading; an item may lead to a page. `is_numbered` by its own words."""

    heading: str
    items: Sequence[Link]
    is_numbered: bool = False

    @classmethod
    def of(cls, heading: str, texts: Sequence[str], *, is_numbered: bool = False) -> Self:
        return cls(heading, [Link(text) for text in texts], is_numbered)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["heading"], [Link(**one) for one in data["items"]], data["is_numbered"])

    @property
    def text(self) -> str:
        """Return it as plain text."""
        mark = "" if self.is_numbered else "– "
        items = [
            f"{mark}{one.words}\n  {one.address}" if one.path else f"{mark}{one.words}"
            for one in self.items
        ]
        return "\n\n".join(filter(None, [self.heading, "\n".join(items)]))


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a grid: its short text, the tone of its colour, and whether it is pointed out."""

    text: str
    tone: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A small matrix; in the plain text the lists beside it say the same. `key` explains it."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Square]]]
    key: Sequence[str] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        rows = [(head, [Square(**one) for one in cells]) for head, cells in data["rows"]]
        return cls(data["caption"], data["columns"], rows, data["key"])


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: what it is about, what is said, and the one thing to press.

    `title` stands on top where it says more than the subject, which administrators see. `facts`
    are pairs of a name and a value. `more` are other pages, `small` what stands below all.
    Nothing of a closed item may stand in any of it.
    """

    subject: str
    button: Link
    name: str = ""
    title: str = ""
    lines: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    lists: Sequence[Listed] = ()
    grid: Grid | None = None
    more: Sequence[Link] = ()
    small: Sequence[str] = ()
    language: str = field(default_factory=_language)

    @property
    def hello(self) -> str:
        with translation.override(self.language):
            return _("Hello %(name)s") % {"name": self.name} if self.name else ""

    @property
    def text(self) -> str:
        """Return it as plain text, with every address written out."""
        facts = "\n".join(f"{name}: {value}" for name, value in self.facts)
        links = "\n".join(f"{one.words}: {one.address}" for one in (self.button, *self.more))
        lists = [one.text for one in self.lists]
        parts = [self.hello, self.title, *self.lines, facts, *lists, links, *self.small]
        return "\n\n".join(filter(None, (part.strip() for part in parts)))

    def with_list(self, more: Listed) -> Self:
        """Return it with a list at its end, which goes on with the last one of that heading."""
        lists = list(self.lists)
        if lists and lists[-1].heading == more.heading:
            more = replace(more, items=[*lists.pop().items, *more.items])
        return replace(self, lists=[*lists, more])

    @property
    def data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return what `data` was made of."""
        made: dict[str, Any] = {
            "button": Link(**data["button"]),
            "more": [Link(**one) for one in data["more"]],
            "lists": [Listed.from_data(one) for one in data["lists"]],
            "grid": Grid.from_data(data["grid"]) if data["grid"] else None,
        }
        return cls(**{**data, **made})
