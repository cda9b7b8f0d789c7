"""Something that went wrong, as its register tells of it to others: a plan was activated, say.

Which register that is nobody here knows: it is found by the code that a key begins with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Model

from kommissorium.accounts.models import Person
from kommissorium.registers.links import Link
from kommissorium.registers.parts import Part

YES: Final = "yes"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as one person may know it. `label` is its name where details must not be shown."""

    code: str  # of its register
    own: int  # its key there
    label: str
    url: str
    began: datetime
    found_at: datetime
    assets: Sequence[int]
    is_activated: bool  # whether a contingency plan was

    @property
    def key(self) -> str:
        """Return by what others name it, who may not know what it is."""
        return f"{self.code}:{self.own}"


HAPPENED: Final[Link[type[Model]]] = Link("happened", several=True)
# A register's parts of the page of something that went wrong in another one.
FOLLOWS: Final[Link[Callable[[Happening, Person], Iterable[Part]]]] = Link("follows", several=True)


def happening_of(key: str, person: Person) -> Happening | None:
    """Return what is named so; None for nothing, and for what the person may not know of."""
    code, _colon, own = key.partition(":")
    try:
        model: Any = HAPPENED.ask_of(code)
        row = model.objects.visible_to(person).filter(pk=int(own)).first()
    except (LookupError, ValueError):
        return None
    if row is None:
        return None
    return Happening(
        code,
        row.pk,
        row.label,
        row.get_absolute_url(),
        began=row.happened_at or row.discovered_at,
        found_at=row.discovered_at,
        assets=list(row.assets.values_list("pk", flat=True)),
        is_activated=row.plan_activated == YES,
    )


def parts_about(row: Model, person: Person, code: str) -> Iterator[Part]:
    """Yield what all registers have to show of something of the register of that code."""
    if found := happening_of(f"{code}:{row.pk}", person):
        for follows in FOLLOWS.ask_all():
            yield from follows(found, person)
