from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.core.documents import (
    DocumentError,
    EmbeddedFile,
    press,
    render_pdf,
    typeset,
    typesetting,
)
from kommissorium.core.richtext import RichTextRefused, blocks_as_json, shows, to_blocks
from kommissorium.core.tests.documents.pdfs import catalog, claims, read, tags, text_of
from kommissorium.core.tests.richtext.markup import documents

PAGE = Path(__file__).with_name("page.typ")
MADE = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def _data(html: str = "<p>Brød</p>", title: str = "Titel", **sheet: str) -> dict[str, Any]:
    frame = {
        "title": title,
        "author": "Eksempel Kommune",
        "description": "",
        "language": "da",
        "footer": "Udvalget",
        "page_pattern": "Side {page} af {pages}",
    }
    blocks = blocks_as_json(to_blocks(html))
    return {"sheet": frame | sheet, "heading": title, "blocks": blocks}


def _render(html: str = "<p>Brød</p>", title: str = "Titel", **sheet: str) -> bytes:
    return render_pdf(PAGE, _data(html, title, **sheet), made_at=MADE)


def test_a_document_is_accessible_and_archivable() -> None:
    pdf = _render()
    root = catalog(pdf)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert claims(pdf) == {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}


def test_the_document_says_what_it_is_whose_and_when() -> None:
    metadata = read(_render(title="Årets plan")).metadata
    assert metadata is not None
    assert (metadata.title, metadata.author) == ("Årets plan", "Eksempel Kommune")
    assert metadata.creation_date == MADE


def test_the_language_is_the_one_asked_for() -> None:
    assert catalog(_render(language="en"))["/Lang"] == "en"


def test_the_same_data_gives_the_same_bytes() -> None:
    assert _render() == _render()


def test_the_fonts_are_ours() -> None:
    pdf = _render("<p>ord <strong>fed</strong> <em>skrå</em></p>")
    first: Any = read(pdf).pages[0]
    fonts = first["/Resources"]["/Font"].values()
    names = {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts}
    assert all(name.startswith("IBMPlexSans") for name in names), "run: npm run build"
    assert len(names) >= 3


def test_rich_text_is_tagged_for_what_it_is() -> None:
    html = (
        "<h3>Mindre</h3><p>ord <a href='https://example.dk'>led</a></p><ul><li>et</li></ul>"
        "<ol><li>to</li></ol><blockquote>citat</blockquote>"
        "<table><tr><th>A</th></tr><tr><td>b</td></tr></table>"
    )
    found = tags(_render(html))
    assert [tag for tag in found if tag.startswith("/H")] == ["/H1", "/H2", "/H3"]
    assert {"/Link", "/L", "/LI", "/BlockQuote", "/Table", "/TH", "/TD"} <= set(found)
    assert found.count("/L") == 2


def test_links_lead_where_they_say() -> None:
    pdf = _render("<p><a href='https://example.dk/a?b=1&amp;c=2'>her</a></p>")
    annotations = [note.get_object() for page in read(pdf).pages for note in page.annotations or []]
    assert [str(note["/A"]["/URI"]) for note in annotations] == ["https://example.dk/a?b=1&c=2"]


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x")',
        "$x^2$ *fed* _skrå_ `kode` @henvisning <mærke>",
        "= Overskrift",
        "// tekst /* mere",
        '"; #import "kit.typ": blue; #blue',
        "\\u{41} \\n #{1+1} -- --- ...",
    ],
)
def test_text_is_never_read_as_markup(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    found = text_of(_render(f"<p>{escaped}</p>", title=text))
    assert found.replace(" ", "").count(text.replace(" ", "")) == 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tak \U0001f600 slut", "Tak □ slut"),
        ("中文 slut", "□□ slut"),
        ("familie \U0001f468\u200d\U0001f469\u200d\U0001f467 slut", "familie □□□ slut"),
        ("\x00\x07ord\ud800 \ufffe\U0010ffff slut", "ord slut"),
        ("≤ 5 ≥ 3 → € – Ж α slut", "≤ 5 ≥ 3 → € – Ж α slut"),
    ],
)
def test_what_no_font_has_is_a_square_and_the_rest_is_kept(text: str, shown: str) -> None:
    assert shown in text_of(_render(title=text))


