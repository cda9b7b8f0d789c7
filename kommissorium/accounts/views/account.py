"""My account: what is known of a person, how they sign in, their language and reminders."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommissorium.accounts.actions import choose_language, choose_reminders
from kommissorium.accounts.actions.own_sign_ins import end_sign_ins, sign_ins_of
from kommissorium.accounts.forms import RemindersForm
from kommissorium.accounts.links import person_by_link
from kommissorium.accounts.middleware import seconds_left
from kommissorium.accounts.models import Municipality, Person, ReminderWish
from kommissorium.accounts.signed_in import person_of, step_up
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page

A_YEAR = 365 * 24 * 60 * 60


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the data the program holds about the person, and how they sign in."""
    person = person_of(request)
    context = {
        "roles": person.roles.all(),
        "second_step": second_step(person),
        "sign_ins": sign_ins_of(person, request.session.session_key),
        "mfa_required": Municipality.current().mfa_required,
    }
    return page(request, "accounts/account.html", context)


@require_POST
@step_up
def sign_ins_end(request: HttpRequest) -> HttpResponse:
    """End one of one's own sign-ins elsewhere, or all of them."""
    this = request.session.session_key
    number = end_sign_ins(person_of(request), request.POST.get("which", ""), this=this)
    if number:
        messages.success(request, _("You are signed out there."))
    else:
        messages.info(request, _("You were no longer signed in there."))
    return HttpResponseRedirect(f"{reverse('account')}#sign-ins")


@require_safe
def sign_in_left(request: HttpRequest) -> JsonResponse:
    """Tell a page that stands open for how long one stays signed in, and what it is to say then."""
    answer = {
        "seconds": seconds_left(request, timezone.now()),
        "whose": str(person_of(request).pseudonym),
        "token": get_token(request),
        "sign_in_at": reverse("account_login"),
        "soon": _("You are signed out in two minutes. What is not saved then has to wait."),
        "stay": _("Stay signed in"),
        "ended": _("You are signed out"),
        "sign_in": _("Sign in again"),
        "kept": _("What you typed is kept in this tab. Sign in again in the other one, and go on."),
        "again": _("I have signed in again"),
    }
    return JsonResponse(answer)


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


@require_http_methods(["GET", "HEAD", "POST"])
def account_reminders(request: HttpRequest) -> HttpResponse:
    """Choose how often one is reminded by mail."""
    person, back = person_of(request), reverse("account")
    form = RemindersForm(typed(request), initial={"reminders": person.reminders})
    return edit_page(
        request,
        form,
        lambda: choose_reminders(person, form.cleaned_data["reminders"], by=person),
        done=_("It is saved."),
        after=back,
        title=_("Reminders by mail"),
        cancel_url=back,
        breadcrumbs=[Crumb(_("My account"), back), Crumb(_("Reminders by mail"))],
    )


@csrf_exempt  # the mail program presses the button, with no cookie of ours (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """End the reminders of the link's recipient. Opening it alone, as scanners do, ends nothing.

    The page says nothing of anybody: it is the same whoever looks, and whatever was chosen.
    """
    person = person_by_link(token)
    if person is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        choose_reminders(person, ReminderWish.NEVER, by=person, by_link=True)
    with translation.override(person.language):
        request.LANGUAGE_CODE = person.language
        response = page(request, "accounts/reminders_by_link.html", {"is_done": is_done})
        response.render()
    response.headers["Content-Language"] = person.language
    return response
