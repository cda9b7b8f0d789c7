"""Every declared list of every register: it sorts, its workbook matches it, with few queries."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from html import unescape
from importlib import import_module
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from openpyxl import load_workbook

from kommissorium.conftest import Cast
from kommissorium.core.ui.localised import day, kroner
from kommissorium.core.ui.navigation import PER_PAGE
from kommissorium.registers.installed import registers
from kommissorium.registers.lists.columns import SHOWN, Column
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.protocol import Register

type ClientOf = Callable[[Any], Client]
type Kind = type[ListPage[Any]]
MOST_QUERIES = 12
FEW, MANY = 2, PER_PAGE + 4  # more than stand on a page
WHOLE = 3  # of the addresses below are of the whole list
# In a Danish page the words of the columns are Danish.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("danish")]
NONSENSE = ("x", "\0", "9" * 40, "-1", "'\"<%", "none", " ", "2026-13-99", "a" * 3000)


@pytest.fixture
def danish() -> Iterator[None]:
    with override("da"):
        yield


def lists() -> list[Any]:
    found = [(register, kind) for register in registers() for kind in register.lists]
    return [pytest.param(register, kind, id=kind.code) for register, kind in found]


each = pytest.mark.parametrize(("register", "kind"), lists())


def fill(register: Register, cast: Cast, numbers: range) -> None:
    """Write rows of these numbers, as the register's own tests make them."""
    room = type(register).__module__.rpartition(".")[0]
    import_module(f"{room}.tests.list_rows").make_rows(cast, numbers)


def offered(kind: Kind) -> str:
    return ",".join(one.code for one in kind.columns)


def page(browser: Client, kind: Kind, /, **asked: Any) -> tuple[list[str], list[list[str]]]:
    """Return the headings of the list and its rows, as they are read."""
    answer = browser.get(kind.url(urlencode(asked)))
    assert answer.status_code == 200
    head, _mark, body = answer.content.decode().partition("<tbody>")
    rows = re.findall(r"<tr>(.*?)</tr>", body.partition("</tbody>")[0], re.DOTALL)
    heads = re.findall(r'<th scope="col">(.*?)</th>', head, re.DOTALL)
    cell = re.compile(r"<t[hd][ >].*?</t[hd]>", re.DOTALL)
    return [words(one) for one in heads], [[words(one) for one in cell.findall(r)] for r in rows]


def words(html: str) -> str:
    told = re.sub(r'<span class="sr-only">.*?</span>', "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", told)).split())


def book(browser: Client, kind: Kind, /, **asked: Any) -> tuple[list[str], list[list[Any]]]:
    """Return the headings of the list's workbook and its rows."""
    answer = browser.get(f"{kind.file_url()}?{urlencode(asked)}")
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.getvalue())).worksheets[0]
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    return [str(one) for one in head], rows


def shown(column: Column, value: Any) -> str:
    """Return the least that the page is to show of a value of the workbook."""
    if value is None:
        return str(column.missing or "–")
    if isinstance(value, datetime | date):
        return day(value)
    if column.kind == "kroner":
        return kroner(value)
    return " ".join(str(value)[:SHOWN].split())