def test_right_to_left_text_that_breaks_the_typesetter_does_not_stop_the_document() -> None:
    letters = " ".join(map(chr, [*range(0x873, 0x89F), 0x8B7]))
    assert "slut" in text_of(_render(f"<p>{letters} {letters} Ж slut</p>"))


def test_words_longer_than_a_line_stay_on_the_page() -> None:
    long = "Informationssikkerhed" * 100
    cells = "".join(f"<td>{long[:200]}</td>" for _ in range(6))
    pdf = _render(f"<p>{long}</p><table><tr>{cells}</tr></table>", title=long)
    right_ends: list[float] = []

    def visit(text: str, _cm: object, tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            right_ends.append(tm[4])

    for page in read(pdf).pages:
        page.extract_text(visitor_text=visit)
    assert right_ends
    assert max(right_ends) < 595 - 50
    assert text_of(pdf).replace(" ", "").count("Informationssikkerhed") > 90


def test_a_word_is_hyphenated_in_a_narrow_cell_of_the_head_too() -> None:
    word = "Informationssikkerhedspolitikken"
    cells = "".join(f"<{{0}}>{word}</{{0}}>" for _ in range(5))
    table = f"<table><tr>{cells.format('th')}</tr><tr>{cells.format('td')}</tr></table>"
    parts = re.sub(r"\s", "", text_of(_render(table)).partition("Titel")[2])
    assert parts.count("\xad") >= 10
    assert parts.replace("\xad", "").count(word) == 10


def test_a_matrix_is_whole_on_its_page_with_its_colours() -> None:
    rows = "".join(f'<tr><td data-look="red top">r{number}</td></tr>' for number in range(9))
    lines = "".join(f"<p>{number}</p>" for number in range(26))
    pages = [page.extract_text() for page in read(_render(f"{lines}<table>{rows}</table>")).pages]
    assert [sum(f"r{number}" in page for number in range(9)) for page in pages] == [0, 9]


@settings(max_examples=60, deadline=None)
@given(documents, st.text(max_size=40).filter(shows))
def test_any_text_can_be_typeset(html: str, title: str) -> None:
    try:
        data = _data(html, title)
    except RichTextRefused:
        return
    assert render_pdf(PAGE, data, made_at=MADE).startswith(b"%PDF-")


def test_attached_files_lie_inside_unchanged() -> None:
    data = bytes(range(256))
    file = EmbeddedFile("Bilag æøå.bin", "application/zip", "Et bilag", data)
    pdf = render_pdf(PAGE, _data(), made_at=MADE, attachments=[file])
    assert claims(pdf)["pdfaid:part"] == "3"
    (found,) = read(pdf).attachment_list
    assert found.content == data
    assert found.subtype == "/application/zip"
    assert found.description == "Et bilag"
    assert str(found.associated_file_relationship) == "/Supplement"


def test_marks_tell_where_things_came_to_stand() -> None:
    typed = typeset(PAGE, _data("<p>ord</p>" * 200), MADE, marks=["place"])
    assert typed.marks["place"] == [{"page": len(read(typed.pdf).pages)}]


def test_without_a_standard_there_are_no_tags() -> None:
    root = catalog(typeset(PAGE, _data(), MADE).pdf)
    assert "/StructTreeRoot" not in root


def test_a_process_that_stays_sets_documents_apart_and_alike(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its memory stays what it is: the typesetter keeps what it made of the last documents."""
    within = _render("<p>Blåbærgrød 😀 \u2067x</p>")
    monkeypatch.setattr(typesetting._Presses, "apart", False)
    typesetting.keep_apart()
    with monkeypatch.context() as patch:
        patch.setattr(press.Press, "insist", lambda _self: pytest.fail("set in this process"))
        assert _render("<p>Blåbærgrød 😀 \u2067x</p>") == within
        page = tmp_path / "page.typ"
        page.write_text("#panic()")
        with pytest.raises(DocumentError):
            typeset(page, {}, datetime(2026, 1, 1, tzinfo=UTC))


def test_a_template_that_does_not_fit_its_data_is_an_error() -> None:
    with pytest.raises(DocumentError, match="blocks"):
        render_pdf(PAGE, {**_data(), "blocks": 5}, made_at=MADE)


def test_a_template_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmeligt")
    template = tmp_path / "nosy.typ"
    template.write_text(f'#read("{secret}")')
    with pytest.raises(DocumentError):
        render_pdf(template, _data(), made_at=MADE)
