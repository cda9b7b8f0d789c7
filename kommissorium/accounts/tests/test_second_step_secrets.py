"""The key of a second step is never stored in clear."""

from __future__ import annotations

import base64

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.exceptions import InvalidTag
from django.test import override_settings

from kommissorium.accounts.second_step_secrets import MARK, SecondStepAdapter, _cipher_of_before
from kommissorium.conftest import Cast


def test_the_secret_of_an_app_lies_encrypted_and_still_serves(cast: Cast) -> None:
    secret = generate_totp_secret()
    TOTP.activate(cast.member, secret)
    row = Authenticator.objects.get(user_id=cast.member.pk, type="totp")
    assert secret not in str(row.data)
    assert SecondStepAdapter().decrypt(row.data["secret"]) == secret


def test_another_key_does_not_open_it() -> None:
    sealed = SecondStepAdapter().encrypt("ABC")
    assert sealed != SecondStepAdapter().encrypt("ABC")
    with override_settings(SECRET_KEY="another key"), pytest.raises(InvalidTag):
        SecondStepAdapter().decrypt(sealed)


def test_it_is_authenticated_and_never_the_same_twice() -> None:
    sealed = SecondStepAdapter().encrypt("ABC")
    assert sealed.startswith(MARK)
    data = bytearray(base64.b64decode(sealed.removeprefix(MARK)))
    data[-1] ^= 1
    with pytest.raises(InvalidTag):
        SecondStepAdapter().decrypt(f"{MARK}{base64.b64encode(data).decode()}")


def test_what_was_encrypted_before_still_serves() -> None:
    old = _cipher_of_before().encrypt(b"ABC").decode("ascii")
    assert SecondStepAdapter().decrypt(old) == "ABC"
