"""Fixtures shared by the tests of people and sign-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kommissorium.accounts.models import Person
from kommissorium.accounts.tests import counterpart
from kommissorium.accounts.tests.counterpart import Counterpart
from kommissorium.conftest import PASSWORD, Cast


@pytest.fixture(autouse=True)
def _no_attempts_remembered(db: None) -> Iterator[None]:
    """Forget the attempts of other tests: limits would count across them otherwise."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def proven(client_of: Callable[[str], Client]) -> Callable[[str], Client]:
    """Return a browser whose person has just typed the password once more."""

    def browser(who: str) -> Client:
        client = client_of(who)
        answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert answer.status_code == 302
        return client

    return browser


@pytest.fixture
def nobody(cast: Cast) -> Client:
    """A browser in which nobody is signed in."""
    return Client()


@pytest.fixture
def directory(settings: Any) -> Iterator[Counterpart]:
    """A directory on this machine that the settings name."""
    with counterpart.running() as found:
        settings.DIRECTORY = found.settings
        yield found


@pytest.fixture
def newcomer(cast: Cast) -> Person:
    """Somebody with an e-mail who was never invited."""
    return cast.system_owner
