"""The line of a register in the menu: where it leads, and whom it is shown to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kommissorium.accounts.models import Person


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
