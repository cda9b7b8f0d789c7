"""Reports of people not signed in, where the setting allows them, and of a service desk."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from time import time
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.rate_limits import Limit, address_of, refuse_too_many
from kommissorium.core.drawn import hash_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.intake import read_moment, read_texts, refusal_as_json
from kommissorium.incidents.actions.reports import Reported, report_incident
from kommissorium.incidents.forms.cases import AdditionForm, FollowForm, ReportForm
from kommissorium.incidents.models import Channel, Incident, IncidentSettings
from kommissorium.incidents.views.reports import TOO_MANY, add, mailed_to, shown

BY_ADDRESS: Final = Limit("incident_address", 5, 600, TOO_MANY)
BY_STRANGERS: Final = Limit("incident_strangers", 60, 3600, TOO_MANY)
GUESSES: Final = Limit("incident_guesses", 10, 600, TOO_MANY)  # of a receipt and its code
SERVICE_DESK: Final = Limit("incident_intake", 60, 60, TOO_MANY)
both = require_http_methods(["GET", "POST"])
FOLLOWED: Final = "incident_followed"  # in the session: receipt, secret and until when
FOLLOWS_FOR: Final = 15 * 60  # seconds


@login_not_required
@both
def incident_open_report(request: HttpRequest) -> HttpResponse:
    """Report an incident without sign-in."""
    _refuse_closed()
    form = ReportForm(typed(request), with_file=False)
    if saved := attempt(form, lambda: _reported(request, form)):
        _remember(request, saved.value.incident.receipt, saved.value.secret)
        return redirect("incident_open_follow")
    return form_page(request, form, "incidents/open_report.html", report_address=mailed_to())


@login_not_required
@both
def incident_open_follow(request: HttpRequest) -> HttpResponse:
    """Ask for receipt and code; then show the state of the report, and accept additions."""
    _refuse_closed()
    found = _followed(request)
    if found is None:
        form = FollowForm(typed(request))
        if attempt(form, lambda: _prove(request, form)):
            return redirect("incident_open_follow")
        return form_page(request, form, "incidents/open_follow.html")
    addition = AdditionForm(typed(request), with_file=False)
    if attempt(addition, lambda: add(found, addition, by=None, key=address_of(request))):
        return redirect("incident_open_follow")
    context = {**shown(found), "secret": request.session[FOLLOWED][1], "multipart": False}
    return form_page(request, addition, "incidents/open_reported.html", **context)


@login_not_required
@csrf_exempt  # no cookie is read: a program comes with its token
@require_POST
def incident_intake(request: HttpRequest) -> JsonResponse:
    """Take in a report from a service desk: JSON, with its token as a bearer."""
    token_hash = IncidentSettings.current().token_hash
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not token_hash:
        raise Http404
    try:
        refuse_too_many(SERVICE_DESK, address_of(request))
    except Refused as refused:
        return refusal_as_json(refused, HTTPStatus.TOO_MANY_REQUESTS)
    if not hmac.compare_digest(hash_of(given), token_hash):
        return refusal_as_json(Refused("The token is not valid."), HTTPStatus.UNAUTHORIZED)
    try:
        made = report_incident(by=None, channel=Channel.SERVICE_DESK, **_read(request.body))
    except Refused as refused:
        return refusal_as_json(refused, HTTPStatus.BAD_REQUEST)
    return JsonResponse({"receipt": made.incident.receipt}, status=HTTPStatus.CREATED)


def _read(body: bytes) -> dict[str, Any]:
    """Return the service desk's report. Raises Refused for anything else."""
    names, moments = ("what", "place", "personal_data"), ("discovered_at", "happened_at")
    told = read_texts(body, (*names, *moments))
    told |= {name: read_moment(told[name], name) for name in moments}
    return {**told, "discovered_at": told["discovered_at"] or timezone.now()}


def _reported(request: HttpRequest, form: ReportForm) -> Reported:
    refuse_too_many(BY_ADDRESS, address_of(request))
    refuse_too_many(BY_STRANGERS)
    return report_incident(by=None, channel=Channel.OPEN, **form.given())


def _prove(request: HttpRequest, form: FollowForm) -> None:
    refuse_too_many(GUESSES, address_of(request))
    receipt = form.cleaned_data["receipt"].strip().upper()
    secret = form.cleaned_data["secret"].strip().upper()
    if _known(receipt, secret) is None:
        raise Refused(_("Receipt number and code do not match."))
    _remember(request, receipt, secret)


def _remember(request: HttpRequest, receipt: str, secret: str) -> None:
    request.session[FOLLOWED] = [receipt, secret, time() + FOLLOWS_FOR]


def _followed(request: HttpRequest) -> Incident | None:
    receipt, secret, until = request.session.get(FOLLOWED) or ("", "", 0)
    return _known(receipt, secret) if until > time() else None


def _known(receipt: str, secret: str) -> Incident | None:
    rows = Incident.objects.filter(channel=Channel.OPEN, receipt=receipt)
    found = rows.exclude(secret_hash="").first()
    is_right = hmac.compare_digest(found.secret_hash if found else "", hash_of(secret))
    return found if is_right else None


def _refuse_closed() -> None:
    """Raise Http404 where reports are not taken without sign-in."""
    if not IncidentSettings.current().open_reports:
        raise Http404
