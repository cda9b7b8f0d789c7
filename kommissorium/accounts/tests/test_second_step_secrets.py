"""The key of a second step is never stored in clear."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import InvalidToken
from django.test import override_settings

from kommissorium.accounts.second_step_secrets import SecondStepAdapter
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
    with override_settings(SECRET_KEY="another key"), pytest.raises(InvalidToken):
        SecondStepAdapter().decrypt(sealed)
