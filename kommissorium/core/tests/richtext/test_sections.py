"""Sections of a text: all of it, under keys and numbers that last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.richtext import sanitise
from kommissorium.core.richtext.blocks import as_html
from kommissorium.core.richtext.sections import gap_in_numbers, sections_of, slug

PARTS = st.sampled_from(
    [
        "<h2>Formål</h2>",
        "<h3>Formål</h3>",
        "<h4><strong>2.1</strong> Roller</h4>",
        "<h6>–</h6>",
        "<p>Ord & <em>flere</em></p>",
        "<ul><li>et</li></ul>",
        "<h3>1. Æbler</h3>",
        "",
    ]
)


@given(st.lists(PARTS, max_size=12).map("".join))
def test_sections_put_together_are_the_text_and_their_keys_differ(html: str) -> None:
    text = sanitise(html)
    sections = sections_of(text)
    assert as_html([block for one in sections for block in one.blocks]) == text
    keys = [one.key for one in sections if one.level]
    assert len(keys) == len(set(keys))
    assert all(keys)


def names(html: str) -> list[tuple[str, str, str]]:
    return [(one.key, one.number, one.title) for one in sections_of(html)]


def test_headings_are_counted_where_no_number_is_typed() -> None:
    text = "<p>Først</p><h3>Formål</h3><h4>For hvem</h4><h4>Hvorfor</h4><h3>Roller</h3>"
    assert names(text) == [
        ("", "", ""),
        ("formål", "1", "Formål"),
        ("for-hvem", "1.1", "For hvem"),
        ("hvorfor", "1.2", "Hvorfor"),
        ("roller", "2", "Roller"),
    ]


def test_numbers_that_are_typed_stand_and_are_no_part_of_the_key() -> None:
    assert names("<h3>3. Adgang</h3><h4>3.1 Nøgler</h4><h3>Bilag</h3>") == [
        ("adgang", "3", "Adgang"),
        ("nøgler", "3.1", "Nøgler"),
        ("bilag", "", "Bilag"),
    ]
    assert names("<h3>§ 4 Tilsyn</h3>") == [("tilsyn", "§ 4", "Tilsyn")]


def test_a_heading_that_stands_twice_is_called_by_the_one_above_it() -> None:
    text = "<h3>Adgang</h3><h4>Formål</h4><h3>Drift</h3><h4>Formål</h4><h4>Formål</h4>"
    assert [one.key for one in sections_of(text)] == [
        *("adgang", "formål", "drift", "drift-formål"),
        "drift-formål-2",
    ]


def test_a_key_never_takes_an_address_of_the_page() -> None:
    assert names("<h3>Main content</h3>")[0][0] == "main-content-2"


def test_numbers_that_were_typed_wrong_are_pointed_out() -> None:
    gap = gap_in_numbers(sections_of("<h3>1 A</h3><h4>1.1 B</h4><h3>3 C</h3>"))
    assert gap is not None
    assert gap.title == "C"
    assert (
        gap_in_numbers(sections_of("<h3>1 A</h3><h4>1.1 B</h4><h4>1.2 C</h4><h3>2 D</h3>")) is None
    )


def test_slugs_keep_danish_letters() -> None:
    assert slug(" Ændring af Årshjul/øvelser! ") == "ændring-af-årshjul-øvelser"
