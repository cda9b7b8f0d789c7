"""The page of the municipality's own sign-in: how it is set up, who has it, and a trial of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kommissorium.accounts.directory import Directory
from kommissorium.accounts.directory_trial import outcomes, shown
from kommissorium.accounts.directory_visit import (
    Begun,
    answered,
    begin_visit,
    redirect_uri,
    signed_out_uri,
)
from kommissorium.accounts.models import Person
from kommissorium.accounts.openid import DirectoryAway, TokenRefused
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page

LONGEST = 500  # letters of what the directory gives as its reason


@require_safe
def directory_page(request: HttpRequest) -> HttpResponse:
    """Show how the municipality's own sign-in is set up and how many have it."""
    _keeper(request)
    linked = Q(directory_account__isnull=False)
    numbers = Person.objects.active().aggregate(
        linked=Count("pk", filter=linked), unlinked=Count("pk", filter=~linked)
    )
    context = {
        "directory": settings.DIRECTORY,
        "redirect_uri": redirect_uri(),
        "signed_out_uri": signed_out_uri(),
        "called_uri": f"{settings.SITE_URL}{reverse('directory_signed_out')}",
        **numbers,
        "breadcrumbs": _crumbs(),
    }
    return page(request, "accounts/directory_page.html", context)


@never_cache
@require_POST
def directory_trial(request: HttpRequest) -> HttpResponseBase:
    """Send the browser to the directory, to see what it says; nobody is signed in or linked by it."""
    person, directory = _keeper(request), settings.DIRECTORY
    if directory is None:
        raise Http404
    try:
        return begin_visit(request, directory, person, is_trial=True)
    except DirectoryAway as away:
        return _failed(request, directory, str(away))


def trial_answer(request: HttpRequest, directory: Directory, begun: Begun) -> HttpResponseBase:
    """Show who began the trial what the directory says, or why it does not hold."""
    if _keeper(request).pk != begun["person"]:
        raise Http404
    if reason := request.GET.get("error", ""):
        more = request.GET.get("error_description", "")
        return _failed(request, directory, f"{reason}: {more}"[:LONGEST])
    try:
        claims = answered(directory, request.GET.get("code", ""), begun)
    except (DirectoryAway, TokenRefused) as refused:
        return _failed(request, directory, str(refused))
    found = {"outcomes": outcomes(directory, claims, begun["at"]), "claims": list(shown(claims))}
    return _shown(request, directory, HTTPStatus.OK, found)


def _failed(request: HttpRequest, directory: Directory, reason: str) -> HttpResponse:
    return _shown(request, directory, HTTPStatus.BAD_GATEWAY, {"reason": reason})


def _shown(
    request: HttpRequest, directory: Directory, status: int, found: dict[str, Any]
) -> HttpResponse:
    crumbs = [*_crumbs(reverse("directory_page")), Crumb(_("Trial"))]
    context = {"directory": directory, "breadcrumbs": crumbs, **found}
    return page(request, "accounts/directory_trial.html", context, status=status)


def _crumbs(address: str = "") -> list[Crumb]:
    title = _("The municipality's own sign-in")
    return [Crumb(_("Settings"), reverse("settings")), Crumb(title, address)]


def _keeper(request: HttpRequest) -> Person:
    person = person_of(request)
    if not Person.can_change_municipality(person):
        raise Http404
    return person
