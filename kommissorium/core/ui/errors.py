"""Error pages: a plain sentence and a way on."""

from __future__ import annotations

import logging
from http import HTTPStatus

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TOO_LARGE):
        return too_large(request)
    return error_page(request, "400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the person may not; a text given to PermissionDenied says why."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return error_page(request, "403.html", HTTPStatus.FORBIDDEN, reason=reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return error_page(request, "404.html", HTTPStatus.NOT_FOUND)


def too_large(request: HttpRequest) -> HttpResponse:
    return error_page(request, "413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that we failed. Asks neither database nor request: they may be what failed."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    try:
        return HttpResponse(loader.render_to_string("500.html"), status=status)
    except Exception:
        log.exception("the page for failures failed")
        return HttpResponse(_("Something went wrong. Try again."), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page had grown too old to be sent; the usual cause is a sign-in since."""
    log.warning("form refused: %s", reason)
    return error_page(request, "csrf.html", HTTPStatus.FORBIDDEN)


def refused(request: HttpRequest, sentences: list[str]) -> HttpResponse:
    """Say why an act outside any form was refused; nothing was changed."""
    context = {"sentences": sentences, "back_url": page_before(request)}
    return error_page(request, "ui/refused.html", HTTPStatus.BAD_REQUEST, **context)


def overtaken(request: HttpRequest) -> HttpResponse:
    """Say that somebody else changed the same thing first; nothing was changed."""
    back_url = page_before(request)
    return error_page(request, "ui/overtaken.html", HTTPStatus.CONFLICT, back_url=back_url)


def busy(request: HttpRequest) -> HttpResponse:
    """Say that other files are being read and nothing was changed."""
    sentence = _("Other files are being read just now. Try again in a moment.")
    context = {"sentences": [sentence], "back_url": page_before(request)}
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return error_page(request, "ui/refused.html", status, **context)


def page_before(request: HttpRequest) -> str:
    """Return the address of our page that the person came from; "" where it is not ours."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()})
    return before if ours and before != request.build_absolute_uri() else ""


def error_page(
    request: HttpRequest, template: str, status: HTTPStatus, **context: object
) -> HttpResponse:
    """Return the page, without the frame's names and menus where these cannot be had."""
    try:
        html = loader.render_to_string(template, context, request)
    except Exception:
        log.exception("an error page was shown without its frame")
        html = loader.render_to_string(template, context)
    return HttpResponse(html, status=status)
