"""The pictures of the guide: each is there, told in words, of one size, and light."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.richtext.markdown import html_of_markdown
from kommissorium.secretariat.guide import FOLDER, OURS, guide
from kommissorium.secretariat.guide_pictures import (
    MOST_BYTES,
    SIZE,
    WRITTEN,
    as_links,
    as_pictures,
    pictures_in,
)

Browser = Callable[[str], Client]
IMAGE = re.compile(r'<img src="([^"]+)" alt="([^"]+)" width="1040" height="720" loading="lazy">')


def size_of(picture: bytes) -> tuple[int, int]:
    """Return width and height as the head of a WebP picture says them."""
    assert picture[:4] == b"RIFF" and picture[8:16] == b"WEBPVP8X"
    width, height = (int.from_bytes(picture[at : at + 3], "little") + 1 for at in (24, 27))
    return width, height


@pytest.mark.once("reads files")
def test_each_picture_that_is_named_is_there_and_is_told_in_words_once() -> None:
    named = [
        one for file in FOLDER.glob("*.md") for one in WRITTEN.findall(file.read_text("utf-8"))
    ]
    names = [name for _words, name in named]
    said = [words for words, _name in named]
    wanted = tomllib.loads((FOLDER / "pictures.toml").read_text("utf-8"))
    assert sorted(names) == sorted(wanted) == sorted(pictures_in(FOLDER))
    assert len(set(said)) == len(said)
    assert [words for words in said if not 20 <= len(words) <= 150] == []
    # None is written in a way that nothing shows.
    all_of_it = "".join(file.read_text("utf-8") for file in FOLDER.glob("*.md"))
    assert all_of_it.count("![") == len(named)


@pytest.mark.once("reads files")
def test_they_are_of_one_size_and_light_enough_to_be_read_on_a_train() -> None:
    files = pictures_in(FOLDER).values()
    assert {size_of(file.read_bytes()) for file in files} == {SIZE}
    assert sum(file.stat().st_size for file in files) <= MOST_BYTES
    assert min(file.stat().st_size for file in files) > 5_000, "an empty page"


def test_each_stands_on_its_page_with_its_words_and_is_sent(client_of: Browser) -> None:
    browser, seen = client_of("employee"), set()
    for page in guide().values():
        for address, words in IMAGE.findall(browser.get(page.get_absolute_url()).text):
            seen.add(address)
            assert words
            answer = browser.get(address)
            assert answer.status_code == 200 and answer["Content-Type"] == "image/webp"
            assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert seen == {reverse("guide_picture", args=[name]) for name in pictures_in(FOLDER)}
    assert browser.get("/guide/pictures/no-such.webp").status_code == 404


TOLD = st.text(
    st.characters(exclude_characters="[]\n\r", exclude_categories=["C", "Z"]), min_size=1
)


@given(TOLD, st.from_regex(r"[a-z][a-z-]{0,20}", fullmatch=True))
def test_whatever_its_words_are_they_end_nothing_but_themselves(words: str, name: str) -> None:
    text = as_links(f"# Titel\n\nFør.\n\n![{words}](pictures/{name}.webp)\n\nEfter.\n", OURS)
    shown = as_pictures(html_of_markdown(text), OURS)
    assert shown.count("<img ") <= 1 and "<script" not in shown
    for _address, told in IMAGE.findall(shown):
        assert not re.search(r'["<>]', told)
        assert unescape(told)
