"""Sample that the tests of all imports need: a sheet, and what others may do meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kommissorium.conftest import Cast


def nothing(_cast: Cast) -> None:
    """Do nothing."""


@dataclass(frozen=True)
class ImportSample:
    """A sheet of an import, made up of right rows by number, and one row that is wrong.

    `acts` is the room whose acts tell of it, and `fault` the label, in English, of the column at
    fault. `held` returns what the register holds, so that any change shows. `prepare` makes
    what an import is about, and `settle` lets what was taken in hold; `meddle` changes what a plan was made of, and `spoil` what an import made.
    """

    kind: str
    acts: str
    headings: str
    row: Callable[[int], str]
    wrong: str
    fault: str
    held: Callable[[], object]
    meddle: Callable[[Cast], object]
    spoil: Callable[[Cast], object]
    settle: Callable[[Cast], object] = nothing
    prepare: Callable[[Cast], object] = nothing
    options: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, rows: int, *more: str) -> bytes:
        """Return a sheet of that many right rows, and more."""
        right = (self.row(number) for number in range(rows))
        return "\n".join([self.headings, *right, *more]).encode()
