"""Cells that name several rows of another model, by names in which commas may stand, or by a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kommissorium.registers.importing.cells import Cell, folded, several, shown
from kommissorium.registers.importing.names import NameRefused, Names, is_closed


class Several:
    """Finds the rows of a group that a cell names."""

    def __init__(self, names: Names, group: str) -> None:
        self.names, self.group, self.also = names, group, names.groups[group].also
        found: dict[str, list[Any]] = defaultdict(list)
        for one in names.by_key(group).values():
            words = {folded(getattr(one, field)) for field in filter(None, ("name", self.also))}
            for word in words - {""}:
                found[word].append(one)
        self.called: Mapping[str, Sequence[Any]] = found

    def named(self, cell: Cell, held: Collection[int]) -> list[Any]:
        """Return what a cell names, in order; `held` are the keys of what stands there already.

        Raises NameRefused for a name that several have, and one nothing has been chosen for.
        """
        found: dict[int, Any] = {}
        rest = several(cell)
        while rest:
            most = next((n for n in range(len(rest), 1, -1) if self._known(rest[:n], held)), 1)
            for one in self._known(rest[:most], held) or self._asked(rest[0]):
                found[one.pk] = one
            rest = rest[most:]
        return in_order(found.values())

    def _known(self, parts: Sequence[str], held: Collection[int]) -> Sequence[Any]:
        """Return what is called so: what stands there already, else the one that is in use."""
        called = self.called.get(folded(" ".join(parts)), ())
        if own := [one for one in called if one.pk in held]:
            return own
        in_use = [one for one in called if not is_closed(one)]
        if len(in_use) > 1:
            label = in_use[0]._meta.get_field(self.also or "name").verbose_name  # noqa: SLF001
            text = _("Several are called “%(name)s”. Write this instead: %(field)s.")
            raise NameRefused(text % {"name": shown(", ".join(parts)), "field": label})
        return in_use

    def _asked(self, words: str) -> Sequence[Any]:
        """Return what was chosen for a name that nothing has. Raises NameRefused until it is."""
        one = self.names.row(self.group, words)
        return [one] if one is not None else []


def in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda one: one.pk)
