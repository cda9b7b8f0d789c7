"""The two forms of a mail: HTML that mail programs show, and text with the same words."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kommissorium.core.mail.layout import as_html
from kommissorium.core.mail.letter import Grid, Letter, Link, Listed, Square
from kommissorium.core.tests.mail.letters import letter

HERE = settings.SITE_URL
WHOLE = Letter(
    "Godkend?",
    Link("Læs sagen, og svar", "/proposals/acceptance/7/"),
    "Karen",
    title="Leverandøren behandler data uden for EU",
    lines=["Jesper beder om din beslutning."],
    facts=[("Muligt tab", "120.000 kr.")],
    lists=[Listed("Nyt", [Link("Prøv beredskabet", "/yearwheel/7/"), Link("Intet link")])],
    grid=Grid("Risikoen", ["1"], [("1 Lav", [Square("● 1", "red", is_chosen=True)])], ["●: her"]),
    more=[Link("Vælg, hvor ofte", "/account/")],
    small=["Du får højst én om dagen."],
    language="da",
)


def page(given: Letter) -> html.HtmlElement:
    return html.document_fromstring(as_html(given))


def links(given: Letter) -> list[tuple[str, str]]:
    return [(link.text_content(), link.get("href", "")) for link in page(given).iter("a")]


def test_every_part_stands_in_both_forms_and_addresses_in_the_text_alone() -> None:
    said = page(WHOLE).text_content()
    for words in ("Hej Karen", WHOLE.title, "120.000 kr.", "Prøv beredskabet", "Intet link"):
        assert words in said and words in WHOLE.text
    assert "● 1" in said and HERE not in said
    assert f"Læs sagen, og svar: {HERE}/proposals/acceptance/7/" in WHOLE.text
    assert f"– Prøv beredskabet\n  {HERE}/yearwheel/7/" in WHOLE.text


def test_the_button_comes_before_what_else_can_be_opened() -> None:
    assert links(WHOLE) == [
        ("Prøv beredskabet", f"{HERE}/yearwheel/7/"),
        ("Læs sagen, og svar", f"{HERE}/proposals/acceptance/7/"),
        ("Vælg, hvor ofte", f"{HERE}/account/"),
    ]


def test_an_address_somebody_wrote_is_a_link_with_the_name_of_its_host() -> None:
    said = letter(said="Videomøde: https://evil.example/x?y=1. Ring http://a@b.example/z")
    assert links(said)[:-1] == [
        ("evil.example", "https://evil.example/x?y=1"),
        ("b.example", "http://a@b.example/z"),
    ]


def test_a_letter_is_kept_as_data_and_is_the_same_again() -> None:
    assert as_html(Letter.from_data(WHOLE.data)) == as_html(WHOLE)


def test_a_list_goes_on_where_the_last_one_has_its_heading() -> None:
    longer = WHOLE.with_list(Listed.of("Nyt", ["Mere"])).with_list(Listed.of("Andet", ["Til"]))
    assert [(one.heading, len(one.items)) for one in longer.lists] == [("Nyt", 3), ("Andet", 1)]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]) | st.just("\n")))
def test_whatever_people_wrote_is_text_and_never_markup(text: str) -> None:
    written = f"<b>{text}</b> <img src=x onerror=y> {HERE}/a?b=\"'><script>"
    hostile = replace(
        letter(written, written),
        title=written,
        facts=[(written, written)],
        lists=[Listed.of(written, [written])],
        small=[written],
    )
    found = page(hostile)
    tags = {element.tag for element in found.iter() if isinstance(element.tag, str)}
    known = {tag.tag for tag in page(WHOLE).iter() if isinstance(tag.tag, str)}
    assert tags <= known | {"br"}
    assert "<script>" in found.text_content()
