"""Security headers on every response, and pages for refusals that no view caught."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from kommissorium.core.documents.slots import Busy
from kommissorium.core.files.file_types import FileRefused
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui import errors

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


class SecurityHeadersMiddleware:
    """Sets what Django's own middlewares do not.

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
    """Turns what actions refuse, where no form could show it, into a page with the sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case Refused():
                return errors.refused(request, list(exception.errors.values()))
            case FileRefused():
                return errors.refused(request, [str(exception)])
            case Conflict():
                return errors.overtaken(request)
            case Busy():
                return errors.busy(request)
            case _ if isinstance(exception, errors.TOO_LARGE):
                return errors.too_large(request)
        return None
