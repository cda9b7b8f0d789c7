"""Headers that every answer carries."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from kommissorium.core.ui.middleware import SecurityHeadersMiddleware

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


def test_passkeys_are_left_to_our_own_pages(client):
    policy = client.get("/edit/").headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in policy


def test_inline_style_and_foreign_scripts_are_forbidden(client):
    policy = client.get("/edit/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy


def test_a_view_keeps_the_caching_it_chose(client):
    assert client.get("/cached/").headers["Cache-Control"] == "private, max-age=60"


def test_static_files_may_be_cached(get):
    answer = SecurityHeadersMiddleware(lambda _request: HttpResponse())
    assert "Cache-Control" not in answer(get("/static/vendor/app.js")).headers
    assert answer(get("/staticky/")).headers["Cache-Control"] == "no-store"
