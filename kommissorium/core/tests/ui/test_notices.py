"""A notice waits in a cookie that the browser keeps and cannot read."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import INFO
from django.http import HttpResponse
from django.test import RequestFactory

from kommissorium.core.ui.notices import NoticeCookie, NoticeStorage

SECRET = "Sagen om Anne Tvedegaard er lukket."


def kept(*notices: str) -> str:
    """Return the cookie that a browser gets for these notices."""
    request: Any = RequestFactory().get("/")
    request.session = {}
    storage, answer = NoticeStorage(request), HttpResponse()
    for one in notices:
        storage.add(INFO, one)
    storage.update(answer)
    return answer.cookies[settings.NOTICE_COOKIE_NAME].value


def read(cookie: str) -> list[str]:
    request: Any = RequestFactory().get("/")
    request.COOKIES[settings.NOTICE_COOKIE_NAME] = cookie
    request.session = {}
    return [str(one) for one in NoticeStorage(request)]


def test_a_notice_comes_back_and_cannot_be_read_in_the_browser() -> None:
    cookie = kept(SECRET, "Æblegrød & <b>mere</b>")
    assert read(cookie) == [SECRET, "Æblegrød & <b>mere</b>"]
    assert b"Anne" not in base64.urlsafe_b64decode(cookie)
    assert kept(SECRET) != kept(SECRET)


@pytest.mark.parametrize(
    "change", [lambda c: c[:-4], lambda c: "x" + c[1:], lambda _c: "æ", str.lower]
)
def test_what_was_changed_is_dropped(change: Any) -> None:
    assert read(change(kept(SECRET))) == []


def test_what_is_too_long_for_a_cookie_still_comes() -> None:
    request: Any = RequestFactory().get("/")
    storage, answer = NoticeCookie(request), HttpResponse()
    long = [f"{number} {'x' * 30}{SECRET}{number * 7}" for number in range(200)]
    for one in long:
        storage.add(INFO, one)
    left = storage.update(answer)
    shown = read(answer.cookies[settings.NOTICE_COOKIE_NAME].value)
    assert [str(one) for one in left] + shown == long
    assert len(answer.cookies[settings.NOTICE_COOKIE_NAME].value) <= NoticeCookie.max_cookie_size
