"""Middleware for sign-in: admission, length of the session, and language."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.actions.own_sign_ins import BROWSER, SEEN, STARTED, browser_of
from kommissorium.accounts.actions.readings import note_export
from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.rate_limits import Pace
from kommissorium.accounts.signed_in import has_second_step_elsewhere
from kommissorium.core.database.away import is_away
from kommissorium.core.ui import errors
from kommissorium.core.unwritable import unwritable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

logger = logging.getLogger("kommissorium.sessions")
Handler = Callable[[HttpRequest], HttpResponse]

ENDED = "_sign_in_ended"  # on the request: why the sign-in was ended, until it can be said
SHUT = "lacks_second_step"  # on the request: all else leads back to the second step
IDLE = gettext_lazy("You were signed out because nothing had happened for half an hour.")
TOO_LONG = gettext_lazy("You were signed out because you had been signed in for ten hours.")
SEEN_STEP = timedelta(minutes=1)
A_MINUTE = 60  # seconds
FILES_ARE = 10  # times as much as a page

# Pages for people who are not signed in, by URL name; those of registers say so themselves, by
# Django's login_not_required. All others ask who comes.
OPEN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_inactive",
        "directory_left",
        "directory_sign_in",
        "directory_signed_out",
        "directory_callback",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "invitation",
        "email_by_link",
        "answer_by_link",
        "reminders_by_link",
        "calendar_feed",
        "wheel_calendar",
        "language",
        "demo_cast",
        "demo_sign_in",
        "health",
        "metrics",
        "security_txt",
        "robots_txt",
        "schema",
    }
)
# Where somebody without a second step must be able to come to get one, and to leave.
SECOND_STEP = frozenset(
    {
        "account_reauthenticate",
        "directory_anew",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_totp_qr",
        "language",
        "health",
    }
)


class ReadingSessionMiddleware(SessionMiddleware):
    """Sessions that let people read on when nothing can be written.

    Then it is not noted that they were here; what they do is refused by what it would change.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (OSError, Error, SessionInterrupted) as error:
            why = unwritable(error)
            if why is None and not is_away(error):
                raise
            logger.warning("%s: a session was not saved", why.value if why else "no database")
            return response


class SessionLimitMiddleware:
    """Signs people out after half an hour idle or ten hours in all (settings)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now()
            if reason := self._end(request, now):
                logout(request)
                # Language and messages come later in the row of middlewares.
                setattr(request, ENDED, reason)
            elif not _only_asks(request):
                self._note(request, now)
        return self.get_response(request)

    def _end(self, request: HttpRequest, now: datetime) -> StrOrPromise:
        if _left(request, SEEN, settings.SESSION_IDLE_SECONDS, now) < 0:
            return IDLE
        return TOO_LONG if _left(request, STARTED, settings.SESSION_COOKIE_AGE, now) < 0 else ""

    def _note(self, request: HttpRequest, now: datetime) -> None:
        # Written at most once a minute: reading a page should not cost a write.
        seen = _moment(request, SEEN)
        if STARTED not in request.session:
            request.session[STARTED] = now.isoformat()
            request.session[BROWSER] = browser_of(request.headers.get("User-Agent", ""))
        if seen is None or abs(now - seen) > SEEN_STEP:
            request.session[SEEN] = now.isoformat()


class LanguageMiddleware:
    """Speaks the person's language; before sign-in the one of the cookie, else Danish."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", language)
        return response

    def _language(self, request: HttpRequest) -> str:
        person = request.user
        if isinstance(person, Person):
            return person.language
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class SignInRequiredMiddleware:
    """Demands sign-in for every page, and the second step where the municipality demands it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        if reason := getattr(request, ENDED, ""):
            messages.info(request, reason)
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in OPEN or not getattr(view, "login_required", True):
            return None
        if not isinstance(request.user, Person):
            return _to_sign_in(request)
        request.municipality = Municipality.current()  # type: ignore[attr-defined]
        if not request.municipality.mfa_required or is_mfa_enabled(request.user):  # type: ignore[attr-defined]
            return None
        if has_second_step_elsewhere(request, request.user):
            return None
        if name in SECOND_STEP:
            setattr(request, SHUT, True)
            return None
        messages.info(request, _("Add a second step to your sign-in before you go on."))
        return redirect("mfa_index")


class PaceMiddleware:
    """Lets a person ask each process for no more in a minute than somebody can read (settings)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._asked = Pace(settings.MOST_ASKED_A_MINUTE, A_MINUTE)
        self._taken = Pace(settings.MOST_ASKED_A_MINUTE // FILES_ARE, A_MINUTE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = getattr(request, "user", None)
        if not isinstance(person, Person):
            return self.get_response(request)
        if not self._asked.allows(person.pk):
            return self._stop(request)
        response = self.get_response(request)
        if _is_taken_out(response) and not self._taken.allows(person.pk):
            return self._stop(request)
        return response

    def _stop(self, request: HttpRequest) -> HttpResponse:
        sentence = _("That was very much in a short time. Wait a minute, and go on.")
        response = errors.refused(request, [sentence], HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(A_MINUTE)
        return response


class ReadingLogMiddleware:
    """Notes each file that a person takes out; what a view has noted itself is not noted again."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        person = getattr(request, "user", None)
        if _is_taken_out(response) and isinstance(person, Person) and not person.has_noted_reading:
            note_export(request.path, by=person)
        return response


def _is_taken_out(response: HttpResponse) -> bool:
    """Return whether the answer is a file that leaves the program."""
    return response.status_code == HTTPStatus.OK and "Content-Disposition" in response.headers


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    # A form sent after the sign-in ran out cannot be sent again by itself: come back by GET.
    target = request.get_full_path() if request.method == "GET" else "/"
    address = resolve_url(settings.LOGIN_URL)
    if target != "/":
        address = f"{address}?next={quote(target)}"
    return HttpResponseRedirect(address)


def seconds_left(request: HttpRequest, now: datetime) -> int:
    """Return for how long the sign-in lasts if nothing more is done."""
    idle = _left(request, SEEN, settings.SESSION_IDLE_SECONDS, now)
    return int(min(idle, _left(request, STARTED, settings.SESSION_COOKIE_AGE, now)))


def _left(request: HttpRequest, key: str, most: int, now: datetime) -> float:
    since = _moment(request, key) or now
    # By how much, whichever way: the clock may have been set back since.
    return most - abs(now - since).total_seconds()


def _only_asks(request: HttpRequest) -> bool:
    """Return whether a page asks by itself how long the sign-in lasts: nobody has done anything."""
    return request.path == reverse("sign_in_left") and "stay" not in request.GET


def _moment(request: HttpRequest, key: str) -> datetime | None:
    value = request.session.get(key)
    return datetime.fromisoformat(value) if value else None
