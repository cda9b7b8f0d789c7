from __future__ import annotations

from pathlib import Path

import pytest

from kommissorium.core.ui.responses import HARMLESS, download, download_from


def test_a_file_gets_no_powers_and_no_page_around_it() -> None:
    rules = HARMLESS["Content-Security-Policy"].split("; ")
    assert {"sandbox", "default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} == set(
        rules
    )


def test_a_file_is_saved_under_its_name_and_gets_no_powers_of_our_pages() -> None:
    answer = download(b"data", "Opgaver æøå.xlsx", "application/zip")
    assert answer.content == b"data"
    assert answer["Content-Type"] == "application/zip"
    named = "attachment; filename*=utf-8''Opgaver%20%C3%A6%C3%B8%C3%A5.xlsx"
    assert answer["Content-Disposition"] == named
    assert answer["Content-Security-Policy"] == HARMLESS["Content-Security-Policy"]


def test_a_name_cannot_write_headers_of_its_own() -> None:
    answer = download(b"", 'a"\r\nSet-Cookie: b=c', "text/plain")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers


def test_a_file_on_the_disk_goes_out_in_pieces_and_as_harmless(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"data" * 50_000)
    answer = download_from(file, "Opgaver æøå.pdf", "application/pdf")
    assert answer.streaming
    assert answer.getvalue() == b"data" * 50_000
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Opgaver")
    assert answer["Content-Security-Policy"] == HARMLESS["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("Rødgrød".encode(), "utf-8"),
        ("Rødgrød".encode("utf-16"), "utf-16"),
        ("Rødgrød".encode("cp1252"), "windows-1252"),
        (("ø" * 600_000).encode(), "utf-8"),
    ],
)
def test_a_text_says_how_its_letters_are_written(tmp_path: Path, data: bytes, charset: str) -> None:
    file = tmp_path / "x"
    file.write_bytes(data)
    kind = f"text/plain; charset={charset}"
    assert download(data, "a.txt", "text/plain")["Content-Type"] == kind
    answer = download_from(file, "a.txt", "text/plain")
    assert answer["Content-Type"] == kind
    assert answer.getvalue() == data
    assert download(data, "a.pdf", "application/pdf")["Content-Type"] == "application/pdf"
