"""Two texts word by word: nothing is lost of either, and moved pieces are told as moved."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.comparing import (
    Change,
    Piece,
    compare,
    folded,
    pieces_of_html,
    pieces_of_words,
)

WORDS = st.sampled_from(["a", "b", "c", "sikkerhed", "sikkerheden", ".", ",", "æ"])
PIECES = st.lists(
    st.builds(
        Piece,
        st.sampled_from(["heading", "text", "item"]),
        st.lists(WORDS, min_size=1, max_size=6).map(" ".join),
        st.sampled_from([0, 1]),
        st.sampled_from(["", "<p>"]),
    ),
    max_size=14,
)


def told(html: str, other: str) -> list[Change]:
    return compare(pieces_of_html(html), pieces_of_html(other))


def kinds(changes: Sequence[Change]) -> list[str]:
    return [one.kind for one in changes]


def side(changes: Sequence[Change], op: str) -> list[str]:
    """Return the words of one side, put together from the comparison."""
    gone = {"removed": ("added", "moved"), "added": ("removed", "left")}[op]
    return [
        "".join(words for kind, words in one.segments if kind in {"same", op})
        for one in changes
        if one.kind not in gone
    ]


@given(PIECES, PIECES)
def test_the_comparison_holds_both_texts_whole(old: list[Piece], new: list[Piece]) -> None:
    changes = compare(old, new)
    assert side(changes, "added") == [piece.words for piece in new]
    assert side(changes, "removed") == [piece.words for piece in old]
    assert [one.new for one in changes if one.kind not in {"removed", "left"}] == new
    assert [one for fold in folded(changes) for one in fold.changes] == changes


@given(PIECES)
def test_a_text_is_the_same_as_itself(pieces: list[Piece]) -> None:
    assert set(kinds(compare(pieces, pieces))) <= {"same"}


def test_words_are_told_that_changed_in_a_paragraph() -> None:
    (one,) = told("<p>Mindst otte tegn i koden.</p>", "<p>Mindst tolv tegn i koden.</p>")
    assert one.kind == "changed"
    assert ("removed", "otte") in one.segments
    assert ("added", "tolv") in one.segments


def test_a_section_that_moved_is_told_as_moved() -> None:
    first = "<h3>Formål</h3><p>Hvorfor vi har en politik.</p>"
    second = "<h3>Roller</h3><p>Hvem der gør hvad hos os.</p><p>Og hvem de spørger om det.</p>"
    changes = told(first + second, second + first)
    assert set(kinds(changes)) == {"same", "moved", "left"}
    assert next(one.piece.words for one in changes if one.kind == "moved") == "Formål"


def test_formatting_alone_is_told_without_marking_words() -> None:
    (one,) = told("<p>Se her</p>", '<p>Se <a href="https://x.dk">her</a></p>')
    assert (one.kind, one.segments) == ("look", (("same", "Se her"),))


def test_what_is_the_same_is_folded_but_for_what_stands_around_a_change() -> None:
    many = "".join(f"<p>Afsnit nummer {number} står her.</p>" for number in range(20))
    folds = folded(told(f"<h3>Et</h3>{many}<p>gammel</p>", f"<h3>Et</h3>{many}<p>noget nyt</p>"))
    assert [(fold.is_folded, len(fold.changes)) for fold in folds] == [
        (False, 1),
        (True, 19),
        (False, 3),
    ]


def test_lists_and_tables_are_compared_item_by_item_and_row_by_row() -> None:
    old = "<ul><li>et</li><li>to</li></ul><table><tr><td>a</td><td>b</td></tr></table>"
    new = old.replace("to", "tre").replace("<td>b", "<td>c")
    assert [(one.kind, one.piece.kind) for one in told(old, new)] == [
        ("same", "item"),
        ("removed", "item"),
        ("added", "item"),
        ("changed", "row"),
    ]


def test_lines_of_a_file_may_run_differently() -> None:
    old = "# Adgang\nKoden er på mindst\notte tegn. Den skif-\ntes ikke.\n\n• et led"
    new = "# Adgang\nKoden er på mindst otte tegn. Den\nskiftes ikke.\n\n• et led"
    assert set(kinds(compare(pieces_of_words(old), pieces_of_words(new)))) == {"same"}
    assert [piece.kind for piece in pieces_of_words(new)] == ["heading", "text", "text", "item"]


def test_a_text_of_one_word_over_and_over_is_compared_too() -> None:
    old, new = "<p>a</p>" * 5_000, "<p>b</p>" + "<p>a</p>" * 4_900
    assert side(told(old, new), "added") == ["b", *["a"] * 4_900]
