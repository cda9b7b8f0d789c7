"""Sign-in pages: the library's views with our forms and honest status codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account import views as account
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as PROOFS
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, resume_request
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommissorium.accounts import forms_sign_in as forms
from kommissorium.accounts.models import Person
from kommissorium.accounts.sign_in_log import note_refused, note_signed_in
from kommissorium.accounts.signed_in import by_directory, person_of

type View = Callable[..., HttpResponseBase]


def honest(view: View) -> View:
    """Give a page an error status when what was sent could not be accepted."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and response.status_code == HTTPStatus.OK:
            response.status_code = _status(request, response.context_data or {})
            if response.status_code == HTTPStatus.BAD_REQUEST:
                _note(request)
        return response

    return answer


def renewing(view: View) -> View:
    """Give the session a new key when somebody has proven on the page who they are."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _let_go_on(request)
        before = request.session.get(PROOFS)
        response = view(request, *args, **kwargs)
        if request.session.get(PROOFS) not in (before, None):
            request.session.cycle_key()
            note_signed_in(request, person_of(request))
        return response

    return honest(answer)


def _let_go_on(request: HttpRequest) -> None:
    """Let what was typed be sent on once it is proven who sent it."""
    if request.method == "POST":
        posted: Any = request.POST.copy()
        posted["next"] = _as_held(request, request.POST.get("next") or request.GET.get("next", ""))
        request.POST = posted


def resume(request: HttpRequest, address: str) -> HttpResponseBase:
    """Go on to that address, with what was typed there before it was proven who sent it."""
    asked: Any = request.GET.copy()
    asked["next"] = _as_held(request, address)
    request.GET = asked
    return resume_request(request) or HttpResponseRedirect("/")


def _as_held(request: HttpRequest, address: str) -> str:
    """Return the address to go on to as the library holds it against what waits to be sent on:
    by its path, which an address with a question mark is not."""
    waiting = (request.session.get(STATE_SESSION_KEY) or {}).get("request")
    path, mark, _more = address.partition("?")
    return path if mark and waiting and json.loads(waiting)["path"] == path else address


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out; the browser drops what it may have kept of our pages.

    Who came by the municipality's own sign-in is shown the way out of that, too.
    """
    person = request.user
    is_there = isinstance(person, Person) and person.is_linked and by_directory(request, person)
    response: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        if is_there:
            response = HttpResponseRedirect(reverse("directory_left"))
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def passkey_login(request: HttpRequest) -> HttpResponseBase:
    """Sign in by a passkey alone; one that does not fit is written down."""
    response: HttpResponseBase = webauthn.login_webauthn(request)
    if request.method == "POST" and not request.user.is_authenticated:
        note_refused(request, "passkey", None)
    return response


# What proves who one is, besides the password of the sign-in page, of which the adapter knows.
ASKED = {
    "mfa_authenticate": "second step",
    "account_reauthenticate": "password, asked for once more",
    "mfa_reauthenticate": "second step, asked for once more",
    "mfa_reauthenticate_webauthn": "passkey, asked for once more",
}


def _note(request: HttpRequest) -> None:
    """Write down that a proof was refused, and whose: of who is signed in, or half so."""
    match = request.resolver_match
    if what := ASKED.get((match.url_name if match else "") or ""):
        half = (request.session.get("account_login") or {}).get("user_pk")
        person = request.user if isinstance(request.user, Person) else None
        note_refused(request, what, person or Person.objects.filter(pk=half).first())


def _status(request: HttpRequest, context: dict[str, Any]) -> int:
    if context.get("token_fail"):
        return HTTPStatus.GONE
    forms_shown = (context.get("form"), context.get("webauthn_form"))
    wrong = any(form.is_bound and form.errors for form in forms_shown if form is not None)
    return HTTPStatus.BAD_REQUEST if request.method == "POST" and wrong else HTTPStatus.OK


class LoginView(account.LoginView):
    """E-mail and password, a passkey, or the municipality's own sign-in where there is one."""

    form_class = forms.SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"directory": settings.DIRECTORY, **super().get_context_data(**kwargs)}


class PasswordChangeView(account.PasswordChangeView):
    """Changing one's password; nobody without one comes here, as in the demonstration."""

    form_class = forms.ChangePasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not person_of(request).can_use_password:
            raise Http404
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class RecoveryCodesFileView(DownloadRecoveryCodesView):
    """The recovery codes as a file, under a name the person understands."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **kwargs)  # type: ignore[no-untyped-call]
        response["Content-Disposition"] = f'attachment; filename="{_("recovery-codes")}.txt"'
        return response


@require_safe
def totp_qr(request: HttpRequest) -> HttpResponse:
    """Draw the key of the app that is being added. An address of its own: the page's security
    policy lets no picture stand in the page itself. 404 when none is being added."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(person_of(request), secret))
    return HttpResponse(picture, content_type="image/svg+xml")


login = honest(LoginView.as_view())
password_change = honest(PasswordChangeView.as_view())
password_reset = honest(account.PasswordResetView.as_view(form_class=forms.AskResetForm))
password_reset_from_key = honest(
    account.PasswordResetFromKeyView.as_view(form_class=forms.ResetForm)
)
reauthenticate = renewing(account.ReauthenticateView.as_view(form_class=forms.ProveByPasswordForm))
authenticate = honest(mfa.AuthenticateView.as_view(form_class=forms.CodeForm))
mfa_reauthenticate = renewing(mfa.ReauthenticateView.as_view(form_class=forms.ProveByCodeForm))
reauthenticate_webauthn = renewing(webauthn.ReauthenticateWebAuthnView.as_view())
activate_totp = honest(totp.ActivateTOTPView.as_view(form_class=forms.AppForm))
add_passkey = honest(webauthn.AddWebAuthnView.as_view(form_class=forms.PasskeyForm))
edit_passkey = honest(webauthn.EditWebAuthnView.as_view(form_class=forms.PasskeyNameForm))
recovery_codes_file = RecoveryCodesFileView.as_view()
