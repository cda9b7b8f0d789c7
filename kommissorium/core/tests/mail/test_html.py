"""The HTML beside the text of a mail: the same words, links and buttons of our own addresses."""

from __future__ import annotations

from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kommissorium.core.mail.delivery import as_html

HERE = settings.SITE_URL


def body(text: str) -> html.HtmlElement:
    found = html.document_fromstring(as_html(text, "da")).find("body")
    assert found is not None
    return found


def links(text: str) -> list[tuple[str, str]]:
    return [(link.text_content(), link.get("href", "")) for link in body(text).iter("a")]


def test_a_named_address_of_ours_is_a_button_and_a_reminder_one_link() -> None:
    text = f"Hej\n\nJeg kommer: {HERE}/answer/abc/\n\n- Prøv beredskabet\n  {HERE}/yearwheel/7/"
    assert links(text) == [
        ("Jeg kommer", f"{HERE}/answer/abc/"),
        ("- Prøv beredskabet", f"{HERE}/yearwheel/7/"),
    ]


def test_other_peoples_addresses_are_shown_as_they_are() -> None:
    text = (
        "Videomøde: https://evil.example/x\n- Ring\n  https://evil.example/y\nhttp://evil.example/z"
    )
    assert links(text) == [
        ("https://evil.example/x", "https://evil.example/x"),
        ("https://evil.example/y", "https://evil.example/y"),
        ("http://evil.example/z", "http://evil.example/z"),
    ]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]) | st.just("\n")))
def test_whatever_people_wrote_is_text_and_never_markup(text: str) -> None:
    written = f"<b>{text}</b> <img src=x onerror=y> {HERE}/a?b=\"'><script>"
    tags = {element.tag for element in body(written).iter() if isinstance(element.tag, str)}
    assert tags <= {"body", "p", "br", "a"}
    assert "<script>" in body(written).text_content()
