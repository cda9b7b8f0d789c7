"""What the tests of who may see what share: one object of each kind, and everybody signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from kommissorium.config.tests.access_samples import Samples, make_samples
from kommissorium.config.tests.visiting import WHO, proven_session
from kommissorium.conftest import find_cast, plan


@pytest.fixture(scope="module")
def samples(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Samples]:
    """The objects, made once for all rows and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = find_cast()
        yield make_samples(cast, plan(cast))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visitors(samples: Samples) -> dict[str, str]:
    """The session of every column, of people who proved a moment ago who they are."""
    return {who: proven_session(who) for who in WHO}
