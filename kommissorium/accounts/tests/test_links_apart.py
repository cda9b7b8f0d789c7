"""A signed link opens what it was made for, and nothing else that is opened by a signed link."""

from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from kommissorium.accounts.actions.email_changes import ask_for_email
from kommissorium.accounts.links import (
    email_change_link,
    make_token,
    person_by_link,
    reminder_stop_link,
)
from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast

ADDRESSES = ("email_by_link", "reminders_by_link", "answer_by_link")


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


@pytest.fixture
def tokens(cast: Cast) -> dict[str, str]:
    """Tokens of the chair, by the address that each is for."""
    change = ask_for_email(cast.chair, "ny@tryllerup.example", by=cast.coordinator)
    return {
        "email_by_link": token_of(email_change_link(change)),
        "reminders_by_link": token_of(reminder_stop_link(cast.chair)),
        "invitation": make_token(cast.chair),
        "made by another salt": signing.Signer(salt="another").sign_object(cast.chair.pk),
    }


def test_each_opens_its_own(tokens: dict[str, str], nobody: Client) -> None:
    for name in ("email_by_link", "reminders_by_link"):
        assert nobody.get(reverse(name, args=[tokens[name]])).status_code == 200, name


@pytest.mark.parametrize("name", ADDRESSES)
def test_none_opens_anothers(name: str, cast: Cast, tokens: dict[str, str], nobody: Client) -> None:
    before = Person.objects.filter(pk=cast.chair.pk).values().get()
    for kind, token in tokens.items():
        if kind != name:
            answer = nobody.post(reverse(name, args=[token]), {"answer": "yes"})
            assert answer.status_code in {404, 410}, kind
    assert Person.objects.filter(pk=cast.chair.pk).values().get() == before


def test_another_key_made_none(cast: Cast, settings: object) -> None:
    token = token_of(reminder_stop_link(cast.chair))
    assert person_by_link(token) == cast.chair
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert person_by_link(token) is None
