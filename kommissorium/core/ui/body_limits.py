"""Limits the size of requests before they are read, so that nobody fills memory or disk.

Settings: MOST_SENT for whoever is signed in, MOST_SENT_BY_STRANGERS for everybody else, in bytes.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase

from kommissorium.core.ui.errors import too_large

type Answer = Callable[[HttpRequest], HttpResponseBase]


class BodyLimitMiddleware:
    """Refuses requests stated as too large for anybody, and those without a stated size."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = length_of(request)
        if length is None or length > settings.MOST_SENT:
            return too_large(request)
        return self.get_response(request)


class StrangersLimitMiddleware:
    """Refuses requests too large for people not signed in. Needs to know who is."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = length_of(request) or 0
        # Who it is is asked only where it matters: that is a question to the database.
        if length > settings.MOST_SENT_BY_STRANGERS and length > most_of(request):
            return too_large(request)
        return self.get_response(request)


class BoundedUploadHandler(FileUploadHandler):
    """Stops when the files of a request exceed the limit, whatever size it had stated."""

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.MOST_SENT_BY_STRANGERS and self.received > most_of(
            self.request
        ):
            raise RequestDataTooBig
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that keep it."""


def length_of(request: HttpRequest) -> int | None:
    """Return the stated size of the request in bytes; None where it does not say."""
    length: str = request.META.get("CONTENT_LENGTH") or ""
    if length.isascii() and length.isdigit():
        return int(length)
    return None if length or request.META.get("HTTP_TRANSFER_ENCODING") else 0


def most_of(request: HttpRequest | None) -> int:
    """Return the largest size of the request in bytes."""
    person = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    most: int = settings.MOST_SENT if signed_in else settings.MOST_SENT_BY_STRANGERS
    return most
