"""A part of a page that one room shows on another's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.db.models import Model

from kommissorium.accounts.models import Person
from kommissorium.registers.links import Link


class Part(NamedTuple):
    """A part of a page: its template and what fills it; `head` is a template for the page's head."""

    template: str
    context: Mapping[str, Any]
    head: str = ""


# Parts of the page of another room's thing, as the person may read them.
PARTS: Final[Link[Callable[[Model, Person], Iterable[Part]]]] = Link("parts", several=True)
# What is told before somebody ends another room's thing.
END_NOTICES: Final[Link[Callable[[Model], Iterable[Part]]]] = Link("end_notices", several=True)
