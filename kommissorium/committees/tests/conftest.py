"""The cast, reading English: the texts in the code, whatever the catalogues hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.mandates import draft_mandate
from kommissorium.committees.models import Committee, Mandate
from kommissorium.committees.reader import builtin, read_text
from kommissorium.conftest import Cast, prove

TEXT = """Terms of reference of the Information Security Committee

Members
- Chair: Chief executive
- Secretary: Information security coordinator

Tasks
- Approves the security status every quarter.
- Waters the plants in the meeting room.

Meetings
The committee meets at least 4 times a year.
"""


@pytest.fixture
def cast(cast: Cast) -> Iterator[Cast]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield cast


@pytest.fixture
def client_of(client_of: Callable[[str | Person], Client]) -> Callable[[str | Person], Client]:
    """Return browsers whose people have just proven who they are, as seats ask for."""
    return lambda who: client_of(who) if who == "anonymous" else prove(client_of(who))


@pytest.fixture
def draft(cast: Cast) -> Mandate:
    """Version 2 as a draft: shorter than what is in force."""
    return draft_mandate(
        cast.committee, read_text(TEXT), by=cast.coordinator, source_text=TEXT, source_name="v2.txt"
    )


@pytest.fixture
def other(cast: Cast) -> Committee:
    """A committee without seats, which only the coordinator, executives and auditors follow."""
    return found_committee(name="The crisis committee", by=cast.coordinator)


def long_text(clauses: int) -> str:
    """Return a mandate with this many tasks."""
    tasks = "\n".join(f"- Approves document number {count} every year." for count in range(clauses))
    return f"Terms of reference of the Information Security Committee\n\nTasks\n{tasks}\n"


def builtin_draft(committee: Committee, by: Person) -> Mandate:
    text = builtin("en")
    return draft_mandate(committee, read_text(text), by=by, source_text=text)
