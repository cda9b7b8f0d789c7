"""Where a register shows itself: its line in the menu, its tabs, and its parts on others' pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise

from kommissorium.accounts.models import Person
from kommissorium.registers.links import Link


def nobody(_person: Person) -> bool:
    """Return False: other pages lead there."""
    return False


@dataclass(frozen=True, slots=True)
class MenuLine:
    """`home` is the name of the address it leads to; `prefixes` are other addresses that light it.

    With `for_everybody` it stands also with who follows no committee. `leads` says the address for
    one person, where that differs.
    """

    home: str
    prefixes: tuple[str, ...] = ()
    for_everybody: bool = False
    is_shown_to: Callable[[Person], bool] = lambda _person: True
    leads: Callable[[Person], str] | None = None

    def home_of(self, person: Person) -> str:
        """Return the name of the page that it leads the person to."""
        return self.leads(person) if self.leads else self.home


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a register; `name` is its address."""

    name: str
    label: str
    args: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.name, args=self.args)


@dataclass(frozen=True, slots=True)
class TabLine:
    """Tabs as templates/registers/tabs.html shows them; `current` is the name of one of them."""

    title: str
    current: str
    tabs: Sequence[Tab]
    more: Sequence[Tab] = ()

    @property
    def is_in_more(self) -> bool:
        return any(tab.name == self.current for tab in self.more)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is done on a page, for who looks for it: search leads those there who may.

    `words` are others that people type for it; `name` is the address.
    """

    label: str | Promise
    words: str | Promise
    name: str
    may: Callable[[Person], bool]
    args: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.name, args=self.args)


class Part(NamedTuple):
    """A part of a page: its template and what fills it; `head` is a template for the page's head."""

    template: str
    context: Mapping[str, Any]
    head: str = ""


# Parts of the page of another room's thing, as the person may read them.
PARTS: Final[Link[Callable[[Model, Person], Iterable[Part]]]] = Link("parts", several=True)
# What is told before somebody ends another room's thing.
END_NOTICES: Final[Link[Callable[[Model], Iterable[Part]]]] = Link("end_notices", several=True)
