from __future__ import annotations

from kommissorium.core.ui.downloads import download


def test_a_file_is_saved_under_its_name_and_gets_no_powers_of_our_pages() -> None:
    answer = download(b"data", "Opgaver æøå.xlsx", "application/zip")
    assert answer.content == b"data"
    assert answer["Content-Type"] == "application/zip"
    named = "attachment; filename*=utf-8''Opgaver%20%C3%A6%C3%B8%C3%A5.xlsx"
    assert answer["Content-Disposition"] == named
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_name_cannot_write_headers_of_its_own() -> None:
    answer = download(b"", 'a"\r\nSet-Cookie: b=c', "text/plain")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
