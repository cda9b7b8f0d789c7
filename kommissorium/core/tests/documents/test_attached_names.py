from __future__ import annotations

import pytest

from kommissorium.core.documents import EmbeddedFile, render_pdf
from kommissorium.core.tests.documents.pdfs import catalog, read
from kommissorium.core.tests.documents.test_typesetting import MADE, PAGE, _data


def names_in(*given: str) -> list[tuple[str, str]]:
    """Return the two names of each file inside a document: for old readers, and for new."""
    files = [EmbeddedFile(name, "text/plain", "", name.encode()) for name in given]
    pdf = render_pdf(PAGE, _data(), made_at=MADE, attachments=files)
    inside = {file.content.decode() for file in read(pdf).attachment_list}
    assert inside == {*given}
    specifications = [reference.get_object() for reference in catalog(pdf)["/AF"]]
    return [(str(one["/F"]), str(one["/UF"])) for one in specifications]


@pytest.mark.parametrize("name", ["Referat æøå ÆØÅ é – €.pdf", "plain (1).txt", "a\\b.txt"])
def test_a_name_reads_the_same_in_old_readers_and_in_new(name: str) -> None:
    ((old, new),) = names_in(name)
    assert old == new


def test_letters_that_old_readers_lack_are_lines_and_the_file_is_whole() -> None:
    names = names_in("Žluťoučký æ.txt", "Ærø.txt", "b.txt")
    assert sorted(names) == [
        ("b.txt", "b.txt"),
        ("Ærø.txt", "Ærø.txt"),
        ("Žlu_ou_ký æ.txt", "Žluťoučký æ.txt"),
    ]