@each
def test_the_workbook_is_the_page(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    fill(register, cast, range(12))
    browser, asked = client_of("coordinator"), {"columns": offered(kind)}
    heads, rows = page(browser, kind, **asked)
    file_heads, file_rows = book(browser, kind, **asked)
    columns = [kind.columns[0], *(one for one in kind.columns[1:] if one.place == "choice")]
    assert heads == file_heads[: len(heads)] == [str(one.label) for one in columns]
    assert len(set(file_heads)) == len(file_heads)
    assert len(rows) == len(file_rows) >= 12
    for row, values in zip(rows, file_rows, strict=True):
        assert values[-1].startswith("http")
        for column, text, value in zip(columns, row, values, strict=False):
            if column.cell and (value is None or column.kind == "number"):
                assert text and (value is None or text != "–"), column.code  # in its own words
            else:
                assert shown(column, value) in text, column.code


@each
def test_it_sorts_by_every_column_both_ways_and_what_is_empty_comes_last(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    fill(register, cast, range(12))
    browser = client_of("coordinator")
    columns = [kind.columns[0], *(one for one in kind.columns[1:] if one.place == "choice")]
    sorted_by = [(place, one) for place, one in enumerate(columns) if one.sorts]
    assert len(sorted_by) > 3
    for place, column in sorted_by:
        orders = []
        for sign in ("", "-"):
            asked = {"columns": offered(kind), "sort": f"{sign}{column.code}"}
            rows = book(browser, kind, **asked)[1]
            assert [row[0] for row in page(browser, kind, **asked)[1]] == [r[0] for r in rows]
            values = [one for one, _rows in groupby(row[place] for row in rows)]
            lacking = {None, str(dict(column.choices).get("", ""))}
            assert not lacking & set(values[:-1]), f"{column.code} {values}"
            orders.append([one for one in values if one not in lacking])
        assert orders[0] == orders[1][::-1], column.code


@each
def test_no_two_of_its_filters_are_called_the_same_and_it_says_what_it_counts(
    cast: Cast, register: Register, kind: Kind
) -> None:
    labels = [str(one.label) for one in kind.filters if one.label]
    assert sorted(set(labels)) == sorted(labels)
    told = [str(kind.counted % {"value": value, "number": value}) for value in (1, 2)]
    assert told[1].startswith("2 ") and told[0].split()[0] in ("Én", "Ét")


def first_wishes(kind: Kind, person: Any) -> Iterator[tuple[str, str]]:
    """Yield each filter of the list with a value that it offers."""
    for code, wish in kind(person).wishes.items():
        chosen = next((str(value) for value, _word in wish.choices if value), "ærø")
        yield code, {"select": chosen, "tick": "1"}.get(wish.filter.control, "ærø")


def asked_by(browser: Client, kind: Kind, person: Any) -> list[int]:
    """Return the number of queries of each address for somebody who has been there before."""
    addresses = [
        kind.url(),
        kind.url(urlencode({"columns": offered(kind), "sort": f"-{kind.columns[0].code}"})),
        f"{kind.file_url()}?all=1",
        *(kind.url(urlencode({code: value})) for code, value in first_wishes(kind, person)),
    ]
    # A file taken out is noted once; what an opening tells is kept until something is done.
    for address in (addresses[WHOLE - 1], addresses[0]):
        browser.get(address)
    found = []
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        found.append(len(captured.captured_queries))
    return found


@each
@pytest.mark.once  # it counts questions: see the root's conftest.py
def test_it_asks_as_much_of_few_rows_as_of_many(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    browsers = {who: client_of(who) for who in ("coordinator", "member", "system_owner")}
    fill(register, cast, range(1, 1 + FEW))
    few = {who: asked_by(one, kind, cast.who(who)) for who, one in browsers.items()}
    fill(register, cast, range(1 + FEW, 1 + MANY))
    for who, browser in browsers.items():
        assert len(page(browser, kind)[1]) == PER_PAGE, who
        many = asked_by(browser, kind, cast.who(who))
        assert many[:WHOLE] == few[who][:WHOLE], who
        assert max(few[who] + many) <= MOST_QUERIES, who  # one that finds nothing asks less


@each
def test_nonsense_is_no_error_and_narrows_nothing_it_should_not(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    fill(register, cast, range(FEW))
    browser = client_of("coordinator")
    codes = [*(one.code for one in kind.filters), "sort", "page", "columns", "all"]
    codes += [kind.tabs.field] if kind.tabs else []
    for wish in NONSENSE:
        page(browser, kind, **dict.fromkeys(codes, wish))
        book(browser, kind, **dict.fromkeys(codes, wish))
    for code in codes:
        page(browser, kind, **{code: NONSENSE[0]})
    everything = {code: "x" for code in codes if code in ("sort", "page", "columns", "area")}
    assert page(browser, kind, **everything)[1] == page(browser, kind)[1]


@each
def test_every_wish_that_is_offered_can_be_asked_for_and_finds_no_more_than_all(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    fill(register, cast, range(12))
    browser = client_of("coordinator")
    whole = {row[0] for row in book(browser, kind)[1]}
    wishes = 0
    for code, wish in kind(cast.coordinator).wishes.items():
        values = {"select": [value for value, _word in wish.choices], "tick": ["1"]}
        for value in values.get(wish.filter.control, ["ærø", "1"]):
            found = page(browser, kind, **{code: value})[1]
            assert wish.filter.is_modifier or len(found) <= len(whole)
            assert len(book(browser, kind, **{code: value})[1]) == len(found), code
            wishes += 1
    assert wishes > 3
