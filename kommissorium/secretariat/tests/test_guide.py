"""The guide inside the program: each page is readable, and the question mark opens the right one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from kommissorium.conftest import Cast, queries_of
from kommissorium.meetings.models import Meeting
from kommissorium.registers.installed import registers
from kommissorium.secretariat.guide import (
    FOLDER,
    FRONT,
    KIT,
    guide,
    help_url,
    rooms_of_addresses,
    told_of,
)
from kommissorium.secretariat.navigation import navigation

Browser = Callable[[str], Client]
PAGES = sorted(guide())
MARKS = re.compile(r"[*`#|<>]|\]\(|_\w|^\s*[-+] ", re.MULTILINE)
LINKS = re.compile(r"\]\(([^)]*)\)")
LINKED = re.compile(r'href="([^"]*)"')
PICTURED = re.compile(r"^!\[([^\]]+)\]\(pictures/([\w-]+)\.webp\)$", re.MULTILINE)


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def help_of(path: str) -> str:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    return help_url(request)


@pytest.mark.once("reads files")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_mark_that_is_not_understood(name: str) -> None:
    """What the renderer does not know stays as it was typed: nothing of that is left."""
    page = guide()[name]
    assert page.title and page.parts
    said = "\n".join(f"{part.title}\n{part.words}" for part in page.parts)
    lists = re.sub(r"^\s*- ", "", said, flags=re.MULTILINE)  # as plain text shows an item
    assert MARKS.findall(lists) == []
    source = PICTURED.sub(r"[\1](\2)", text_of(name))
    assert re.findall(r"^#{3,}|^ {4,}|^```|^>|!\[", source, re.MULTILINE) == []
    assert re.findall(r"\n\n +\S", source) == [], "a paragraph inside an item"
    assert len(re.findall(r"^# ", source, re.MULTILINE)) == 1 and source.startswith("# ")
    words = re.findall(r"\w+", LINKS.sub("", source))
    assert sorted(re.findall(r"\w+", f"{page.title} {said}")) == sorted(words)


@pytest.mark.once("reads files")
@pytest.mark.parametrize("name", PAGES)
def test_its_links_lead_to_pages_of_the_guide(name: str) -> None:
    written = PICTURED.sub("", text_of(name))
    inside = [one for one in LINKS.findall(written) if not one.startswith("../")]
    html = "".join(part.html for part in guide()[name].parts)
    leads = [one for one in LINKED.findall(html) if not one.endswith(".webp")]
    assert len(leads) == len(inside)
    assert set(leads) <= {page.get_absolute_url() for page in guide().values()}


def test_everybody_who_is_signed_in_reads_all_of_it(cast: Cast, client_of: Browser) -> None:
    browser = client_of("employee")
    front = browser.get(reverse("guide")).text
    assert '<article class="rich" lang="da"' in front
    for name, page in guide().items():
        shown = browser.get(page.get_absolute_url())
        assert shown.status_code == 200
        assert f'<h1 lang="da">{page.title}</h1>' in shown.text.replace("&#x27;", "'"), name
        assert name == FRONT or f'href="{page.get_absolute_url()}"' in front
    night = browser.get(reverse("guide_page", args=["en-haendelse"])).text
    assert '<h2 id="du-har-vagten">Du har vagten</h2>' in night
    assert browser.get("/guide/README/").status_code == browser.get("/guide/x/").status_code == 404


@pytest.mark.once("asks no database")
def test_what_the_table_names_is_there() -> None:
    told = told_of()
    named = [*told["rooms"].values(), *told["pages"].values()]
    headings = {
        f"{name}#{part.key}" for name, page in guide().items() for part in page.parts if part.key
    }
    assert set(named) <= {*guide(), *headings}
    assert set(told["pages"]) <= set(rooms_of_addresses())
    assert {*told["rooms"], KIT, "core"} == set(rooms_of_addresses().values())
    assert {one.partition("#")[0] for one in named} >= {*guide()} - {"roller", "et-kvartal"}


@pytest.mark.parametrize("who", ["coordinator", "administrator", "auditor", "employee"])
def test_each_line_of_the_menu_has_its_page(cast: Cast, who: str) -> None:
    lines = [line for section in navigation("/", cast.who(who)) for line in section.links]
    assert [line.label for line in lines if help_of(line.url) == reverse("guide")] == []


@pytest.mark.once("asks no database")
@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", "overblik/"),
        ("/search/", ""),
        ("/guide/moeder/", ""),
        ("/meetings/3/", "moeder/"),
        ("/meetings/3/conduct/2/", "paa-moedet/#punkt-for-punkt"),
        ("/proposals/acceptance/3/", "risici/"),
        ("/proposals/board-report/3/change/", "rapporter/"),
        ("/activities/continuity/3/", "beredskab/"),
        ("/imports/assets/3/", "en-liste-ind/"),
        ("/handbook/3/", "politikker/"),
        ("/account/", "administration/"),
        ("/incidents/report/", "en-haendelse/#du-har-set-noget"),
    ],
)
def test_a_page_opens_what_is_said_of_it(path: str, page: str) -> None:
    assert help_of(path) == f"/guide/{page}"


def test_the_question_mark_is_on_each_page_also_on_one_that_is_not_there(
    cast: Cast, meeting: Meeting, client_of: Browser
) -> None:
    browser = client_of("member")
    for path, leads in (
        (meeting.get_absolute_url(), "/guide/moeder/"),
        (reverse("account"), "/guide/administration/"),
        ("/nowhere/", "/guide/"),
    ):
        shown = browser.get(path).text
        assert f'href="{leads}" title="Hjælp til denne side"' in shown, path
    assert "Hjælp til denne side" not in Client().get("/accounts/login/").text


def test_it_asks_the_database_nothing(cast: Cast, client_of: Browser) -> None:
    browser = client_of("member")
    for url in ("/nowhere/", "/guide/"):
        browser.get(url)
    assert queries_of(partial(browser.get, "/guide/")) <= queries_of(
        partial(browser.get, "/nowhere/")
    )


@pytest.mark.once("asks no database")
def test_each_register_has_its_page() -> None:
    assert {one.code for one in registers()} <= set(told_of()["rooms"])
