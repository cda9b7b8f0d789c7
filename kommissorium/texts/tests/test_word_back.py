"""A draft to Word and back: headings stay, what differs is seen first, nothing odd gets in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommissorium.conftest import Cast
from kommissorium.core.documents.uploads import read_edited
from kommissorium.core.richtext import sanitise
from kommissorium.core.tests.documents.word_files import edited, word_file
from kommissorium.policies.models import Version
from kommissorium.policies.tests.cases import approved, document, drafted, proposed, write
from kommissorium.registers.documents.record import word_to_edit

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
TEXT = (
    "<h3>1. Formål</h3><p>Vi passer på <strong>borgernes</strong> data.</p>"
    "<h4>1.1 Hvem</h4><ul><li>ledere<ol><li>og andre</li></ol></li><li>alle</li></ul>"
    "<h5>Dybere</h5><blockquote><p>Citat</p></blockquote>"
    '<h3>2. Mere</h3><p>Se <a href="https://example.dk/" rel="noopener">her</a></p>'
    '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>æøå</td></tr></tbody></table>'
)
TRACKED = '<w:ins w:id="1" w:author="x"><w:r><w:t>Ny tekst</w:t></w:r></w:ins><w:del w:id="2" w:author="x"><w:r><w:delText>Slettet</w:delText></w:r></w:del>'


def page_of(found: Version) -> str:
    return reverse("policy_take_back", args=[found.pk])


def send(browser: Client, found: Version, data: bytes, name: str = "tekst.docx") -> HttpResponse:
    answer: Any = browser.post(page_of(found), {"file": SimpleUploadedFile(name, data)})
    return answer


def kept_in(answer: HttpResponse) -> str:
    match = re.search(r'name="kept" value="([^"]+)"', answer.content.decode())
    assert match
    return match.group(1)


def test_a_text_comes_back_from_word_as_it_went(cast: Cast) -> None:
    found = drafted(cast, text=TEXT)
    back = read_edited(word_to_edit(found.title, found.text))
    assert (back.title, back.text, back.remarks) == (found.title, sanitise(TEXT), ())


BLOCKS = st.sampled_from(
    [
        "<h3>Et</h3>",
        "<h4>To & tre</h4>",
        "<h5>Fire</h5>",
        "<p>ord <em>og</em> flere</p>",
        "<ul><li>a</li><li>b</li></ul>",
        "<p>1 &lt; 2</p>",
    ]
)


@given(st.lists(BLOCKS, min_size=1, max_size=8).map("".join))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_headings_and_paragraphs_always_come_back(cast: Cast, html: str) -> None:
    text = sanitise(f"<p>først</p>{html}")
    found = Version(title="Titel", text=text, number=1)
    assert read_edited(word_to_edit(found.title, found.text)).text == _one_list(text)


def _one_list(html: str) -> str:
    """Return the text with lists that follow each other as one, as Word has them."""
    return html.replace("</ul><ul>", "")


def test_what_differs_is_seen_and_then_taken(cast: Cast, client_of: Browser) -> None:
    found, browser = drafted(cast, text=TEXT), client_of("coordinator")
    handed = browser.get(reverse("policy_to_edit", args=[found.pk]))
    word = docx.Document(io.BytesIO(handed.content))
    styles = [one.style.name for one in word.paragraphs]
    assert styles[:3] == ["Title", "Heading 1", "Normal"]
    assert {"Heading 2", "Heading 3"} <= set(styles)
    changed = edited(
        handed.content,
        lambda xml: xml.replace("borgernes", "alles").replace(found.title, "Ny titel"),
    )
    shown = send(browser, found, changed)
    assert "alles<span" in shown.content.decode()
    found.refresh_from_db()
    assert "borgernes" in found.text
    answer = browser.post(page_of(found), {"kept": kept_in(shown)})
    assert answer.headers["Location"] == found.get_absolute_url()
    found.refresh_from_db()
    assert "alles" in found.text
    assert "<h5>Dybere</h5>" in found.text
    assert found.title == "Ny titel"


def test_two_editors_nothing_is_overwritten_unseen(cast: Cast, client_of: Browser) -> None:
    found, browser = drafted(cast, text=TEXT), client_of("coordinator")
    shown = send(browser, found, word_file([("Ny", 1), ("tekst", 0)]))
    write(found, cast.coordinator, text="<p>En andens tekst.</p>")
    answer = browser.post(page_of(found), {"kept": kept_in(shown)})
    assert answer.status_code == 409
    assert "andens" in answer.content.decode()
    found.refresh_from_db()
    assert found.text == "<p>En andens tekst.</p>"
    assert browser.post(page_of(found), {"kept": kept_in(answer)}).status_code == 302
    found.refresh_from_db()
    assert found.text == "<h3>Ny</h3><p>tekst</p>"


def test_tracked_changes_are_told_and_taken_as_accepted(cast: Cast, client_of: Browser) -> None:
    found, browser = drafted(cast, text=TEXT), client_of("coordinator")
    data = edited(
        word_file([("A", 1), ("b", 0)]),
        lambda xml: xml.replace("</w:p><w:sectPr", f"{TRACKED}</w:p><w:sectPr"),
    )
    shown = send(browser, found, data).content.decode()
    assert "Ny tekst" in shown
    assert "Slettet" not in shown
    assert "sporede ændringer" in shown.lower() or "ændringer" in shown.lower()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ""),
        (b"PK\x03\x04 ikke et zip", ""),
        (b"%PDF-1.4 omdannet", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1gammel", ""),
        (edited(word_file([("a", 1)]), str, [("word/vbaProject.bin", "x")]), "makro"),
        (word_file([]), "tekst"),
        (word_file([("x" * 300, 0)], title="y" * 300), ""),
    ],
)
def test_a_file_that_is_no_plain_word_file_is_refused_in_words(
    cast: Cast, client_of: Browser, data: bytes, words: str
) -> None:
    found = drafted(cast, text=TEXT)
    answer = send(client_of("coordinator"), found, data)
    assert answer.status_code == 400
    assert words in answer.content.decode().lower()
    found.refresh_from_db()
    assert found.text == sanitise(TEXT)


def test_broken_numbering_is_read_and_pointed_out(cast: Cast, client_of: Browser) -> None:
    found, browser = drafted(cast, text=TEXT), client_of("coordinator")
    lost = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="987"/></w:numPr></w:pPr><w:r><w:t>b'
    data = edited(
        word_file([("1 A", 1), ("b", 0), ("3 C", 1)]), lambda xml: xml.replace("<w:r><w:t>b", lost)
    )
    shown = send(browser, found, data).content.decode()
    assert "3 C" in shown
    assert "følger ikke" in shown


def test_a_mark_of_another_draft_or_of_nobody_is_worth_nothing(
    cast: Cast, client_of: Browser
) -> None:
    first, browser = drafted(cast, text=TEXT), client_of("coordinator")
    second = drafted(cast, document(cast, title="Anden"), text=TEXT)
    shown = send(browser, first, word_file([("Ny", 1), ("tekst", 0)]))
    assert browser.post(page_of(second), {"kept": kept_in(shown)}).status_code == 400
    assert browser.post(page_of(first), {"kept": "x:y:z"}).status_code == 400


def test_only_drafts_and_only_by_who_writes_them(cast: Cast, client_of: Browser) -> None:
    draft, waits = drafted(cast), proposed(cast, document(cast, title="B"))
    in_force = approved(cast, document(cast, title="C"))
    assert client_of("coordinator").get(page_of(waits)).status_code == 403
    assert client_of("member").get(page_of(draft)).status_code == 404
    assert client_of("employee").get(page_of(in_force)).status_code == 403


def test_a_paste_of_word_styles_becomes_clean_text() -> None:
    style = "mso-margin-top-alt:auto;font-family:Calibri;mso-fareast-language:EN-US;" * 12
    paste = "".join(
        f'<p class="MsoNormal" style="{style}"><span style="{style}">Ord {n}</span><o:p></o:p></p>'
        for n in range(150)
    )
    assert len(paste) > 200_000
    assert sanitise(paste) == "".join(f"<p>Ord {n}</p>" for n in range(150))
