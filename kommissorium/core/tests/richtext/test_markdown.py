"""Markdown becomes formatted text, and no word of it is lost."""

from __future__ import annotations

import re
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.richtext import RichTextRefused, plain_text, sanitise
from kommissorium.core.richtext.markdown import html_of_markdown

MOST_SECONDS = 20  # of a busy machine; a second or two else


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("# Et\n### To\n## Tre", "<h3>Et</h3><h4>To</h4><h4>Tre</h4>"),
        ("# Et ##\n## To#\n## C # ", "<h3>Et</h3><h4>To</h4><h4>C #</h4>"),
        ("Et\n==\nTo\n--\nord", "<h3>Et</h3><h4>To</h4><p>ord</p>"),
        ("en\nlinje\n\nnæste", "<p>en linje</p><p>næste</p>"),
        ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("1. a\n   mere\n2. b", "<ol><li>a mere</li><li>b</li></ol>"),
        ("**fed** og *kursiv*", "<p><strong>fed</strong> og <em>kursiv</em></p>"),
        ("2 * 3 * 4, fil_navn_her", "<p>2 * 3 * 4, fil_navn_her</p>"),
        ("> citat", "<blockquote><p>citat</p></blockquote>"),
        ("[her](javascript:alert(1))", "<p>her)</p>"),
        ("<script>x</script> & mere", "<p>&lt;script&gt;x&lt;/script&gt; &amp; mere</p>"),
    ],
)
def test_what_is_written_becomes_what_is_meant(given_text: str, expected: str) -> None:
    assert html_of_markdown(given_text) == expected


LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "# ", "- ", "  1. ", "> ", "| ", "**", "    "]),
        st.sampled_from(["ord", "to ord", "æøå", "<b>x</b>", "slut.", ""]),
    ).map("".join),
    max_size=10,
)


@given(LINES)
def test_every_word_is_kept_and_the_result_is_our_html(lines: list[str]) -> None:
    text = "\n".join(lines)
    html = html_of_markdown(text)
    assert sanitise(html) == html
    wanted, found = re.findall(r"[a-zæøå]+", text), re.findall(r"[a-zæøå]+", plain_text(html))
    assert sorted(found) == sorted(wanted)


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    assert sanitise(html_of_markdown(text)) == html_of_markdown(text)


# Each once took a minute or more, and as long a text of 200,000 letters for ever.
HOSTILE = {
    "links that do not end": "[a](" * 50_000,
    "pictures that do not end": "![" * 100_000,
    "a rule that is none": "|a|\n|" + "-" * 190_000 + "x",
    "a heading with much between": "# a" + " " * 190_000 + "x",
    "bold that does not end": "**a " * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_keeps_a_reader_busy(text: str) -> None:
    began = process_time()
    with suppress(RichTextRefused):
        html_of_markdown(text)
    assert process_time() - began < MOST_SECONDS
