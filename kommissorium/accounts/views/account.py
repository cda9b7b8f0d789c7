"""My account: a person's own data and sign-in methods; the choice of language."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from kommissorium.accounts.actions import choose_language
from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.responses import page

A_YEAR = 365 * 24 * 60 * 60


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the data the program holds about the person, and how they sign in."""
    person = person_of(request)
    context = {
        "roles": person.roles.all(),
        "second_step": second_step(person),
        "mfa_required": Municipality.current().mfa_required,
    }
    return page(request, "accounts/account.html", context)


def second_step(person: Person) -> dict[str, object]:
    """Return the person's second steps: app, passkeys (a number), unused codes."""
    found = list(Authenticator.objects.filter(user_id=person.pk))
    kinds = Authenticator.Type
    codes = next((row for row in found if row.type == kinds.RECOVERY_CODES), None)
    return {
        "app": any(row.type == kinds.TOTP for row in found),
        "passkeys": sum(row.type == kinds.WEBAUTHN for row in found),
        "codes": len(codes.wrap().get_unused_codes()) if codes else 0,
        "any": any(row.type != kinds.RECOVERY_CODES for row in found),
    }


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language: of the person, or of this browser while nobody is signed in."""
    response = HttpResponseRedirect(_way_back(request))
    wish = request.POST.get("language", "")
    if wish not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, Person):
        choose_language(request.user, wish, by=request.user)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wish,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else "/"
