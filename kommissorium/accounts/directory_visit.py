"""A browser's visit to the municipality's directory: what its answer must fit when it comes back."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any, Final

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from kommissorium.accounts.directory import Directory
from kommissorium.accounts.models import Person
from kommissorium.accounts.openid import claims_of, sign_in_address

BEGUN: Final = "directory_sign_in"  # in the session, until the directory has answered
LASTS: Final = 600  # seconds that somebody may take at the directory

type Begun = dict[str, Any]


def begin_visit(
    request: HttpRequest,
    directory: Directory,
    person: Person | None = None,
    *,
    is_trial: bool = False,
) -> HttpResponse:
    """Send the browser to the directory, and note what its answer must fit, and whose it must be.

    Of a person it asks anew who it is. Raises DirectoryAway.
    """
    begun = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    address = sign_in_address(
        directory, redirect_uri=redirect_uri(), anew=person is not None, **begun
    )
    request.session[BEGUN] = {
        **begun,
        "at": timezone.now().timestamp(),
        "next": get_next_redirect_url(request),
        "person": person.pk if person else None,
        "trial": is_trial,
    }
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def visit_of(request: HttpRequest, directory: Directory) -> Begun | None:
    """Return what this browser began and the answer fits, once; None for anything else."""
    begun = request.session.pop(BEGUN, None)
    if not isinstance(begun, dict) or timezone.now().timestamp() - begun["at"] > LASTS:
        return None
    if request.GET.get("iss", directory.issuer) != directory.issuer:
        return None
    fits = constant_time_compare(request.GET.get("state", ""), begun["state"])
    return begun if fits else None


def answered(directory: Directory, code: str, begun: Begun) -> dict[str, Any]:
    """Return what the directory says of who came back. Raises DirectoryAway and TokenRefused."""
    proof = {name: begun[name] for name in ("nonce", "verifier")}
    return claims_of(directory, code, redirect_uri=redirect_uri(), **proof)


def redirect_uri() -> str:
    """Return the address to which the directory sends people back."""
    return f"{settings.SITE_URL}{reverse('directory_callback')}"


def signed_out_uri() -> str:
    """Return the address to which it sends who has signed out there."""
    return f"{settings.SITE_URL}{reverse('account_login')}"
