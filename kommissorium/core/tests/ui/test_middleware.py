"""Headers that every answer carries."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from kommissorium.core.ui.middleware import CompressedPagesMiddleware, SecurityHeadersMiddleware

PATHS = ["/edit/", "/nowhere/", "/fails/refused/", "/robots.txt"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(client, path):
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers
    assert {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(
        headers["Content-Security-Policy"].split("; ")
    )
    assert headers["Content-Type"].endswith("; charset=utf-8")


def test_a_page_is_compressed_for_who_takes_it_so_and_padded(client):
    plain = client.get("/edit/")
    assert "Content-Encoding" not in plain.headers
    answers = [client.get("/edit/", headers={"Accept-Encoding": "gzip"}) for _each in range(12)]
    assert {one.headers["Content-Encoding"] for one in answers} == {"gzip"}
    assert all(b"</html>" in gzip.decompress(one.content) for one in answers)
    assert len({len(one.content) for one in answers}) > 1, "its length tells what stands in it"
    assert len(answers[0].content) < len(plain.content)


def test_a_file_goes_out_as_it_is():
    asked = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    for answer in (
        HttpResponse(b"%PDF" + bytes(9_000), content_type="application/pdf"),
        StreamingHttpResponse([b"<p>" * 9_000], content_type="text/html"),
    ):
        given = CompressedPagesMiddleware(lambda _request, answer=answer: answer)(asked)
        assert "Content-Encoding" not in given.headers


def test_passkeys_are_left_to_our_own_pages(client):
    policy = client.get("/edit/").headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in policy


def test_inline_style_and_foreign_scripts_are_forbidden(client):
    policy = client.get("/edit/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy


def test_nothing_that_was_sent_comes_back_by_trace(client):
    answer = client.trace("/edit/", headers={"Authorization": "a secret"})
    assert b"a secret" not in answer.content
    assert "message/http" not in answer.headers["Content-Type"]


@pytest.mark.parametrize(
    "path", ["/static/", "/static/vendor/", "/.git/HEAD", "/static/../.git/HEAD"]
)
def test_no_folder_is_listed_and_no_source_handed_out(client, path):
    assert client.get(path).status_code == 404


def test_a_view_keeps_the_caching_it_chose(client):
    assert client.get("/cached/").headers["Cache-Control"] == "private, max-age=60"


def test_static_files_may_be_cached(get):
    answer = SecurityHeadersMiddleware(lambda _request: HttpResponse())
    assert "Cache-Control" not in answer(get("/static/vendor/app.js")).headers
    assert answer(get("/staticky/")).headers["Cache-Control"] == "no-store"
