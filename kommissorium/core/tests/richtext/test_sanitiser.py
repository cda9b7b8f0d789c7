from __future__ import annotations

import pytest

from kommissorium.core.richtext import (
    RichTextRefused,
    RichTextTooLong,
    in_a_line,
    is_empty,
    one_line,
    plain_text,
    printable,
    sanitise,
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p>Hej <b>du</b> <i>der</i></p>", "<p>Hej <strong>du</strong> <em>der</em></p>"),
        ("<h3>Et</h3><h2>To</h2><h5>Tre</h5>", "<h3>Et</h3><h3>To</h3><h4>Tre</h4>"),
        ("<h1>Stor</h1><h6>Lille</h6>", "<h3>Stor</h3><h4>Lille</h4>"),
        ("<p style='color:red' onclick='x()'>rød</p>", "<p>rød</p>"),
        ("<p>før<script>x()</script>efter</p>", "<p>førefter</p>"),
        ("<p>før<img src='https://x.example/a.gif'>efter</p>", "<p>førefter</p>"),
        ("<a href='javascript:x()'>tryk</a>", "<p>tryk</p>"),
        ("<a href='/intern'>tryk</a>", "<p>tryk</p>"),
        ("<div>et</div><div>to</div>", "<p>et</p><p>to</p>"),
        ("<p>et<br><br>to</p>", "<p>et</p><p>to</p>"),
        ("<p>et<br>to</p>", "<p>et<br>to</p>"),
        ("<p> </p><p>&nbsp;</p>", ""),
        ("<ul><li>et<ul><li>to</li></ul></li></ul>", "<ul><li>et<ul><li>to</li></ul></li></ul>"),
        ("<ul><li>et</li><ul><li>to</li></ul></ul>", "<ul><li>et<ul><li>to</li></ul></li></ul>"),
        ("<blockquote>ord</blockquote>", "<blockquote><p>ord</p></blockquote>"),
    ],
)
def test_what_arrives_becomes_the_small_set(given: str, kept: str) -> None:
    assert sanitise(given) == kept


@pytest.mark.parametrize(
    "address", ["https://example.dk/a?b=1&c=2", "http://example.dk", "mailto:anna@example.dk"]
)
def test_links_to_the_web_and_to_mail_are_kept(address: str) -> None:
    assert address.replace("&", "&amp;") in sanitise(f"<a href='{address}'>her</a>")


def test_text_without_tags_becomes_paragraphs_at_empty_lines() -> None:
    assert sanitise("et\nto\n\ntre < fire & fem") == "<p>et<br>to</p><p>tre &lt; fire &amp; fem</p>"


def test_a_table_keeps_its_headings_and_spans() -> None:
    table = "<table><tr><th>A</th><th>B</th></tr><tr><td colspan=2>c</td></tr></table>"
    assert sanitise(table) == (
        '<table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
        '<tbody><tr><td colspan="2">c</td></tr></tbody></table>'
    )


def test_the_caption_of_a_table_stands_before_it() -> None:
    table = "<table><caption>Status</caption><tr><td>c</td></tr></table>"
    assert plain_text(table) == "Status\nc"


def test_a_table_wider_than_a_page_is_refused() -> None:
    with pytest.raises(RichTextRefused):
        sanitise(f"<table><tr>{'<td>x</td>' * 31}</tr></table>")


def test_markup_nested_beyond_reason_is_refused() -> None:
    with pytest.raises(RichTextRefused):
        sanitise(f"{'<blockquote>' * 200}x")


def test_text_longer_than_the_limit_is_refused() -> None:
    assert sanitise("a" * 199_000)
    with pytest.raises(RichTextTooLong):
        sanitise("a" * 200_001)


def test_text_that_grows_past_the_limit_is_refused() -> None:
    with pytest.raises(RichTextTooLong):
        sanitise("&" * 199_000)


def test_plain_text_has_a_line_for_each_paragraph_item_and_row() -> None:
    html = (
        "<p>et <strong>to</strong></p><ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>"
        "<table><tr><td>x</td><td>y</td></tr></table>"
    )
    assert plain_text(html) == "et to\n1. a\n2. b\n   - c\nx\ty"


@pytest.mark.parametrize("html", ["", "<p></p>", "<p>\u200b</p>", "<ul><li> </li></ul>", "<br>"])
def test_a_text_of_which_nothing_shows_is_empty(html: str) -> None:
    assert is_empty(html)


def test_a_text_that_shows_is_not_empty() -> None:
    assert not is_empty("<p>.</p>")


def test_symbol_bullets_and_controls_from_word_processors_become_readable() -> None:
    assert printable("\uf0b7 et\x00\x07\ud800 a\u030a") == "• et å"


def test_every_kind_of_line_end_is_a_line_feed() -> None:
    assert printable("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h") == "\n".join("abcdefgh")


def test_a_title_is_one_line_without_characters_that_turn_the_text_round() -> None:
    assert one_line(" a\n\tb\u202etxt.exe\u202c ") == "a btxt.exe"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("red right top", "red top right"),
        ("red red bold", "red"),
        ("top", ""),
        ('green" onclick="x', ""),
        ("blue", ""),
    ],
)
def test_a_cell_keeps_a_colour_of_ours_and_its_thick_lines(given: str, kept: str) -> None:
    html = sanitise(f"<table><tr><td data-look='{given}'>a</td></tr></table>")
    look = f' data-look="{kept}"' if kept else ""
    assert html == f"<table><tbody><tr><td{look}>a</td></tr></tbody></table>"
    assert sanitise(html) == html


def test_a_list_on_one_line_has_semicolons_for_its_marks():
    html = "<p>Udvalget</p><ol><li>godkendte planen</li><li>bad om tid</li></ol><p>Enstemmigt.</p>"
    assert in_a_line(html) == "Udvalget godkendte planen; bad om tid Enstemmigt."
