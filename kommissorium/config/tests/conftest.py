"""Fixtures of the tests of rights: one object of each kind, and everybody signed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from kommissorium.accounts.actions import add_person, give_role, set_first_password
from kommissorium.accounts.models import OrganisationRole
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.seats import add_seat, take_seat
from kommissorium.config.tests.rooms import make_samples
from kommissorium.config.tests.templates import (
    Shelf,
    Template,
    connected_to,
    copy,
    drop_database,
    own,
)
from kommissorium.config.tests.visiting import WHO, proven_session
from kommissorium.conftest import LATE, PASSWORD, Cast, address, find_cast
from kommissorium.core.tests.samples import Samples


def _make_samples() -> dict[str, Any]:
    cast = find_cast()
    # Who holds this role and no seat is answered as any employee: it opens nothing by itself.
    kind = OrganisationRole.Kind.DPO
    give_role(cast.employee, kind, by=None, from_date=cast.since, because=LATE)
    samples = make_samples(cast)
    _seat_next_door(cast)
    return {"samples": samples.by_name, "visitors": {who: proven_session(who) for who in WHO}}


def _seat_next_door(cast: Cast) -> None:
    """Seat somebody in another committee, who has nothing to do with the one of the cast."""
    person = add_person(by=None, name="Nanna Nabo", email=address("neighbour"))
    set_first_password(person, PASSWORD)
    committee = found_committee(name="Beredskabsudvalget", by=cast.coordinator)
    today = timezone.localdate()
    seat = add_seat(
        committee, by=cast.coordinator, role="member", function="Beredskabschef", from_date=today
    )
    take_seat(seat, by=None, person=person, from_date=today)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests with the samples be the last of their file: what follows would begin in them."""
    files = list(dict.fromkeys(item.path for item in items))
    place = {path: number for number, path in enumerate(files)}
    items.sort(key=lambda item: (place[item.path], "samples" in getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def sampled(shelf: Shelf, cast_database: Template, django_db_blocker: DjangoDbBlocker) -> Template:
    """A database with the objects and the sessions in it."""
    with django_db_blocker.unblock():
        return shelf.template("samples", _make_samples, cast_database)


@pytest.fixture(scope="module")
def samples(
    sampled: Template, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Samples]:
    """The objects, in a copy for the tests of a file."""
    copied = own("samples")
    with django_db_blocker.unblock():
        copy(sampled, copied)
    with connected_to(copied):
        yield Samples(sampled.told["samples"])
    with django_db_blocker.unblock():
        drop_database(copied.database)


@pytest.fixture(scope="module")
def visitors(samples: Samples, sampled: Template) -> dict[str, str]:
    """The session of every column, of people who have just proven who they are."""
    return dict(sampled.told["visitors"])
