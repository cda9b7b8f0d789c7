from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.core.richtext import (
    RichTextRefused,
    Run,
    Table,
    blocks_as_json,
    is_empty,
    plain_text,
    printable,
    sanitise,
    to_blocks,
)
from kommissorium.core.richtext.blocks import as_text
from kommissorium.core.tests.deep import examples
from kommissorium.core.tests.richtext.markup import documents, honest

NONE: frozenset[str] = frozenset()
ALLOWED = {
    **dict.fromkeys(
        ("p", "strong", "em", "ul", "ol", "li", "h3", "h4", "h5", "blockquote", "br"), NONE
    ),
    **dict.fromkeys(("table", "thead", "tbody", "tr"), NONE),
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "a": {"href", "rel"},
}


class _Inspector(HTMLParser):
    """Fails on anything outside our small set."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        for name, value in attrs:
            assert name in ALLOWED[tag], (tag, name)
            if name == "href":
                assert re.match(r"(https?://|mailto:)[!-~]+$", value or ""), value

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def _sanitised(html: str) -> str | None:
    try:
        return sanitise(html)
    except RichTextRefused:
        return None


@settings(max_examples=examples(133, 400), deadline=None)
@given(documents)
def test_nothing_but_the_small_set_comes_through(html: str) -> None:
    cleaned = _sanitised(html)
    if cleaned is not None:
        inspector = _Inspector()
        inspector.feed(cleaned)
        inspector.close()


@settings(max_examples=examples(133, 400), deadline=None)
@given(documents)
def test_sanitising_twice_changes_nothing(html: str) -> None:
    cleaned = _sanitised(html)
    if cleaned is not None:
        assert sanitise(cleaned) == cleaned


@settings(max_examples=examples(100, 300), deadline=None)
@given(st.text())
def test_text_without_markup_is_sanitised_once_and_for_all(text: str) -> None:
    cleaned = sanitise(text)
    assert sanitise(cleaned) == cleaned


@settings(max_examples=examples(133, 400), deadline=None)
@given(documents)
def test_what_was_sanitised_can_always_be_read(html: str) -> None:
    cleaned = _sanitised(html)
    if cleaned is not None:
        blocks_as_json(to_blocks(cleaned))
        assert is_empty(cleaned) == (not cleaned)


@settings(max_examples=examples(133, 400), deadline=None)
@given(honest)
def test_no_word_is_lost_or_doubled(html: str) -> None:
    written = re.sub(r"<[^>]*>", " ", html).split()
    try:
        read = re.sub(r"(?m)^(?:\s*(?:-|\d+\.)(?: |$))+", "", plain_text(sanitise(html))).split()
    except RichTextRefused:
        return
    assert sorted("".join(written)) == sorted("".join(read))


@settings(max_examples=examples(133, 400), deadline=None)
@given(documents)
def test_tables_fill_every_place_exactly_once(html: str) -> None:
    try:
        blocks = to_blocks(html)
    except RichTextRefused:
        return
    for table in (block for block in blocks if isinstance(block, Table)):
        for section in (table.head, table.body):
            _check_places(section, table.columns)


def _check_places(section: tuple[tuple[object, ...], ...], columns: int) -> None:
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(section):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            places = {(x + i, y + j) for i in range(cell.colspan) for j in range(cell.rowspan)}  # type: ignore[attr-defined]
            assert not taken & places
            taken |= places
    assert taken == {(x, y) for x in range(columns) for y in range(len(section))}


@settings(max_examples=examples(100, 200), deadline=None)
@given(st.text(min_size=1))
def test_a_run_is_written_as_text_whatever_it_holds(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    for block in to_blocks(f"<p>{escaped}</p>"):
        assert all(isinstance(run, Run) for run in getattr(block, "runs", ()))
        assert "<" in text or "<" not in plain_text(f"<p>{escaped}</p>")


SIMPLE = st.lists(
    st.sampled_from(
        [
            *("<strong>", "</strong>", "<em>", "</em>", "<br>", "&amp;", "&lt;", "&gt;", "&nbsp;"),
            *(" ", "  ", "\n", "\t", "æble", "Ø", "–", "…", "a", "1. ", "lt;", "é", "\xad"),
            *("</p><p>", "</p>\n<p>", "e\u0301", "<a href='https://x.example/'>her</a>"),
            "<ul><li>et</li></ul>",
        ]
    ),
    max_size=12,
).map(lambda parts: f"<p>{''.join(parts)}</p>")


@settings(max_examples=examples(333, 1000), deadline=None)
@given(SIMPLE)
def test_the_short_way_to_the_words_gives_the_same_words(html: str) -> None:
    assert plain_text(html) == as_text(to_blocks(html))


@settings(max_examples=examples(133, 400), deadline=None)
@given(st.text())
def test_the_short_way_to_printable_text_gives_the_same_text(text: str) -> None:
    # A private character is dropped, and sends the text the long way.
    assert printable(text) == printable(f"{text}\ue000")


def test_every_ordinary_character_is_printable_as_it_is() -> None:
    every = "".join(map(chr, range(0x2030)))
    for place in range(len(every)):
        assert printable(every[place]) == printable(f"{every[place]}\ue000"), hex(place)
