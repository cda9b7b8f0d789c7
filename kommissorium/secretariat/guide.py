"""The guide in Danish, docs/guide, as pages of the program; and which of them tells of which page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.http import HttpRequest
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.safestring import SafeString, mark_safe

from kommissorium.core.built_in import data_of
from kommissorium.core.richtext.markdown import html_of_markdown
from kommissorium.core.richtext.sections import Section, sections_of
from kommissorium.registers.installed import proposal_kinds, register_with, registers
from kommissorium.secretariat.guide_pictures import as_links, as_pictures

HERE: Final = Path(__file__).resolve().parent
# A package carries it beside this file (scripts/build_hook.py); a checkout has it among its documents.
PLACES: Final = (HERE / "guide_texts", HERE.parents[1] / "docs" / "guide")
FOLDER: Final = next(place for place in PLACES if place.is_dir())
FRONT: Final = "README"
LINK: Final = re.compile(r"\]\(([\w-]+)\.md(?=[#)])")
OURS: Final = "https://guide.invalid/"  # formatted text keeps no other addresses than whole ones
LINKED: Final = re.compile(rf'href="{re.escape(OURS)}([\w-]+)')
KIT: Final = "registers"  # its pages are of the register that they show


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of a page with the text under it; what stands before the first has none."""

    key: str
    title: str
    html: SafeString
    words: str


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A page of the guide: a file of it."""

    name: str
    title: str
    parts: tuple[Part, ...]

    def get_absolute_url(self) -> str:
        return _url(self.name)

    def __str__(self) -> str:
        return self.title


@cache
def guide() -> Mapping[str, GuidePage]:
    """Return the pages by their names, which are those of their files."""
    return {file.stem: _read(file) for file in sorted(FOLDER.glob("*.md"))}


def _read(file: Path) -> GuidePage:
    text = LINK.sub(rf"]({OURS}\1", as_links(file.read_text(encoding="utf-8"), OURS))
    head, *others = sections_of(html_of_markdown(text))
    parts = _part(head, "", ""), *(_part(one, one.key, one.title) for one in others)
    return GuidePage(file.stem, head.title, parts)


def _part(section: Section, key: str, title: str) -> Part:
    html = LINKED.sub(_address, as_pictures(section.html, OURS))
    return Part(key, title, mark_safe(html), section.words)


def _address(match: re.Match[str]) -> str:
    return f'href="{_url(match[1])}'


def _url(name: str) -> str:
    return reverse("guide") if name == FRONT else reverse("guide_page", args=[name])


def help_url(request: HttpRequest) -> str:
    """Return where the guide tells of the page that is asked for; its front page where nothing fits."""
    match = request.resolver_match
    name, _mark, heading = (_told_at(match, request.path) if match else FRONT).partition("#")
    return _url(name) + (f"#{heading}" if heading else "")


def _told_at(match: ResolverMatch, path: str) -> str:
    name, slug, told = match.url_name or "", match.kwargs.get("slug"), told_of()
    if name in told["pages"]:
        return told["pages"][name]
    room = rooms_of_addresses().get(name, "")
    if slug and (kind := proposal_kinds().get(slug)):
        room = register_with(kind).code
    elif room == KIT:
        room = next((one.code for one in registers() if path.startswith(one.menu.prefixes)), "")
    return told["rooms"].get(room, FRONT)


@cache
def told_of() -> Mapping[str, Mapping[str, str]]:
    """Return which page tells of which room, and of which address."""
    found: Mapping[str, Mapping[str, str]] = data_of(FOLDER / "pages.toml")
    return found


@cache
def rooms_of_addresses() -> Mapping[str, str]:
    """Return the room that each address belongs to, by the name of the address."""
    return {
        name: str(getattr(resolver.urlconf_module, "__name__", "")).split(".")[1]
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver)
        for name in _names(resolver)
    }


def _names(resolver: URLResolver) -> list[str]:
    found = list[str]()
    for one in resolver.url_patterns:
        found += [one.name or ""] if isinstance(one, URLPattern) else _names(one)
    return found
