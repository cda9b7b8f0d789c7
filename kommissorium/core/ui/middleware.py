"""Security headers on every response, and pages for refusals that no view caught."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.template.response import TemplateResponse

from kommissorium.core.database.away import is_away
from kommissorium.core.database.violations import is_busy, refusal_of
from kommissorium.core.documents.subprocess_runner import Busy
from kommissorium.core.files.file_types import FileRefused
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui import errors
from kommissorium.core.unwritable import unwritable

log = logging.getLogger(__name__)

type Answer = Callable[[HttpRequest], HttpResponseBase]

# Passkeys are the one thing a page asks of the machine; the rest stays shut.
ALLOWED = ("publickey-credentials-create", "publickey-credentials-get")
SHUT = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join([*(f"{name}=(self)" for name in ALLOWED), *(f"{name}=()" for name in SHUT)])


class CompressedPagesMiddleware(GZipMiddleware):
    """Compresses pages for who takes them so, and nothing else: files are compressed as they are.

    That the length of a page could tell what stands in it (BREACH) is met as docs/decisions/0056 says.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if not is_page or response.streaming:
            return response
        return super().process_response(request, response)


class SecurityHeadersMiddleware:
    """Sets the headers that Django's own middlewares do not.

    Every answer but the static files is kept out of caches, so that the back button after
    signing out shows nothing. A view that sets Cache-Control itself keeps its own.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if not request.path_info.startswith(f"/{settings.STATIC_URL.lstrip('/')}"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class RefusalMiddleware:
    """Turns refusals of actions and the database that no form could show into a sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            page = errors.only_by_button(request)  # Django answers without a word
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if why := unwritable(exception):
            return errors.cannot_write(request, why)
        if is_away(exception):
            return errors.away(request, exception)
        answer = None
        match exception:
            case Refused():
                answer = errors.refused(request, list(exception.errors.values()))
            case FileRefused():
                answer = errors.refused(request, [str(exception)])
            case Conflict():
                answer = errors.overtaken(request)
            case Busy():
                answer = errors.files_busy(request)
            case DatabaseError():
                answer = _database_refused(request, exception)
            case ObjectDoesNotExist() if request.method == "POST":
                # The view found it; somebody else has removed it since.
                log.warning("gone meanwhile: %s", exception, exc_info=exception)
                answer = errors.overtaken(request)
            case _ if isinstance(exception, errors.TOO_LARGE):
                answer = errors.too_large(request)
        return answer

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """Give a page whose form could not be saved for lack of disk an error status."""
        values = (response.context_data or {}).values()
        if any(getattr(value, "unwritable", None) for value in values):
            response.status_code = HTTPStatus.INSUFFICIENT_STORAGE
        return response


def _database_refused(request: HttpRequest, error: DatabaseError) -> HttpResponse | None:
    if is_busy(error):
        log.warning("too many write at once: %s", error)
        return errors.busy(request)
    refusal = refusal_of(error) if isinstance(error, IntegrityError) else None
    if refusal is None:
        return None
    return errors.refused(request, list(refusal.errors.values()), HTTPStatus.CONFLICT)
