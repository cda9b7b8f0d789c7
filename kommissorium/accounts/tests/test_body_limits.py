"""People who are signed in may send more, within bounds."""

from __future__ import annotations

import pytest

FORM = "application/x-www-form-urlencoded"


@pytest.mark.django_db
def test_whoever_is_signed_in_may_send_more_but_not_without_end(client_of, settings):
    settings.MOST_SENT_BY_STRANGERS, settings.MOST_SENT = 1000, 5000
    asked = {"path": "/nowhere/", "content_type": FORM}
    assert client_of("member").post(data="x" * 4000, **asked).status_code == 404
    assert client_of("anonymous").post(data="x" * 4000, **asked).status_code == 413
    refused = client_of("member").post(data="x" * 6000, **asked)
    assert refused.status_code == 413
    assert "Det fylder for meget" in refused.content.decode()
    assert refused.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_session_that_is_none_makes_nobody_known(client_of, settings):
    settings.MOST_SENT_BY_STRANGERS = 1000
    client = client_of("anonymous")
    client.cookies[settings.SESSION_COOKIE_NAME] = "made-up"
    response = client.post("/account/login/", "x" * 2000, content_type=FORM)
    assert response.status_code == 413
