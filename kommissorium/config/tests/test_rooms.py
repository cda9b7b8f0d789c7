"""Rooms' contributions to the tests that go through all of them; limits on a room's size."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from io import StringIO
from itertools import chain

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from kommissorium.config.tests.rooms import BESIDE, FRAME, brought
from kommissorium.config.tests.test_house import PACKAGE, sources, templates, trees
from kommissorium.measures.codes import Measure
from kommissorium.registers.installed import registers

CODES = [register.code for register in registers()]
# Addresses of a register: of those of before the kit the number they may have, never more.
MOST_ADDRESSES = 40
MANY_ADDRESSES = {"assets": 86, "risks": 76}
# Statements of every room: the table stands where whoever adds code reads it.
TABLE = re.compile(r"^\| (\w+) \| ([\d,]+) \|", re.MULTILINE)
AIR = 5  # per cent that a bound may lie above what a room has


def addresses() -> dict[str, set[str]]:
    """Return the names of the addresses of every room."""
    found: dict[str, set[str]] = {}
    for one in get_resolver().url_patterns:
        assert isinstance(one, URLResolver)
        room = one.urlconf_module.__name__.split(".")[1]
        found.setdefault(room, set()).update(names_in(one.url_patterns))
    return found


def names_in(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_in(pattern.url_patterns)
        else:
            yield str(pattern.name)


def test_a_room_with_addresses_says_who_gets_which_answer():
    # Those of the kit are a register's: each says who gets which answer at its own.
    assert sorted(addresses().keys() - brought("access").keys()) == ["registers"]


def test_the_samples_of_every_room_are_made():
    made = {room for room, module in brought("samples").items() if hasattr(module, "add")}
    assert made == {*FRAME, *CODES, *BESIDE}


@pytest.mark.parametrize("code", CODES)
def test_a_register_shows_what_others_may_not_see(code):
    assert brought("canaries")[code].SHOWING_FOREIGN


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_a_register_says_which_of_its_pages_are_measured(code, samples, visitors):
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = visitors["coordinator"]
    bench = brought("bench")[code]
    pages = [path for _name, path in bench.pages("coordinator")]
    if hasattr(bench, "sized_pages"):
        pages += [path for _who, _name, path in bench.sized_pages()]
    assert pages
    assert {path for path in pages if browser.get(path).status_code != HTTPStatus.OK} == set()


def rooms() -> set[str]:
    return {name.partition("/")[0] for name in sources() if "/" in name}


@cache
def bounds() -> dict[str, int]:
    """Return the number of statements each room may have, as CONTRIBUTING.md says."""
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return {room: int(most.replace(",", "")) for room, most in TABLE.findall(text)}


def statements_of(room: str) -> int:
    """Return the number of statements of a room, without tests and migrations: its logical lines.

    Lines that are joined, or broken, are counted as they were.
    """
    own = [name for name in sources() if name.startswith(f"{room}/") and "/migrations/" not in name]
    tokens = [tokenize.generate_tokens(StringIO(sources()[name]).readline) for name in own]
    return sum(one.type == tokenize.NEWLINE for one in chain.from_iterable(tokens))


def test_every_room_has_a_bound():
    assert set(bounds()) == rooms()


@pytest.mark.parametrize("room", sorted(rooms()))
def test_a_room_keeps_to_its_bound(room):
    has, most = statements_of(room), bounds()[room]
    assert has <= most, f"{room} has {has} statements of {most}: what can go?"
    # What went does not come back unseen.
    assert most * 100 <= has * (100 + AIR), f"{room} has {has}: lower its bound of {most}"


@pytest.mark.parametrize("code", [*CODES, *BESIDE])
def test_a_register_has_few_addresses(code):
    assert len(addresses().get(code, ())) <= MANY_ADDRESSES.get(code, MOST_ADDRESSES)


# The layers hold imports, and see no texts: here no room names an address of a register, what lies
# in its folder, or what it wrote in the chain.
# Rooms that know of no register, in which any name of an address of one is taken for that.
UNKNOWING = ("secretariat", "compliance", "config")
# Below the registers a word may be one of the mandate's, so it has to look like an address.
BELOW = ("registers", "yearwheel", "meetings", "tasks", "committees", "accounts", "core")
LEADS = {"reverse", "reverse_lazy", "redirect"}
TEXTS = re.compile(r"""\{%\s*url\s+["'](\w+)["']|["'](/?\w+/[^"'\s]*)""")


@cache
def of_registers() -> set[str]:
    return {name for code in CODES for name in addresses().get(code, ())}


def names_a_register(room: str, text: str, *, leads: bool = False) -> bool:
    """Return whether a literal names a part of a register; `leads` where it is an address."""
    if re.match(rf"/?({'|'.join(CODES)})[./]", text):
        return True
    if text not in of_registers() or leads:
        return text in of_registers()
    return text not in set(Measure) and (room in UNKNOWING or "_" in text)


def naming(room: str) -> set[str]:
    """Return the files of a room that name a register."""
    found = set()
    for name, tree in trees().items():
        if name.startswith(f"{room}/") and "/migrations/" not in name:
            led = {id(one) for one in leading(tree)}
            texts = [one for one in ast.walk(tree) if isinstance(one, ast.Constant)]
            if any(names_a_register(room, str(one.value), leads=id(one) in led) for one in texts):
                found.add(name)
    for name, text in templates().items():
        words = [one for pair in TEXTS.findall(text) for one in pair if one]
        if name.startswith(f"{room}/") and any(
            names_a_register(room, one, leads=True) for one in words
        ):
            found.add(name)
    return found


def leading(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the expressions that say where something leads."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in LEADS:
            yield node.args[0]


def test_no_room_names_what_belongs_to_a_register():
    found = {name for room in (*UNKNOWING, *BELOW) for name in naming(room)}
    assert sorted(found) == []


def test_a_name_is_recognised():
    assert names_a_register("secretariat", "risks/page.html")
    assert names_a_register("meetings", "/assets/7/")
    assert names_a_register("compliance", "risks.figures_kept")
    assert names_a_register("tasks", "risk", leads=True)
    assert not names_a_register("yearwheel", "plan")
    assert not names_a_register("committees", "risk_level")
