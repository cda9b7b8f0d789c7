"""Names in cells: of people, areas and suppliers. One choice serves all rows with that name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from kommissorium.assets.importing.cells import several, shown
from kommissorium.assets.importing.people import Named
from kommissorium.assets.importing.plan import LEAVE_EMPTY, NEW_ROW, Unknown
from kommissorium.assets.importing.register import Register, RowModel
from kommissorium.assets.importing.targets import folded
from kommissorium.assets.models import Area, Supplier
from kommissorium.assets.models.areas import NAME_LENGTH as AREA_LENGTH
from kommissorium.assets.models.suppliers import NAME_LENGTH as SUPPLIER_LENGTH
from kommissorium.core.richtext import one_line

PERSON = "person"
GROUPS = (PERSON, "area", "supplier")
MODELS: Mapping[str, tuple[type[RowModel], int]] = {
    "area": (Area, AREA_LENGTH),
    "supplier": (Supplier, SUPPLIER_LENGTH),
}
type Options = Callable[[], Sequence[tuple[str, str]]]

MOST_NEAR = 8


class NameRefused(Exception):
    """It cannot be told who or what is meant; the message says what to do."""


class Names:
    """Finds whom the cells name, and gathers the names that need a choice."""

    def __init__(self, register: Register, choices: Mapping[str, Mapping[str, str]]) -> None:
        self.register, self.choices = register, choices
        self.unknown: dict[str, dict[str, Unknown]] = {group: {} for group in GROUPS}
        self.made: dict[tuple[str, str], RowModel] = {}

    def person(self, text: str) -> tuple[int | None, str]:
        """Return the key of the person, None to leave the role as it is, and a note or "".

        Raises NameRefused for who is unknown and has not been chosen.
        """
        people = self.register.people
        found = people.found(text)
        if len(found) == 1:
            return found[0], ""
        parts = [people.found(part) for part in several(text)]
        if len(parts) > 1 and all(len(part) == 1 for part in parts):
            first = people.by_key[parts[0][0]].name
            note = _("Of “%(names)s” only %(name)s is taken: there is one in each role.")
            return parts[0][0], note % {"names": shown(text), "name": first}
        chosen = self._asked(PERSON, text, lambda: self._people(text, found), several=bool(found))
        if chosen == LEAVE_EMPTY:
            return None, ""
        if chosen is not None and chosen.isdigit() and int(chosen) in people.by_key:
            return int(chosen), ""
        sentence = (
            _("Several are called “%(name)s”. Choose who is meant.")
            if found
            else _("“%(name)s” is nobody known here. Choose who is meant.")
        )
        raise NameRefused(sentence % {"name": shown(text)})

    def row(self, group: str, text: str) -> RowModel | None:
        """Return the area or supplier; a new one, not yet saved, where that was chosen.

        None to leave it as it is. Raises NameRefused for an unknown one nothing was chosen for.
        """
        key = folded(text) or text
        there = self.register.rows[group]
        row = there.get(key)
        if row is not None:
            return self._open(row)
        chosen = self._asked(group, text, lambda: self._near(group, key))
        if chosen == LEAVE_EMPTY:
            return None
        if chosen == NEW_ROW:
            return self._new(group, key, text)
        picked = next((row for row in there.values() if str(row.pk) == chosen), None)
        if picked is None:
            sentence = _("“%(name)s” is not in the register. Choose what is meant.")
            raise NameRefused(sentence % {"name": shown(text)})
        return self._open(picked)

    def _open(self, row: RowModel) -> RowModel:
        if row.closed_on:
            raise NameRefused(_("“%(name)s” is no longer in use.") % {"name": row.name})
        return row

    def _new(self, group: str, key: str, text: str) -> RowModel:
        model, most = MODELS[group]
        name = one_line(text)
        if len(name) > most:
            sentence = _("The text can be %(most)d characters long.")
            raise NameRefused(sentence % {"most": most})
        return self.made.setdefault((group, key), model(name=name))

    def _asked(
        self, group: str, text: str, options: Options, *, several: bool = False
    ) -> str | None:
        """Note that the name needs a choice; return the one made, None for none."""
        key = folded(text) or text
        one = self.unknown[group].get(key)
        if one is None:
            choice = self.choices.get(group, {}).get(key)
            one = Unknown(key, text, 0, options(), several, choice)
            self.unknown[group][key] = one
        one.rows += 1
        return one.choice

    def _people(self, text: str, found: Sequence[int]) -> list[tuple[str, str]]:
        people = self.register.people
        near = [people.by_key[pk] for pk in found] or people.near(text)
        return [(str(one.pk), _described(one)) for one in near]

    def _near(self, group: str, key: str) -> list[tuple[str, str]]:
        """Return those in use that share the most words with the name, best first."""
        words = set(key.split())
        shared = [
            (-len(words & set(other.split())), row.name, row.pk)
            for other, row in self.register.rows[group].items()
            if not row.closed_on and words & set(other.split())
        ]
        return [(str(pk), name) for _count, name, pk in sorted(shared)[:MOST_NEAR]]


def _described(person: Named) -> str:
    return ", ".join(filter(None, [person.name, person.job_title, person.email]))
