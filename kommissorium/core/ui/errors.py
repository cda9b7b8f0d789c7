"""Error pages: a plain sentence and a way on."""

from __future__ import annotations

import logging
import sys
from http import HTTPStatus

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kommissorium.core.database.away import is_away, tell, told
from kommissorium.core.unwritable import Unwritable, unwritable

log = logging.getLogger(__name__)
SECONDS_BEFORE_AGAIN = 10
MULTIPART = "multipart/form-data"
ONE_LINE = 80  # letters: what is longer is shown
SECRET = ("csrfmiddlewaretoken", "password", "credential", "code")  # in the names of fields
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


def only_by_button(request: HttpRequest) -> HttpResponse:
    """Say that an address accepts only a button's request, and is no page."""
    return error_page(request, "405.html", HTTPStatus.METHOD_NOT_ALLOWED)


def too_large(request: HttpRequest) -> HttpResponse:
    return error_page(request, "413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def cannot_write(request: HttpRequest, why: Unwritable) -> HttpResponse:
    """Say that the disk is full or read-only; typed values are in a form, to try again."""
    log.error("%s: %s %s", why.value, request.method, request.path)
    context = {"sentence": why.sentence, "is_full": why is Unwritable.FULL, **_again(request)}
    return error_page(request, "507.html", HTTPStatus.INSUFFICIENT_STORAGE, **context)


def away(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Say that the database does not answer; typed values are in a form, to try again.

    The page has no frame of its reader's: name and menus are in the database.
    """
    tell(error)
    context = {**_again(request), "csrf_token": get_token(request)}
    html = loader.render_to_string("503.html", context)
    response = HttpResponse(html, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(SECONDS_BEFORE_AGAIN)
    return told(response)


def _again(request: HttpRequest) -> dict[str, object]:
    """Return the context of the form that sends what was typed once more."""
    return {
        "again": request.get_full_path(),
        "typed": _typed(request),
        "had_files": request.method == "POST" and request.content_type == MULTIPART,
    }


def _typed(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return name, text and whether it is long for everything posted, except secrets.

    Nothing where another site sent it: a press of our button would make it the person's own.
    """
    if request.method != "POST" or CsrfViewMiddleware(_nothing).process_view(
        request, _nothing, (), {}
    ):
        return []
    return [
        (name, text, len(text) > ONE_LINE or "\n" in text)
        for name, texts in request.POST.lists()
        for text in texts
        if not any(secret in name for secret in SECRET)
    ]


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we failed. Asks neither database nor request: they may be what failed."""
    error = sys.exception()
    if why := unwritable(error):
        return cannot_write(request, why)
    if error and is_away(error):
        return away(request, error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    try:
        return HttpResponse(loader.render_to_string("500.html"), status=status)
    except Exception:
        log.exception("the page for failures failed")
        return HttpResponse(_("Something went wrong. Try again."), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 logged
    """Say that the page had become too old to be sent; the usual cause is a sign-in since."""
    return error_page(request, "csrf.html", HTTPStatus.FORBIDDEN)


def refused(
    request: HttpRequest, sentences: list[str], status: HTTPStatus = HTTPStatus.BAD_REQUEST
) -> HttpResponse:
    """Say why an act outside any form was refused; nothing was changed."""
    context = {"sentences": sentences, "back_url": page_before(request)}
    return error_page(request, "ui/refused.html", status, **context)


def busy(request: HttpRequest) -> HttpResponse:
    """Say that others were at work for too long; reloading sends the same again."""
    context = {"back_url": page_before(request)}
    response = error_page(request, "ui/busy.html", HTTPStatus.SERVICE_UNAVAILABLE, **context)
    response["Retry-After"] = str(SECONDS_BEFORE_AGAIN)
    return response


def overtaken(request: HttpRequest) -> HttpResponse:
    """Say that somebody else changed the same thing first; nothing was changed."""
    back_url = page_before(request)
    return error_page(request, "ui/overtaken.html", HTTPStatus.CONFLICT, back_url=back_url)


def files_busy(request: HttpRequest) -> HttpResponse:
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
