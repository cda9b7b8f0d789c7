"""An invited person chooses a password."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.actions import accept_invitation
from kommissorium.accounts.forms import NewPasswordForm
from kommissorium.accounts.invitations import invited, was_shown
from kommissorium.core.ui.responses import invalid, page

# Stands in the address in place of the key, so that it never reaches a log or a next page.
CHOOSE = "choose"
SESSION_KEY = "invitation_key"


@sensitive_post_parameters("password", "repeated")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Take the key out of the address, then ask for the password."""
    if token != CHOOSE:
        return _take_key(request, uid, token)
    key = request.session.get(SESSION_KEY, "")
    person = invited(uid, key)
    if person is None:
        return _too_late(request)
    form = NewPasswordForm(request.POST or None, person=person)
    context = {"form": form, "invited": person}
    if not form.is_valid():
        return (invalid if form.is_bound else page)(request, "accounts/invitation.html", context)
    by_mail = not was_shown(person, key)
    accept_invitation(person, password=form.cleaned_data["password"], by_mail=by_mail)
    del request.session[SESSION_KEY]
    # Who has just chosen a password need not type it again to add a second step.
    record_authentication(request, person, method="password", reauthenticated=True)
    signed_in: HttpResponse = perform_login(request, Login(user=person))
    return signed_in


def _take_key(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    person = invited(uid, token)
    if person is None:
        return _too_late(request)
    if request.user.is_authenticated:
        logout(request)
    request.session[SESSION_KEY] = token
    return redirect("invitation", uid, CHOOSE)


def _too_late(request: HttpRequest) -> HttpResponse:
    return page(request, "accounts/invitation_gone.html", status=HTTPStatus.GONE)
