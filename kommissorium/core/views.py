"""Pages for machines: health check, schemas, robots.txt and security.txt."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from time import monotonic

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kommissorium.core.database.away import tell, told
from kommissorium.core.json_schemas import schema_text
from kommissorium.core.operations.findings import State, findings
from kommissorium.core.unwritable import unwritable, write_probe

TEXT = "text/plain; charset=utf-8"


class _Health:
    """The last answer of this process: however often it is asked, it seldom writes."""

    text, status, until = "", HTTPStatus.OK, 0.0


@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer "ok" when the program works; 503 without its database, its worker or a part of it,
    507 where the disk is full or what lies on it is only to be read. What is not right stands below.
    """
    now = monotonic()
    if now >= _Health.until:
        _Health.text, _Health.status = _look()
        _Health.until = now + settings.HEALTH_HOLDS
    answer = HttpResponse(_Health.text, status=_Health.status, content_type=TEXT)
    return told(answer) if _Health.status == HTTPStatus.SERVICE_UNAVAILABLE else answer


def _look() -> tuple[str, HTTPStatus]:
    try:
        write_probe()
        found = findings()
    except (OSError, Error) as error:
        if why := unwritable(error):
            return f"{why.value}\n", HTTPStatus.INSUFFICIENT_STORAGE
        tell(error)
        return "no database\n", HTTPStatus.SERVICE_UNAVAILABLE
    wrong = any(one.state is State.WRONG for one in found)
    lines = [
        "not well" if wrong else "ok",
        *(str(one) for one in found if one.state is not State.RIGHT),
    ]
    status = HTTPStatus.SERVICE_UNAVAILABLE if wrong else HTTPStatus.OK
    return "".join(f"{line}\n" for line in lines), status


@require_safe
def schema(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001
    """Publish the schema of some JSON that the program hands out; it holds nothing secret."""
    text = schema_text(name)
    if text is None:
        raise Http404
    return HttpResponse(text, content_type="application/schema+json")


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Ask search engines to stay out."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type=TEXT)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say whom to tell of a vulnerability (RFC 9116); 404 if the municipality has named nobody."""
    contact: str = getattr(settings, "SECURITY_CONTACT", "")
    if not contact:
        raise Http404
    if "@" in contact and not contact.startswith(("mailto:", "https:")):
        contact = f"mailto:{contact}"
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        "Preferred-Languages: da, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)
