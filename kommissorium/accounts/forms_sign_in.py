"""The sign-in library's forms in our words, without placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.forms import PASSWORD_HELP
from kommissorium.accounts.models import Person

EMAIL = gettext_lazy("E-mail")
NEW = gettext_lazy("New password")
AGAIN = gettext_lazy("The new password again")
DIFFERENT = gettext_lazy("The two passwords differ. Type the same one twice.")


def _word(form: forms.Form, name: str, label: Any, help_text: Any = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class _TwoPasswords:
    """Checks that a new password was typed alike twice, in our words."""

    def clean(self) -> dict[str, Any] | None:
        values: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", DIFFERENT)  # type: ignore[attr-defined]
        return values


class SignInForm(account.LoginForm):
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "login", EMAIL)
        _word(self, "password", gettext_lazy("Password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class AskResetForm(account.ResetPasswordForm):
    """Asks for a link by mail. Only people who already have a password get one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "email", EMAIL, gettext_lazy("The e-mail you sign in with."))

    def clean_email(self) -> str:
        email: str = super().clean_email()
        # Who was never invited has no password to forget and must not get one this way.
        self.users: list[Person] = [
            user for user in self.users if user.has_login and user.can_use_password
        ]
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Queue the mail, or nothing: the page that follows says the same in both cases."""
        if self.users:
            super().save(request, **kwargs)
        return str(self.cleaned_data["email"])


class ResetForm(_TwoPasswords, account.ResetPasswordKeyForm):
    """A new password after following the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password1", NEW, PASSWORD_HELP)
        _word(self, "password2", AGAIN)


class ChangePasswordForm(_TwoPasswords, account.ChangePasswordForm):
    """A new password for somebody who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", gettext_lazy("Password you have now"))
        _word(self, "password1", NEW, PASSWORD_HELP)
        _word(self, "password2", AGAIN)


class ProveByPasswordForm(account.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password", gettext_lazy("Password"))


class CodeForm(mfa.AuthenticateForm):
    """The second step: a code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)


class ProveByCodeForm(mfa.ReauthenticateForm):
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)


def _code(form: forms.Form) -> None:
    _word(
        form,
        "code",
        gettext_lazy("Code"),
        gettext_lazy("Six digits from your authenticator app, or one of your recovery codes."),
    )
    form.fields["code"].widget.attrs["inputmode"] = "numeric"


class AppForm(totp.ActivateTOTPForm):
    """The first code of an authenticator app: proof that it has the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", gettext_lazy("Code from the app"), gettext_lazy("Six digits."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasskeyForm(webauthn.AddWebAuthnForm):
    """A new passkey. The browser fills in the credential itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"name": _("My passkey"), "passwordless": True}
        super().__init__(
            *args, **{**kwargs, "initial": {**initial, **(kwargs.get("initial") or {})}}
        )
        _word(
            self,
            "name",
            gettext_lazy("Name"),
            gettext_lazy("So that you know it from your others."),
        )
        _word(
            self,
            "passwordless",
            gettext_lazy("Let me sign in with it alone, without a password"),
            gettext_lazy("It then asks for your finger, your face or a PIN."),
        )


class PasskeyNameForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "name", gettext_lazy("Name"))
