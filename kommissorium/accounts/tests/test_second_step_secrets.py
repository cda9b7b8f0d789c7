"""The key of a second step is never stored in clear."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import override_settings

from kommissorium.accounts.actions import take_over_key
from kommissorium.accounts.models import Person
from kommissorium.accounts.second_step_secrets import MARK, SecondStepAdapter, _cipher_of_before
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused


def test_the_secret_of_an_app_lies_encrypted_and_still_serves(cast: Cast) -> None:
    secret = generate_totp_secret()
    TOTP.activate(cast.member, secret)
    row = Authenticator.objects.get(user_id=cast.member.pk, type="totp")
    assert secret not in str(row.data)
    assert SecondStepAdapter().decrypt(row.data["secret"]) == secret


def test_another_key_does_not_open_it() -> None:
    sealed = SecondStepAdapter().encrypt("ABC")
    assert sealed != SecondStepAdapter().encrypt("ABC")
    with override_settings(SECRET_KEY="another key"), pytest.raises(Refused):
        SecondStepAdapter().decrypt(sealed)


def test_it_is_authenticated_and_never_the_same_twice() -> None:
    sealed = SecondStepAdapter().encrypt("ABC")
    assert sealed.startswith(MARK)
    data = bytearray(base64.b64decode(sealed.removeprefix(MARK)))
    data[-1] ^= 1
    with pytest.raises(Refused):
        SecondStepAdapter().decrypt(f"{MARK}{base64.b64encode(data).decode()}")


def test_what_was_encrypted_before_still_serves() -> None:
    old = _cipher_of_before().encrypt(b"ABC").decode("ascii")
    assert SecondStepAdapter().decrypt(old) == "ABC"


def test_the_key_of_before_reads_until_all_is_encrypted_anew(cast: Cast, settings: Any) -> None:
    TOTP.activate(cast.member, "ABC")
    RecoveryCodes.activate(cast.member)
    old = _cipher_of_before().encrypt(b"DEF").decode("ascii")
    TOTP.activate(cast.chair, "DEF")
    Authenticator.objects.filter(user_id=cast.chair.pk).update(data={"secret": old})
    codes = RecoveryCodes.activate(cast.member).generate_codes()
    settings.SECRET_KEY_BEFORE, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    assert [secret_of(cast.member), secret_of(cast.chair)] == ["ABC", "DEF"]
    assert take_over_key() == 0
    settings.SECRET_KEY_BEFORE = ""
    assert [secret_of(cast.member), secret_of(cast.chair)] == ["ABC", "DEF"]
    assert RecoveryCodes.activate(cast.member).generate_codes() == codes
    settings.SECRET_KEY = "a third key, and nobody kept the second"
    assert take_over_key() == 3
    assert json.loads(Event.objects.latest("seq").facts) == {"second_steps": 3, "unreadable": 3}


def test_the_key_of_before_signs_nothing(settings: Any, client_of: Any) -> None:
    browser = client_of("chair")
    settings.SECRET_KEY_BEFORE, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    assert browser.get("/account/").status_code == 302


def secret_of(person: Person) -> str:
    row = Authenticator.objects.get(user_id=person.pk, type="totp")
    return SecondStepAdapter().decrypt(row.data["secret"])
