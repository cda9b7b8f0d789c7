"""The size of a request is limited before it is read."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from kommissorium.core.ui.body_limits import (
    BodyLimitMiddleware,
    BoundedUploadHandler,
    StrangersLimitMiddleware,
)

FORM = "application/x-www-form-urlencoded"


class Unread(BytesIO):
    """A body that nobody may read."""

    def read(self, _size: int | None = -1) -> bytes:
        raise AssertionError("it was read")


def sent(**extra: object) -> int:
    """Return the status for a body that may not be read at all."""
    request = RequestFactory().post("/", **{"wsgi.input": Unread(), **extra})  # type: ignore[arg-type]
    request.user = AnonymousUser()

    def within(request):
        return StrangersLimitMiddleware(lambda _request: HttpResponse())(request)

    return BodyLimitMiddleware(within)(request).status_code


@pytest.mark.parametrize(
    ("length", "status"),
    [("0", 200), ("", 200), ("100000", 200), ("100001", 413), ("1500000000", 413)],
)
def test_a_stranger_may_send_little_and_it_is_not_read(length, status):
    assert sent(CONTENT_LENGTH=length) == status


@pytest.mark.parametrize("length", ["-5", "many", "٣", "1e9"])
def test_a_length_that_is_none_is_refused(length):
    assert sent(CONTENT_LENGTH=length) == 413


def test_a_body_without_an_end_is_refused():
    assert sent(CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked") == 413


def test_files_stop_where_more_comes_than_was_said(settings):
    settings.MOST_SENT_BY_STRANGERS = 1000
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("x.txt", b"x" * 2000)})
    request.user = AnonymousUser()
    request.upload_handlers = [BoundedUploadHandler(request)]
    with pytest.raises(RequestDataTooBig):
        request.FILES  # noqa: B018


def test_files_within_the_bound_come_through(settings):
    settings.MOST_SENT_BY_STRANGERS = 3000
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("x.txt", b"x" * 2000)})
    request.user = AnonymousUser()
    assert request.FILES["file"].size == 2000
