"""Writes of the program after the last event of a transaction are noticed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from kommissorium.committees.models import Committee
from kommissorium.config.tests.last_word import PACKAGE, SEALED_AT_THE_END, watched
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.sealed_tables import sealed_tables

# An action as the program might have it: each letter is a write, an event or a block.
ACTION = """
def write():
    Committee.objects.filter(pk=committee.pk).update(name=committee.name + "!")

def tell():
    record("committees.invented", committee, by=None)

def sign_in(**more):
    type(person).objects.filter(pk=person.pk).update(last_login=None, **more)

def undone(*acts):
    try:
        with transaction.atomic():
            for act in acts:
                act()
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass

@transaction.atomic
def action(*acts):
    for act in acts:
        act()
"""


@pytest.fixture(autouse=True)
def events_come_last() -> None:
    """Nobody else watches here: the writes that are noticed are meant to happen."""


@pytest.fixture
def program(cast) -> dict[str, Any]:
    """The action and its parts, as if they stood in a file of the program."""
    known = {
        "Committee": Committee,
        "committee": cast.committee,
        "person": cast.member,
        "record": record,
        "transaction": transaction,
    }
    exec(compile(ACTION, str(PACKAGE / "committees" / "invented.py"), "exec"), known)
    return known


def found(act: Callable[..., object], *parts: object) -> list[str]:
    with watched() as watch:
        act(*parts)
    return watch.found


PLACE = 'committees/invented.py:3 UPDATE "committees_committee"'


class TestNoticed:
    def test_a_write_after_the_event(self, program):
        write, tell = program["write"], program["tell"]
        assert found(program["action"], write, tell, write) == [PLACE]

    def test_a_write_without_an_event(self, program):
        assert found(program["action"], program["write"]) == [PLACE]
        assert found(program["write"]) == [PLACE]

    def test_a_column_that_is_sealed_beside_one_that_is_not(self, program):
        (told,) = found(lambda: program["sign_in"](name="Søren Ødum Holm"))
        assert told.endswith('UPDATE "accounts_person"')

    def test_a_write_before_an_event_that_was_undone(self, program):
        write, tell = program["write"], program["tell"]
        assert found(program["action"], write, lambda: program["undone"](tell)) == [PLACE]


class TestNotNoticed:
    def test_a_write_before_the_event(self, program):
        write, tell = program["write"], program["tell"]
        assert found(program["action"], write, tell) == []
        assert found(program["action"], tell, lambda: program["action"](write, tell)) == []

    def test_a_write_that_was_undone(self, program):
        write, tell = program["write"], program["tell"]
        assert found(program["action"], tell, lambda: program["undone"](write)) == []

    def test_a_write_that_met_no_row(self, program):
        program["committee"].pk = 0
        assert found(program["action"], program["write"]) == []

    def test_a_column_that_is_not_sealed(self, program):
        assert found(program["sign_in"]) == []

    def test_what_a_test_writes(self, cast):
        with watched() as watch, transaction.atomic():
            Committee.objects.filter(pk=cast.committee.pk).update(name="Udvalget")
            Committee.objects.create(name="Et andet udvalg")
        assert watch.found == []


def test_what_needs_no_event_is_sealed_all_the_same():
    assert set(SEALED_AT_THE_END) <= set(sealed_tables())
