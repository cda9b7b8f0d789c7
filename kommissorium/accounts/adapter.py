"""How the sign-in library (allauth) is adapted to this program."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.actions import (
    change_password,
    note_break_glass,
    note_second_step,
)
from kommissorium.accounts.actions.own_sign_ins import OTHERS, end_sign_ins
from kommissorium.accounts.attempts import forget, slow_down
from kommissorium.accounts.known_browsers import device_of, remember
from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.password_hashers import TooBusy
from kommissorium.accounts.sign_in_log import note_refused, note_signed_in
from kommissorium.accounts.signed_in import (
    DIRECTORY,
    ask_at_directory,
    broke_glass,
    by_directory,
    came_by_directory,
    other_way_refused,
)
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.unwritable import write_probe

# The library says what it did by the notice it is about to send.
SECOND_STEP_ACTS = {
    "mfa/email/totp_activated": "accounts.authenticator_app_added",
    "mfa/email/totp_deactivated": "accounts.authenticator_app_removed",
    "mfa/email/webauthn_added": "accounts.passkey_added",
    "mfa/email/webauthn_removed": "accounts.passkey_removed",
    "mfa/email/recovery_codes_generated": "accounts.recovery_codes_made",
}
STANDING = "standing_before_second_step"  # in the session
# Mails to people we do not know would make strangers' mailboxes ours to fill.
NEVER_SENT = frozenset({"account/email/unknown_account", "account/email/account_already_exists"})


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up: people come by invitation. Mails leave by the outbox."""

    error_messages: dict[str, Any] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Your login is closed."),
        "email_password_mismatch": _("E-mail and password do not match. Try again."),
        "enter_current_password": _("This is not your password. Try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "incorrect_code": _("The code does not match. Wait for the next one and try again."),
        "invalid_password_reset": _("The link is too old or was used already."),
        "too_many_login_attempts": _(
            "Too many attempts from here. Wait five minutes, or sign in with a passkey."
        ),
        "rate_limited": _("Too many attempts. Wait a minute and try again."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Limit attempts on an account by address; slow all of them, in a known browser its own."""
        account, device = _account(credentials), _device(request, credentials)
        try:
            if not device:
                super().pre_authenticate(request, **credentials)
        except ValidationError:
            note_refused(request, "too many attempts", _known_by(account))
            write_probe()  # what cannot be counted counts as too much: the true reason is raised
            raise
        slow_down(account, device)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Return the sentence of an error; where a directory is the way in, it says so to all."""
        directory = settings.DIRECTORY
        if code == "email_password_mismatch" and directory and directory.is_only_way:
            sentence = _("Only the emergency login signs in here. All others use %(name)s.")
            return ValidationError(sentence % {"name": directory.name}, code=code)
        found: ValidationError = super().validation_error(code, *args)
        return found

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return the person whose password it is; None when it is wrong. Raises ValidationError."""
        device = _device(request, credentials)
        try:
            found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        except TooBusy as refused:
            raise ValidationError(str(refused), code="busy") from None
        if found:
            forget(_account(credentials), device)
        else:
            note_refused(request, "password", _known_by(_account(credentials)))
        return found

    def post_login(  # type: ignore[override]
        self, request: HttpRequest, user: AbstractBaseUser, **more: Any
    ) -> HttpResponseBase:
        """Know the browser from now on: somebody has signed in, with every step there is."""
        person = _person(user)
        if broke_glass(request, person):
            note_break_glass(person)
        response: HttpResponseBase = super().post_login(request, user, **more)
        remember(request, response, person)
        note_signed_in(request, person)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # By the library's own key strangers anywhere could shut an account.
        return f"{_account(credentials)} {get_ip(request)}"

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set a password the library has checked; the only door it has to our people."""
        change_password(_person(user), password)

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse | None:
        """Note the person's state before the second step is asked for.

        Whoever signs in at the directory alone comes from there, whatever else they hold.
        """
        person = _person(user)
        if person.signs_in_there_alone and not came_by_directory(request, person):
            note_refused(request, "not by the directory", person)
            messages.error(request, other_way_refused())
            return HttpResponseRedirect(reverse("account_login"))
        request.session[STANDING] = user.get_session_auth_hash()
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, unless password, e-mail or roles changed or the login was closed meanwhile."""
        noted = request.session.pop(STANDING, "")
        same = constant_time_compare(noted, user.get_session_auth_hash())
        if not (same and user.is_active):
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        super().login(request, user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether one must prove anew who one is. Raises Refused for who cannot.

        The library asks this of its own pages as well (`app`): there a second step is added. It lets
        those go on of whom it knows nothing to ask; the directory is asked instead.
        """
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        person = self.request.user
        if required and isinstance(person, Person):
            ask_at_directory(self.request, person, soon=bool(app))
        return required

    def get_reauthentication_methods(
        self, user: AbstractBaseUser | AnonymousUser
    ) -> list[dict[str, Any]]:
        """Return the ways to prove anew who one is, first the one by which one signed in."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        directory = settings.DIRECTORY
        if isinstance(user, Person) and user.signs_in_there_alone:
            ways = []
        if directory and isinstance(user, Person) and user.is_linked:
            way = {
                "id": DIRECTORY,
                "description": directory.name,
                "url": reverse("directory_anew"),
            }
            ways.insert(0 if by_directory(self.request, user) else len(ways), way)
        return ways

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link for the mail: on our own address, whatever host was asked for."""
        path = reverse(
            "account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"}
        ).replace("UID-KEY", quote(key))
        return f"{settings.SITE_URL}{path}"

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a person what changed about their sign-in, and the chain as well.

        What is signed in elsewhere, by the second step of before, is so no longer.
        """
        if act := SECOND_STEP_ACTS.get(template_prefix):
            note_second_step(_person(user), act)
            this = self.request.session.session_key
            if end_sign_ins(_person(user), OTHERS, this=this):
                messages.info(self.request, _("You were signed out everywhere else."))
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail of the library, in the language of its recipient.

        Every one of its mails is a cause of its own.
        """
        if template_prefix in NEVER_SENT:
            return
        person = Person.objects.filter(email__iexact=email).first()
        values = {
            **{key: value for key, value in context.items() if key != "request"},
            "person": person,
            "municipality": Municipality.current(),
        }
        with translation.override(person.language if person else settings.LANGUAGE_CODE):
            said = render_to_string(f"{template_prefix}_message.txt", values)
            letter = Letter(
                render_to_string(f"{template_prefix}_subject.txt", values).strip(),
                _button(values),
                person.name if person else "",
                lines=[said.strip()],
            )
        queue_mail(
            to=email,
            kind=template_prefix.replace("/", ".")[:80],
            key=timezone.now().isoformat(),
            letter=letter,
        )


def _button(values: dict[str, Any]) -> Link:
    """Return what a mail of the library asks for: a new password, or a look at one's own login."""
    if address := values.get("password_reset_url"):
        return Link(str(_("Choose a new password")), address)
    return Link(str(_("See how you sign in")), reverse("account"))


def _account(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).strip().lower()


def _known_by(account: str) -> Person | None:
    found: Person | None = Person.objects.filter(email=account).first()
    return found


def _device(request: HttpRequest, credentials: dict[str, Any]) -> str:
    return device_of(request, _known_by(_account(credentials)))


def _person(user: AbstractBaseUser) -> Person:
    if not isinstance(user, Person):
        raise TypeError("only our own people sign in")
    return user
