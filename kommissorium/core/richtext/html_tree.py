"""Parses sanitised HTML into a plain tree of elements and texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr"})
DEEPEST = 100
MOST_DIGITS = 5


class TooDeep(ValueError):
    """The markup nests deeper than any person would write it."""


@dataclass(slots=True)
class Element:
    """An element of cleaned HTML; `children` are elements and texts in order."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def elements(self, *tags: str) -> Iterator[Element]:
        """Yield the children that are elements of one of these tags."""
        for child in self.children:
            if isinstance(child, Element) and child.tag in tags:
                yield child

    def number(self, attribute: str) -> int:
        """Return the attribute as a whole number of at least 1; 1 if it is anything else."""
        value = self.attributes.get(attribute, "")
        is_number = value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS
        return max(1, int(value)) if is_number else 1


Node = Element | str


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)
        if len(self._open) > DEEPEST:
            raise TooDeep

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse(html: str) -> Element:
    """Return the root of well-formed HTML as the cleaner writes it.

    Raises TooDeep above 100 elements inside each other.
    """
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
