"""Documents many at a time: looked at, chosen, made into drafts, taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from kommissorium.conftest import Cast
from kommissorium.core.documents.uploads import read_upload
from kommissorium.core.tests.documents.word_files import word_file
from kommissorium.policies.models import Document, Version
from kommissorium.policies.tests.cases import document, write
from kommissorium.texts.actions.beginnings import import_texts, undo_import
from kommissorium.texts.forms import guessed_level
from kommissorium.texts.models import TextImport

pytestmark = [pytest.mark.django_db, pytest.mark.both("characters no column holds")]
Browser = Callable[[str], Client]
IMPORT = "/policies/import/"
MARKDOWN = """Procedure for nulstilling
=========================

## Hvornår
Når nogen **har glemt** sin kode, og _kun_ da. Se [siden](https://example.dk).

- ring
- skriv
  1. med navn
  2. med nummer

| Hvem | Hvad |
|------|------|
| Alle | Ringer |

> Husk billedlegitimation
"""
FILES = {
    "adgang.docx": word_file(
        [("Formål", 1), ("Derfor.", 0), ("Hvem", 2), ("Alle.", 0)], title="Retningslinje for adgang"
    ),
    "nulstilling.md": MARKDOWN.encode(),
}


def upload(browser: Client, files: Mapping[str, bytes]) -> HttpResponse:
    given = [SimpleUploadedFile(name, data) for name, data in files.items()]
    answer: Any = browser.post(IMPORT, {"documents": given})
    return answer


def kept_in(answer: HttpResponse) -> str:
    match = re.search(r'name="kept" value="([^"]+)"', answer.content.decode())
    assert match
    return match.group(1)


def choices(**others: str) -> dict[str, str]:
    return {
        "take_0": "on",
        "title_0": "Adgang",
        "level_0": "guideline",
        "kind_0": "text",
        "take_1": "on",
        "title_1": "Nulstilling",
        "level_1": "procedure",
        **others,
    }


def test_files_are_looked_at_chosen_and_made_into_drafts(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    shown = upload(browser, FILES)
    page = shown.content.decode()
    assert shown.status_code == 200
    assert 'value="Retningslinje for adgang"' in page
    assert 'value="Procedure for nulstilling"' in page
    assert re.search(r'value="procedure" selected', page)
    assert not Document.objects.exists()
    answer = browser.post(IMPORT, {"kept": kept_in(shown), **choices()})
    assert answer.status_code == 302
    first = Version.objects.get(document__title="Adgang")
    assert first.text == "<h3>Formål</h3><p>Derfor.</p><h4>Hvem</h4><p>Alle.</p>"
    assert first.is_draft
    second = Version.objects.get(document__title="Nulstilling")
    assert second.document.level == "procedure"
    assert "<strong>har glemt</strong>" in second.text
    assert "<ol><li>med navn</li>" in second.text
    assert '<th scope="col">Hvem</th>' in second.text
    assert browser.get(answer.headers["Location"]).status_code == 200


def test_all_get_the_owner_and_the_parent_that_are_chosen(cast: Cast, client_of: Browser) -> None:
    browser, above = client_of("coordinator"), document(cast, level="policy")
    kept = kept_in(upload(browser, FILES))
    shared = {"owner": str(cast.member.pk), "parent": str(above.pk)}
    wrong = browser.post(IMPORT, {"kept": kept, **choices(level_0="policy"), **shared})
    assert wrong.status_code == 400
    assert str(wrong.context["form"].errors["parent"][0]).startswith("Vælg et dokument")
    assert wrong.context["form"]["owner"].value() == str(cast.member.pk)
    assert browser.post(IMPORT, {"kept": kept, **choices(), **shared}).status_code == 302
    made = Document.objects.exclude(pk=above.pk)
    assert {(one.owner, one.parent) for one in made} == {(cast.member, above)}
    assert browser.get(IMPORT).status_code == 200


def test_one_may_be_left_out_or_kept_as_a_file(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    kept = kept_in(upload(browser, FILES))
    others = choices(kind_0="file")
    del others["take_1"]
    browser.post(IMPORT, {"kept": kept, **others})
    only = Version.objects.get()
    assert (only.text, only.file_name) == ("", "adgang.docx")
    assert "# Formål" in only.file_text


def test_what_is_wrong_is_said_with_nothing_lost(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    shown = upload(browser, FILES)
    answer = browser.post(IMPORT, {"kept": kept_in(shown), **choices(title_0="", title_1="Egen")})
    assert answer.status_code == 400
    assert 'value="Egen"' in answer.content.decode()
    nothing = browser.post(
        IMPORT, {"kept": kept_in(answer), "level_0": "policy", "level_1": "policy"}
    )
    assert nothing.status_code == 400
    assert browser.post(IMPORT, {"kept": "x:y", **choices()}).headers["Location"] == IMPORT
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tabel.xlsx", b"PK\x03\x04"),
        ("omdøbt.docx", b"%PDF-1.4 ikke word"),
        ("omdøbt.pdf", word_file([("a", 1)])),
        ("tom.md", b""),
        ("tom.docx", word_file([])),
        ("binær.md", b"\0\1\2" * 500),
        ("program.exe", b"MZ"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named(
    cast: Cast, client_of: Browser, name: str, data: bytes
) -> None:
    answer = upload(client_of("coordinator"), {**FILES, name: data})
    assert answer.status_code == 400
    assert name in answer.content.decode()


def test_more_files_than_can_be_looked_at_are_refused(cast: Cast, client_of: Browser) -> None:
    many = {f"{number}.md": b"# a\n\nord" for number in range(21)}
    assert upload(client_of("coordinator"), many).status_code == 400
    assert client_of("coordinator").post(IMPORT, {}).status_code == 400


def test_an_import_is_taken_back_but_for_what_somebody_worked_on(
    cast: Cast, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    browser.post(IMPORT, {"kept": kept_in(upload(browser, FILES)), **choices()})
    found = TextImport.objects.get()
    touched = Version.objects.get(document__title="Adgang")
    write(touched, cast.coordinator, text="<p>Rettet</p>")
    undo = f"{IMPORT}{found.pk}/undo/"
    assert browser.get(undo).status_code == 200
    assert browser.post(undo).status_code == 302
    kept = set(Document.objects.in_use().values_list("title", flat=True))
    assert kept == {"Adgang"}
    assert Version.objects.get(document__title="Nulstilling").state == "dropped"
    assert browser.post(undo).status_code in {302, 400, 409}


def test_nobody_else_imports(cast: Cast, client_of: Browser) -> None:
    for who in ("member", "employee", "chair"):
        assert client_of(who).get(IMPORT).status_code == 403
    with pytest.raises(PermissionDenied):
        import_texts([], by=cast.member)
    with pytest.raises(PermissionDenied):
        undo_import(TextImport(), by=cast.member)


def test_a_title_is_the_one_heading_above_all_others_or_the_name_of_the_file() -> None:
    assert (
        read_upload(b"# Politik for mobiler\n\n## Et\nord\n\n## To\nord", "x.md").title
        == "Politik for mobiler"
    )
    two = read_upload(b"# Et\nord\n\n# To\nord", "politik_for-mobiler.md")
    assert two.title == "politik for mobiler"
    assert [one.title for one in two.headings] == ["Et", "To"]
    assert guessed_level(two.title) == "policy"


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Overordnet informationssikkerhedspolitik", "overall"),
        ("Politik for adgang", "policy"),
        ("Retningslinjer for ejere", "guideline"),
        ("Instruks om nøgler", "procedure"),
        ("Noget helt andet", "guideline"),
    ],
)
def test_the_level_is_guessed_by_the_title(title: str, level: str) -> None:
    assert guessed_level(read_upload(f"# {title}\n\nord".encode(), "x.md").title) == level
