"""The bytes decide which files are allowed."""

from __future__ import annotations

import hashlib
import io
import resource
import stat
import struct
import zipfile
from contextlib import ExitStack, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.documents import subprocess_runner
from kommissorium.core.files import file_types
from kommissorium.core.files.file_types import (
    ENDINGS,
    MOST_BYTES,
    MOST_MEMBERS,
    OFFICE,
    OPEN_DOCUMENT,
    FileRefused,
    clean_name,
    media_type,
)


def archive(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return target.getvalue()


def office(ending: str, **more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", OFFICE[ending][1]: b"<x/>", **more})


def open_document(kind: str) -> bytes:
    return archive({"mimetype": kind.encode(), "content.xml": b"<x/>"})


GOOD = {
    "pdf": b"%PDF-1.7\n%...",
    "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 20,
    "jpg": b"\xff\xd8\xff\xe0" + b"\0" * 20,
    "jpeg": b"\xff\xd8\xff\xe1" + b"\0" * 20,
    "txt": "Ære være".encode(),
    "md": b"# Dagsorden",
    "csv": b"a;b\n1;2\n",
    **{ending: office(ending) for ending in OFFICE},
    **{ending: open_document(kind) for ending, kind in OPEN_DOCUMENT.items()},
}


def test_there_is_a_good_example_of_every_ending():
    assert sorted(GOOD) == ENDINGS


@pytest.mark.parametrize("ending", sorted(GOOD))
def test_a_file_that_is_what_it_says_comes_in(ending):
    kind = media_type(GOOD[ending], f"bilag.{ending.upper()}")
    assert "/" in kind


def test_what_is_refused_is_written_down_by_its_hash_and_not_by_its_name(caplog):
    for name in ("Navn på en borger.docx", "x.exe\nINFO en falsk linje"):
        with pytest.raises(FileRefused):
            media_type(b"MZ", name)
    digest = hashlib.sha256(b"MZ").hexdigest()
    one, two = caplog.messages
    assert one.startswith(f"file refused: docx, 2 bytes, {digest}: ")
    assert two.startswith(f"file refused: other, 2 bytes, {digest}: ")
    assert "borger" not in caplog.text and "falsk" not in caplog.text
    media_type(GOOD["pdf"], "bilag.pdf")
    assert len(caplog.messages) == 2


@pytest.mark.parametrize("ending", sorted(set(GOOD) - {"txt", "md", "csv"}))
@pytest.mark.parametrize("other", sorted(set(GOOD)))
def test_a_file_that_is_something_else_is_refused(ending, other):
    if {ending, other} <= {"jpg", "jpeg"} or ending == other:
        assert media_type(GOOD[other], f"x.{ending}") == media_type(GOOD[ending], f"x.{ending}")
        return
    with pytest.raises(FileRefused):
        media_type(GOOD[other], f"bilag.{ending}")


# The harmless text by which scanners are tried, in two parts, so that none takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.mark.parametrize("ending", ["com", "exe", "bat", *sorted(set(GOOD) - {"txt", "md", "csv"})])
def test_eicar_is_refused_as_anything_but_a_text(ending):
    with pytest.raises(FileRefused):
        media_type(EICAR, f"eicar.{ending}")
    assert media_type(EICAR, "eicar.txt").startswith("text/plain")  # which is all that it is


@pytest.mark.parametrize(
    "name",
    [
        "løn.exe",
        "side.html",
        "billede.svg",
        "makro.docm",
        "x.js",
        "bilag",
        "bilag.pdf.exe",
        ".",
        "",
    ],
)
def test_an_ending_not_on_the_list_is_refused(name):
    with pytest.raises(FileRefused):
        media_type(GOOD["pdf"], name)


@pytest.mark.parametrize("ending", sorted(GOOD))
def test_an_empty_file_is_refused(ending):
    with pytest.raises(FileRefused):
        media_type(b"", f"tom.{ending}")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_text_as_windows_calls_it_unicode_is_text(encoding):
    mark = b"" if encoding == "utf-16" else b"\xfe\xff"
    assert media_type(mark + "Ærø;1".encode(encoding), "a.csv") == "text/csv"


@pytest.mark.parametrize("data", [b"\xff\xfeM\0Z", b"\xff\xfe\0\0MZ", b"\xff\xfe\0\xd8"])
def test_what_only_begins_like_unicode_is_no_text(data):
    with pytest.raises(FileRefused):
        media_type(data, "a.txt")


@pytest.mark.parametrize("ending", ["txt", "md", "csv"])
def test_text_with_a_zero_byte_is_no_text(ending):
    with pytest.raises(FileRefused):
        media_type(b"MZ\0\0", f"note.{ending}")


@pytest.mark.parametrize("ending", sorted(OFFICE))
@pytest.mark.parametrize("macro", ["word/vbaProject.bin", "xl/VBAPROJECT.BIN"])
def test_macros_are_refused(ending, macro):
    with pytest.raises(FileRefused):
        media_type(office(ending, **{macro: b"x"}), f"bilag.{ending}")


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_not():
    data = b"%PDF-" + b"x" * (MOST_BYTES - 5)
    assert media_type(data, "stor.pdf") == "application/pdf"
    with pytest.raises(FileRefused):
        media_type(data + b"x", "stor.pdf")


def test_an_archive_that_unpacks_beyond_reason_is_refused(monkeypatch):
    data = office("docx", **{"word/media/image1.png": b"\0" * 2_000_000})
    assert len(data) < 10_000
    media_type(data, "bilag.docx")
    monkeypatch.setattr(file_types, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(FileRefused):
        media_type(data, "bilag.docx")


def png(width, height):
    return b"\x89PNG\r\n\x1a\n" + struct.pack(
        ">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 2, 0, 0, 0
    )


def jpeg(width, height):
    before = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xfe\x00\x03c"
    return before + b"\xff\xc2" + struct.pack(">HBHHB", 8, 8, height, width, 0) + b"\xff\xd9"


@pytest.mark.parametrize(("picture", "ending"), [(png, "png"), (jpeg, "jpg"), (jpeg, "jpeg")])
def test_a_flood_of_pixels_is_refused(picture, ending):
    assert media_type(picture(16_320, 12_240), f"foto.{ending}").startswith("image/")
    with pytest.raises(FileRefused):
        media_type(picture(65_000, 65_000), f"foto.{ending}")


def test_a_link_within_an_archive_is_refused():
    held = io.BytesIO(office("docx"))
    link = zipfile.ZipInfo("word/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(FileRefused):
        media_type(held.getvalue(), "bilag.docx")


def test_an_archive_of_too_many_members_is_refused():
    data = office("docx", **{f"word/{number}.xml": b"" for number in range(MOST_MEMBERS)})
    with pytest.raises(FileRefused):
        media_type(data, "bilag.docx")


def test_an_archive_that_lists_more_than_memory_holds_is_refused_by_its_own_process():
    entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, *[0] * 6, 0, 0, 0, 1, *[0] * 6) + b"a"
    count = MOST_BYTES // len(entry) - 10
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, count * len(entry), 4, 0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileRefused):
        media_type(b"PK\3\4" + entry * count + end, "bilag.docx")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # kB


def test_while_other_files_are_read_one_is_refused_in_words(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(subprocess_runner, "PATIENCE_SECONDS", 0.1)
    data = office("docx", **{"word/new.xml": b"never seen before"})
    with ExitStack() as others:
        for number in range(subprocess_runner.PLACES):
            others.enter_context(subprocess_runner.locked(tmp_path / "slots" / str(number)))
        with pytest.raises(FileRefused, match=r"Try again in a moment|Prøv igen om et øjeblik"):
            media_type(data, "bilag.docx")
    assert media_type(data, "bilag.docx")


def test_what_was_let_in_once_is_not_opened_again(monkeypatch):
    before = [(office("docx", **{"word/n.xml": b"%d" % n}), f"{n}.docx") for n in range(3)]
    monkeypatch.setattr(file_types, "MOST_REMEMBERED", 4)  # two of a file: its kind, no virus
    monkeypatch.setattr(file_types, "_let_in", {})
    for data, name in before:
        media_type(data, name)
    monkeypatch.setattr(file_types, "answer_of", None)
    assert [media_type(data, f"again-{name}") for data, name in before[1:]]
    with pytest.raises(TypeError):  # the first is forgotten
        media_type(*before[0])


def test_an_open_document_that_is_encrypted_or_lies_about_its_length_is_refused():
    data = bytearray(open_document(OPEN_DOCUMENT["odt"]))
    start = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, start + 8, 1)  # the flag that says: encrypted
    with pytest.raises(FileRefused):
        media_type(bytes(data), "bilag.odt")


@given(st.binary(max_size=400), st.sampled_from(ENDINGS))
def test_any_bytes_are_taken_or_refused_and_nothing_else(data, ending):
    with suppress(FileRefused):
        assert "/" in media_type(data, f"x.{ending}")


@given(st.sampled_from(sorted([*OFFICE, *OPEN_DOCUMENT])), st.data())
def test_a_damaged_archive_is_taken_or_refused_and_nothing_else(ending, choose):
    good = GOOD[ending]
    at = choose.draw(st.integers(0, len(good) - 1))
    byte = choose.draw(st.binary(min_size=1, max_size=1))
    with suppress(FileRefused):
        media_type(good[:at] + byte + good[at + 1 :], f"x.{ending}")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("C:\\Brugere\\Karen\\Referat.docx", "Referat.docx"),
        ("../../etc/passwd", "passwd"),
        ("bilag\x00\r\n.pdf", "bilag.pdf"),
        ("faktura\u202efdp.exe", "fakturafdp.exe"),
        ("  to   ord .pdf ", "to ord .pdf"),
        ("æøå.pdf", "æøå.pdf"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_a_name_keeps_neither_path_nor_tricks(given_name, kept):
    assert clean_name(given_name) == kept


@given(st.text())
def test_a_clean_name_is_short_printable_and_stays_what_it_is(name):
    kept = clean_name(name)
    assert 0 < len(kept) <= 151
    assert "/" not in kept
    assert "\\" not in kept
    assert kept.isprintable() or " " in kept
    assert clean_name(kept) == kept
