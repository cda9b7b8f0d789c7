"""Data classes of a standard: chapters and numbered requirements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Requirement:
    """A number of a standard and, in a few words of ours, what it asks for."""

    number: str
    title: StrPromise


@dataclass(frozen=True)
class Chapter:
    """Requirements that belong together."""

    title: StrPromise
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class Standard:
    """A standard or a law. `code` stands in addresses and on tags and never changes.

    `short` begins the name of its tags, the same in all languages: "ISO 27002 5.7".
    """

    code: str
    short: str
    name: StrPromise
    about: StrPromise
    chapters: tuple[Chapter, ...]

    def __iter__(self) -> Iterator[Requirement]:
        return (one for chapter in self.chapters for one in chapter.requirements)

    def tag_name(self, number: str) -> str:
        """Return what the tag of a requirement is called."""
        return f"{self.short} {number}"
