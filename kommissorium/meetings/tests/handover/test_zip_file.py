from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.meetings.handover import Handover, HandoverFile, write_zip
from kommissorium.meetings.tests.handover.samples import FILES, sample


def written(handover: Handover) -> bytes:
    out = io.BytesIO()
    write_zip(handover, out)
    return out.getvalue()


def _opened(**changes: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(written(sample(**changes))))


def _metadata(**changes: Any) -> Any:
    return json.loads(_opened(**changes).read("metadata.json"))


def _readme(**changes: Any) -> str:
    return _opened(**changes).read("README.txt").decode()


def _check_sums(folder: Path) -> None:
    """Check SHA256SUMS as its reader would, by the program where there is one."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    for line in lines:
        checksum, _, path = line.partition("  ")
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == checksum
    if program := shutil.which("sha256sum"):
        checking = [program, "--check", "--strict", "SHA256SUMS"]
        done = subprocess.run(checking, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.count(": OK") == len(lines)


def test_the_files_lie_in_the_order_given_behind_what_is_said_of_them() -> None:
    assert _opened().namelist() == [
        "README.txt",
        "metadata.json",
        "SHA256SUMS",
        "Dagsorden.pdf",
        "lukket/Referat.pdf",
        "Referat (2).pdf",
        "Tillæg.pdf",
        "Risikobillede æøå.docx",
        "lukket/Hul.pdf",
    ]


def test_every_file_comes_out_as_it_went_in() -> None:
    archive = _opened()
    assert archive.testzip() is None
    kept = [archive.read(name) for name in archive.namelist()[3:]]
    assert kept == [file.data for file in FILES]


def test_the_same_handover_gives_the_same_bytes() -> None:
    assert written(sample()) == written(sample())
    facts = dict(reversed(list(sample().metadata.items())))
    assert written(sample(metadata=facts)) == written(sample())


def test_everything_carries_the_time_of_the_meeting() -> None:
    assert {entry.date_time for entry in _opened().infolist()} == {(2026, 12, 3, 13, 0, 0)}


@pytest.mark.parametrize(("year", "kept"), [(1970, 1980), (2200, 2107)])
def test_a_year_that_a_zip_cannot_hold_is_the_nearest_one_it_can(year: int, kept: int) -> None:
    archive = _opened(starts_at=datetime(year, 1, 2, 3, 4, 6, tzinfo=UTC))
    assert archive.infolist()[0].date_time == (kept, 1, 2, 3, 4, 6)


def test_the_checksums_are_accepted_and_cover_every_file(tmp_path: Path) -> None:
    archive = _opened()
    archive.extractall(tmp_path)
    _check_sums(tmp_path)
    sums = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8")
    summed = {line.partition("  ")[2] for line in sums.splitlines()}
    assert summed == set(archive.namelist()) - {"SHA256SUMS"}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_a_changed_file_is_told_by_the_checksums(tmp_path: Path) -> None:
    _opened().extractall(tmp_path)
    (tmp_path / "Dagsorden.pdf").write_bytes(b"another agenda")
    checking = ["sha256sum", "--check", "SHA256SUMS"]
    done = subprocess.run(checking, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Dagsorden.pdf: FAILED" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="a disk that takes every name")
@given(st.lists(st.tuples(st.text(max_size=150), st.booleans(), st.binary(max_size=5)), max_size=6))
@settings(max_examples=40, deadline=None)
def test_whatever_files_are_called_they_come_out_inside_the_folder_and_whole(
    given_files: list[tuple[str, bool, bytes]],
) -> None:
    files = tuple(
        HandoverFile(name, "", data, "attachment", is_closed=c) for name, c, data in given_files
    )
    with tempfile.TemporaryDirectory() as outer:
        inner = Path(outer) / "inner"
        inner.mkdir()
        _opened(files=files).extractall(inner)
        assert [path.name for path in Path(outer).iterdir()] == ["inner"]
        found = sorted(p.read_bytes() for p in inner.rglob("*") if p.is_file())
        assert len(found) == len(files) + 3
        assert not [file for file in files if file.data not in found]
        _check_sums(inner)


def test_the_metadata_names_the_meeting_and_its_numbers() -> None:
    metadata = _metadata()
    meeting = metadata["meeting"]
    assert metadata["schema"] == "kommissorium-handover-1"
    assert (meeting["type"], meeting["number"]) == ("Meeting", "2026/3")
    assert meeting["start"] == "2026-12-03T13:00:00+01:00"
    assert meeting["organization"]["name"] == "Informationssikkerhedsudvalget"
    assert meeting["organization"]["body"]["name"] == "Eksempel Kommune"
    assert (meeting["caseNumber"], meeting["kleNumber"]) == ("2026-001234", "85.11.00G01")


def test_the_metadata_has_every_file_with_its_checksums_and_where_it_lies() -> None:
    archive = _opened()
    rows = json.loads(archive.read("metadata.json"))["file"]
    assert [row["id"] for row in rows] == archive.namelist()[3:]
    for row, file in zip(rows, FILES, strict=True):
        data = archive.read(row["id"])
        assert row["sha256Checksum"] == hashlib.sha256(data).hexdigest()
        assert row["sha512Checksum"] == hashlib.sha512(data).hexdigest()
        assert (row["size"], row["role"]) == (len(data), file.role)
        assert (row["mimeType"], row["agendaItem"]) == (file.media_type, file.item_number)


def test_closed_files_are_marked_and_lie_apart() -> None:
    rows = _metadata()["file"]
    closed = [row["id"] for row in rows if not row["public"]]
    assert closed == ["lukket/Referat.pdf", "lukket/Hul.pdf"]
    assert not [row for row in rows if row["public"] and row["id"].startswith("lukket/")]


def test_the_metadata_says_which_files_are_agenda_minutes_and_attachments() -> None:
    meeting = _metadata()["meeting"]
    assert meeting["invitation"] == ["Dagsorden.pdf"]
    assert meeting["resultsProtocol"] == ["lukket/Referat.pdf", "Referat (2).pdf"]
    assert meeting["auxiliaryFile"] == ["Tillæg.pdf"]
    first, second = meeting["agendaItem"]
    assert (first["name"], first["result"], first["order"]) == ("Risikobillede", "Godkendt", 1)
    assert first["resolutionText"] == "Det er godkendt."
    assert first["auxiliaryFile"] == ["Risikobillede æøå.docx"]
    assert (second["public"], second["auxiliaryFile"]) == (False, ["lukket/Hul.pdf"])


def test_an_item_that_only_files_tell_of_stands_among_the_items() -> None:
    items = _metadata(items=())["meeting"]["agendaItem"]
    assert [(item["number"], item["public"]) for item in items] == [
        ("2026/3-1", True),
        ("2026/3-2", False),
    ]


def test_further_facts_stand_as_they_were_given() -> None:
    assert _metadata()["facts"] == {
        "participants": [{"name": "Morten Lund", "present": True}],
        "confirmed": "2027-03-04",
        "cost": "1250.50",
    }


def test_strange_characters_and_numbers_spoil_no_file() -> None:
    odd = "a\ud800\x00b"
    metadata = _metadata(title=odd, metadata={odd: [odd, float("nan"), None, 1.5]})
    assert metadata["meeting"]["name"] == "ab"
    assert metadata["facts"] == {"ab": ["ab", "nan", None, 1.5]}


def test_the_readme_tells_people_what_it_is_and_what_is_closed() -> None:
    readme = _readme()
    assert readme.startswith("Informationssikkerhedsudvalget, Eksempel Kommune\n")
    for told in ("2026/3", "3 December 2026, 13:00", "2026-001234", "85.11.00G01"):
        assert told in readme
    assert "lukket/Hul.pdf\n    Annex, item 2026/3-2 (closed)\n" in readme
    assert "Referat (2).pdf\n    Minutes without closed items\n" in readme
    assert "sha256sum -c SHA256SUMS" in readme
    assert "Give access only to those who may read them." in readme


def test_the_readme_of_an_open_meeting_says_nothing_of_closed_items() -> None:
    files = tuple(replace(file, is_closed=False) for file in FILES)
    assert "closed items are in" not in _readme(files=files, items=())


def test_the_readme_is_in_the_language_of_the_handover() -> None:
    assert "3. december 2026 kl. 13.00" in _readme(language="da")


def test_a_meeting_without_numbers_and_files_can_be_handed_over(tmp_path: Path) -> None:
    archive = _opened(case_number="", kle_number="", files=(), items=(), metadata={})
    assert archive.namelist() == ["README.txt", "metadata.json", "SHA256SUMS"]
    assert "number" not in archive.read("README.txt").decode()
    archive.extractall(tmp_path)
    _check_sums(tmp_path)
