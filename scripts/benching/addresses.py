"""Every address of the access table that can be asked for, as the demonstration has it."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable
from html import unescape

import django
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse
from visiting import Visitor

ASKED = re.compile(r'<a\b[^>]*\bhref="(/[^"#?]*\?[^"#]*)"')
MADE_UP = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000"}
LEAVES = {"account_logout"}


def all_addresses(visitors: Iterable[Visitor]) -> list[str]:
    """Return one address for each name of the table: one that links lead to, else one made up.

    What is made up is asked for as well: an answer of 404 may keep something, too.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommissorium.config.settings")
    os.environ.setdefault("KOMMISSORIUM_SECRET_KEY", secrets.token_urlsafe(50))
    django.setup()
    # Only now: the tables of some rooms are made with their models.
    from kommissorium.config.tests.visiting import rows

    wanted = {row.url_name for row in rows() if row.method == "GET"} - LEAVES
    found: dict[str, str] = {}
    for visitor in visitors:
        for path in visitor.pages():
            try:
                found.setdefault(resolve(path).url_name or "", path)
            except Resolver404:
                continue
    return [found.get(name) or _made_up(name) for name in sorted(wanted)]


def questions(page: str) -> list[str]:
    """Return the addresses a page leads to that ask something of a list: sorted, narrowed, paged."""
    return [unescape(link) for link in dict.fromkeys(ASKED.findall(page))]


def _made_up(name: str) -> str:
    """Return an address of that name with values of no meaning."""
    possibilities = get_resolver().reverse_dict.getlist(name)
    for parts, _pattern, _defaults, converters in possibilities:
        for _route, names in parts:
            kinds = {one: type(converters[one]).__name__ for one in names if one in converters}
            values = {one: _value(kinds.get(one, "")) for one in names}
            try:
                return reverse(name, kwargs=values)
            except NoReverseMatch:
                continue
    return reverse(name)


def _value(kind: str) -> str:
    return MADE_UP.get(kind.removesuffix("Converter").lower(), "x")
