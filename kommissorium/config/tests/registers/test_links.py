"""The wires between rooms: what is asked for is offered, by one room or by as many as may."""

from __future__ import annotations

import ast

import pytest

from kommissorium.config.tests.test_house import trees
from kommissorium.registers.installed import registers
from kommissorium.registers.links import LINKS, Link
from kommissorium.registers.offered import FORESIGHT, happening_of

ASKING = ("ask", "ask_of", "ask_all", "in_order", "offers")


def named(*verbs: str) -> dict[str, set[str]]:
    """Return which rooms do this with a link, by the name of its constant."""
    found: dict[str, set[str]] = {}
    for name, tree in trees().items():
        for node in ast.walk(tree):
            link, verb = said(node)
            if verb in verbs and link.isupper():
                found.setdefault(link, set()).add(name.split("/", maxsplit=1)[0])
    return found


def said(node: ast.AST) -> tuple[str, str]:
    """Return what is named and what is done with it: LINK.ask, or in_order(LINK)."""
    match node:
        case ast.Attribute(ast.Name(link), verb):
            return link, verb
        case ast.Call(ast.Name(verb), [ast.Name(link)]):
            return link, verb
    return "", ""


def constants() -> dict[str, Link[object]]:
    """Return every link by the constant that it is declared as: its name in capitals."""
    return {name.upper(): link for name, link in LINKS.items()}


ACTIVITIES = {"audits", "awareness", "continuity"}  # for these the kit offers


def test_each_link_is_asked_and_offered_by_whom_it_allows() -> None:
    asked, offered = named(*ASKING), named("offer")
    for name, link in constants().items():
        assert asked.get(name), f"nobody asks for {name}"
        by = offered.get(name, set())
        for_others = ACTIVITIES if "registers" in by else set()
        assert by - {"registers"} | for_others == set(link.offers), name
        assert link.several or len(link.offers) == 1, f"{name} has one answer, or says otherwise"


def test_who_offers_is_a_register() -> None:
    codes = {register.code for register in registers()}
    assert {room for link in LINKS.values() for room in link.offers} <= codes


def test_what_nobody_offers_is_refused() -> None:
    with pytest.raises(LookupError):
        FORESIGHT.ask_of("findes-ikke")
    with pytest.raises(LookupError):
        FORESIGHT.ask()
    with pytest.raises(ValueError, match="already"):
        Link[int]("foresight")


def test_a_key_of_a_room_that_offers_nothing_means_nothing(cast) -> None:
    assert happening_of("policies:1", cast.coordinator) is None


def test_a_link_of_one_answer_takes_no_second() -> None:
    link = Link[int]("of_a_test")
    try:
        with pytest.raises(LookupError):
            link.ask()
        link.offer("risks", 1)
        assert link.ask() == 1
        with pytest.raises(ValueError, match="risks"):
            link.offer("assets", 2)
    finally:
        del LINKS["of_a_test"]
