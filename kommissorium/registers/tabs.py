"""The pages of a register as tabs above each of them: those in a line, and those under "More"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse


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
