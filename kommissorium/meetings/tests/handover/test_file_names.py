from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.documents.handover.zip_file import OWN, paths_of
from kommissorium.meetings.handover import HandoverFile

RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE
)


def _paths(*names: str, closed: bool = False) -> list[str]:
    files = [HandoverFile(name, "", b"", "attachment", is_closed=closed) for name in names]
    return paths_of(files)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Bilag æøå.pdf", "Bilag æøå.pdf"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("..\\..\\boot.ini", "-..-boot.ini"),
        ("/etc/passwd", "-etc-passwd"),
        ("C:\\temp\\a.txt", "C-temp-a.txt"),
        ("..", "_"),
        ("", "_"),
        ("nul", "_nul"),
        ("Con.txt", "_Con.txt"),
        ("con .txt", "_con.txt"),
        ("com¹.txt", "_com¹.txt"),
        ("CONIN$", "_CONIN$"),
        ("a\nb.pdf", "a b.pdf"),
        ("slut. . .", "slut"),
        ("fil\u202efdp.exe", "filfdp.exe"),
        ("metadata.json", "metadata (2).json"),
        ("sha256sums", "sha256sums (2)"),
        ("readme.TXT", "readme (2).TXT"),
        ("Lukket", "Lukket (2)"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ("\N{OWL}" * 300 + ".pdf", "\N{OWL}" * 49 + ".pdf"),
        ("." + "x" * 300, "x" * 100),
    ],
)
def test_a_file_keeps_its_name_as_far_as_every_system_can_save_it(name: str, path: str) -> None:
    assert _paths(name) == [path]


def test_closed_files_lie_in_a_folder_of_their_own() -> None:
    assert _paths("Referat.pdf", closed=True) == ["lukket/Referat.pdf"]


def test_an_open_and_a_closed_file_of_one_name_are_told_apart() -> None:
    files = [
        HandoverFile("Referat.pdf", "", b"", "minutes", is_closed=True),
        HandoverFile("referat.PDF", "", b"", "minutes_open"),
    ]
    assert paths_of(files) == ["lukket/Referat.pdf", "referat (2).PDF"]


@given(st.lists(st.tuples(st.text(max_size=150), st.booleans()), max_size=12))
def test_names_are_unique_short_and_lead_nowhere_else(given_names: list[tuple[str, bool]]) -> None:
    files = [HandoverFile(name, "", b"", "attachment", is_closed=c) for name, c in given_names]
    paths = paths_of(files)
    names = [path.removeprefix("lukket/") for path in paths]
    assert len({name.casefold() for name in [*names, *OWN]}) == len(names) + len(OWN)
    for name, path, file in zip(names, paths, files, strict=True):
        assert path == (f"lukket/{name}" if file.is_closed else name)
        assert 0 < len(name) <= 120
        assert len(name.encode()) <= 255
        assert not set(name) & set('/\\:*?"<>|\n\r\t\0')
        assert name == name.strip(" .")
        assert not RESERVED.match(name)
