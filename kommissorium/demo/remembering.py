"""Ask once who sits in a committee, while a meeting is written down and nobody takes a seat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee

ASKED = ("can_be_prepared_by", "capacity_of")


@contextmanager
def seats_remembered() -> Iterator[None]:
    """Let a committee remember what it answered of a person: each field saved asks twice."""
    usual = {name: getattr(Committee, name) for name in ASKED}
    for name, ask in usual.items():
        setattr(Committee, name, _remembering(ask))
    try:
        yield
    finally:
        for name, ask in usual.items():
            setattr(Committee, name, ask)


def _remembering[T](ask: Callable[[Committee, Person], T]) -> Callable[[Committee, Person], T]:
    answers: dict[tuple[int, int], T] = {}

    def answer(committee: Committee, person: Person) -> T:
        key = committee.pk, person.pk
        if key not in answers:
            answers[key] = ask(committee, person)
        return answers[key]

    return answer
