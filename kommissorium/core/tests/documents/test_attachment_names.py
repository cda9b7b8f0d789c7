from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.documents.attachment_names import safe_media_type, unique_names


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Bilag æøå.pdf", "Bilag æøå.pdf"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("a\\b:c?.pdf", "a-b-c-.pdf"),
        ("fil\u202efdp.exe", "filfdp.exe"),
        ("a\nb\x00.pdf", "a b.pdf"),
        ("con.txt", "_con.txt"),
        ("", "_"),
        ("...", "_"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_can_be_saved_anywhere(given_name: str, kept: str) -> None:
    assert unique_names([given_name]) == [kept]


def test_names_alike_are_numbered_letter_case_aside() -> None:
    names = ["plan.pdf", "Plan.PDF", "plan (2).pdf", "plan.pdf"]
    assert unique_names(names) == ["plan.pdf", "Plan (2).PDF", "plan (2) (2).pdf", "plan (3).pdf"]


@given(st.lists(st.text(max_size=30), max_size=12))
def test_names_are_always_different_short_and_savable(names: list[str]) -> None:
    made = unique_names(names)
    assert len({name.casefold() for name in made}) == len(names)
    for name in made:
        assert 0 < len(name) < 140
        assert not set(name) & set('<>:"/\\|?*')
        assert not any(unicodedata.category(c)[0] == "C" for c in name)


@pytest.mark.parametrize(
    ("given_type", "kept"),
    [
        ("application/pdf", "application/pdf"),
        ("Text/CSV; charset=utf-8", "text/csv"),
        ("", "application/octet-stream"),
        ("æ/ø", "application/octet-stream"),
        ("text", "application/octet-stream"),
    ],
)
def test_a_media_type_is_bare_or_unknown(given_type: str, kept: str) -> None:
    assert safe_media_type(given_type) == kept
