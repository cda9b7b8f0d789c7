"""The front page of the demonstration: sign in as anybody of the cast."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from kommissorium.accounts.demo_cast import CAST, part
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import in_demonstration
from kommissorium.core.ui.responses import page


@require_safe
def demo_cast(request: HttpRequest) -> HttpResponse:
    """List the people one can sign in as. 404 outside a demonstration."""
    _only_in_demonstration()
    addresses = [member.email for member in CAST]
    people = {
        person.email: person for person in Person.objects.active().filter(email__in=addresses)
    }
    parts = [(member, people[member.email]) for member in CAST if member.email in people]
    return page(request, "accounts/demo_cast.html", {"parts": parts})


@require_POST
def demo_sign_in(request: HttpRequest, code: str) -> HttpResponse:
    """Sign in as one of the cast. 404 outside a demonstration."""
    _only_in_demonstration()
    member = part(code)
    if member is None:
        raise Http404
    person = get_object_or_404(Person.objects.active(), email=member.email)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)


def _only_in_demonstration() -> None:
    if not in_demonstration():
        raise Http404
