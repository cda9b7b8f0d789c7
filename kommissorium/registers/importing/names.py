"""Names and words in cells that need a choice. One choice serves all rows that say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.accounts.actions import add_person
from kommissorium.accounts.models import Person
from kommissorium.core.documents.sheets import CellRefused
from kommissorium.core.richtext import one_line
from kommissorium.registers.importing.cells import Choices, LeftOut, folded, several, shown
from kommissorium.registers.importing.people import (
    Named,
    Newcomer,
    People,
    is_email,
    without_email,
    written,
)
from kommissorium.registers.importing.plan import Unknown
from kommissorium.registers.importing.spellings import followed, nearly_alike
from kommissorium.registers.importing.targets import Target

type Options = Callable[[], Sequence[tuple[str, str]]]

PERSON = "person"
WORD = "word_"  # begins the code of the group of cells of a target, before the target's
TWICE = f"{WORD}twice"  # the group of names that stand in several rows
EACH, FIRST = "each", "first"  # what rows of the same name are: different things, or one
NEW_ROW, LEAVE_EMPTY = "new", ""
MOST_NEAR = 8


class NameRefused(Exception):
    """It cannot be told who or what is meant; the message says what to do."""


@dataclass(frozen=True)
class NameGroup:
    """Group that cells can name: people, or rows of a model with a `name` and a `closed_on`.

    `add` makes a row of a name that nothing has; `most` is how long that may be. One of words
    has no model: what is chosen for a word is one of the `choices`, or, with `read`, another text
    that the target can read.
    """

    code: str
    label: str | Promise
    model: type[models.Model] | None = None
    most: int = 0
    add: Callable[[str, Person], models.Model] | None = None
    choices: Choices = ()
    read: Callable[[Any], object] | None = None
    also: str = ""  # another field that rows are told by, where a cell names several of them
    with_empty: bool = True  # whether it can be left as it is

    @property
    def is_of_words(self) -> bool:
        return self.model is None and self.code != PERSON


def words_group(target: Target) -> NameGroup:
    """Return the group of the cells of a target that cannot be what they say."""
    read = target.read if target.says_several or not target.choices else None
    return NameGroup(f"{WORD}{target.code}", target.label, choices=target.choices, read=read)


class Names:
    """Finds whom the cells name, and gathers the names that need a choice."""

    def __init__(
        self, groups: Sequence[NameGroup], choices: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.groups, self.choices = {group.code: group for group in groups}, choices
        self.unknown: dict[str, dict[str, Unknown]] = {code: {} for code in self.groups}
        self._by_key: dict[str, dict[int, Any]] = {}
        self._by_name: dict[str, dict[str, Any]] = {}
        self._made: dict[tuple[str, str], models.Model] = {}
        self.added: dict[int, int] = {}  # by newcomer the key of the person that was added

    @cached_property
    def people(self) -> People:
        """Return those who can be named."""
        return People.known()

    def by_key(self, group: str) -> Mapping[int, Any]:
        """Return the rows of a group by key; asked for once."""
        if group not in self._by_key:
            model: Any = self.groups[group].model
            self._by_key[group] = {row.pk: row for row in model.objects.all()}
        return self._by_key[group]

    def by_name(self, group: str) -> Mapping[str, Any]:
        """Return the rows of a group by folded name; of two the one that is in use."""
        if group not in self._by_name:
            rows = sorted(self.by_key(group).values(), key=is_closed, reverse=True)
            self._by_name[group] = {folded(row.name): row for row in rows}
        return self._by_name[group]

    def person(self, text: str, called: str = "") -> tuple[int | None, str]:
        """Return the key of the person, None to leave it as it is, and a note or "".

        `called` is the name where the text is an e-mail and another cell says it. The key is that
        of a newcomer where that was chosen. Raises NameRefused if unknown and not chosen.
        """
        found = self.people.found(text)
        if len(found) == 1:
            return found[0], ""
        parts = [self.people.found(part) for part in several(text)]
        if len(parts) > 1 and all(len(part) == 1 for part in parts):
            first = self.people.by_key[parts[0][0]].name
            return parts[0][0], first_only(text, first)
        name, email = written(text)
        name = written(called)[0] or name
        one = self._unknown(PERSON, text, lambda: self._people(text, found, called), bool(found))
        one.newcomer = one.newcomer or (", ".join(filter(None, [name, email])) if name else "")
        one.has_namesake = one.has_namesake or folded(name) in self.people.by_name
        spelling, chosen = followed(one.choice, self.choices.get(PERSON, {}))
        if spelling:
            found, text, (name, email) = self.people.found(spelling), spelling, written(spelling)
            if len(found) == 1:
                return found[0], ""
        if chosen == LEAVE_EMPTY:
            return None, ""
        if chosen == NEW_ROW and name:
            is_all = called or set(folded(name).split()) >= set(folded(without_email(text)).split())
            return self._newcomer(name, email), "" if is_all else first_only(text, name)
        if chosen is not None and chosen.isdigit() and int(chosen) in self.people.by_key:
            return int(chosen), ""
        one.choice = None  # what was chosen is no longer there: it is asked again
        sentence = (
            _("Several are called “%(name)s”. Choose who is meant.")
            if found
            else _("“%(name)s” is nobody known here. Choose who is meant.")
        )
        raise NameRefused(sentence % {"name": shown(text)})

    def row(self, group: str, text: str) -> Any:
        """Return the row of that name; a new one, not yet saved, where that was chosen.

        None to leave it as it is. Raises NameRefused for an unknown one nothing was chosen for.
        """
        key = folded(text) or text
        row = self.by_name(group).get(key)
        if row is not None:
            return self._open(row)
        one = self._unknown(group, text, lambda: self._near(group, key))
        spelling, chosen = followed(one.choice, self.choices.get(group, {}))
        if spelling:
            key, text = folded(spelling) or spelling, spelling
            row = self.by_name(group).get(key)
        if row is not None:
            return self._open(row)
        if chosen == LEAVE_EMPTY:
            return None
        if chosen == NEW_ROW:
            return self._new(group, key, text)
        picked = next((row for pk, row in self.by_key(group).items() if str(pk) == chosen), None)
        if picked is None:
            one.choice = None
            sentence = _("“%(name)s” is not in the register. Choose what is meant.")
            raise NameRefused(sentence % {"name": shown(text)})
        return self._open(picked)

    def word(self, group: str, text: str) -> str | None:
        """Return what is to be read in place of a cell, "" for nothing; None if not yet chosen."""
        options = [(str(code), str(label)) for code, label in self.groups[group].choices if code]
        return self._asked(group, text, lambda: options)

    def asked(self, group: str, text: str, options: Options) -> str | None:
        """Return what was chosen among options of the row's own; None if not yet chosen."""
        return self._asked(group, text, options)

    def chosen_key(self, group: str, words: str) -> str:
        """Return the key of the one somebody wrote the name or e-mail of; "" for none in use.

        Of words it is the text itself, if it can be read.
        """
        if read := self.groups[group].read:
            return words if is_readable(read, words) else ""
        if group == PERSON:
            found = self.people.found(words)
            return str(found[0]) if len(found) == 1 else ""
        row = self.by_name(group).get(folded(words))
        return "" if row is None or is_closed(row) else str(row.pk)

    def note_spellings(self) -> None:
        """Let names that may be new know those of the file that are spelled nearly like them."""
        for code, group in self.groups.items():
            new: dict[str, Unknown] = {}
            for one in self.unknown[code].values() if group.add or code == PERSON else ():
                called = one.newcomer if code == PERSON else one.text
                if called and "@" not in called:  # who has an e-mail is told by that
                    new.setdefault(called, one)
            for called, alike in nearly_alike(new).items():
                new[called].spellings = [new[one] for one in alike] if len(alike) > 1 else ()

    def add_new(self, values: MutableMapping[str, Any], by: Person) -> None:
        """Add what is among the values and was chosen to be new; each once."""
        for code, row in values.items():
            if isinstance(row, Newcomer):
                values[code] = self.kept(row, by)
            elif isinstance(row, models.Model) and row.pk is None:
                group = next(code for (code, _key), made in self._made.items() if made is row)
                add = self.groups[group].add
                row.pk = add(str(row), by).pk if add else None

    def kept(self, key: int, by: Person) -> int:
        """Return the key of a person, who is added first where they are a newcomer."""
        if not isinstance(key, Newcomer):
            return key
        if key not in self.added:
            one = self.people.by_key[key]
            self.added[key] = add_person(by=by, name=one.name, email=one.email).pk
        return self.added[key]

    def _newcomer(self, name: str, email: str) -> Newcomer:
        """Return the key of somebody who is to be added. Raises NameRefused if they cannot be."""
        most = Person._meta.get_field("name").max_length or 0  # noqa: SLF001
        if len(name) > most:
            raise NameRefused(_("The text can be %(most)d characters long.") % {"most": most})
        if email and not is_email(email):
            raise NameRefused(_("“%(email)s” is not an e-mail address.") % {"email": shown(email)})
        if email in self.people.left:
            sentence = _("“%(email)s” is the e-mail of somebody who has left.")
            raise NameRefused(sentence % {"email": shown(email)})
        return self.people.newcomer(name, email)

    def _open(self, row: Any) -> Any:
        if is_closed(row):
            raise NameRefused(_("“%(name)s” is no longer in use.") % {"name": row.name})
        return row

    def _new(self, group: str, key: str, text: str) -> Any:
        name, most = one_line(text), self.groups[group].most
        if len(name) > most:
            sentence = _("The text can be %(most)d characters long.")
            raise NameRefused(sentence % {"most": most})
        model: Any = self.groups[group].model
        return self._made.setdefault((group, key), model(name=name))

    def _asked(self, group: str, text: str, options: Options) -> str | None:
        """Note that the name needs a choice; return the one made, None for none."""
        return self._unknown(group, text, options).choice

    def _unknown(self, group: str, text: str, options: Options, several: bool = False) -> Unknown:
        """Return a name that needs a choice, noted once for all rows that say the same."""
        key = folded(text) or text
        one = self.unknown[group].get(key)
        if one is None:
            choice = self.choices.get(group, {}).get(key)
            one = Unknown(key, text, 0, options(), several, choice)
            self.unknown[group][key] = one
        one.rows += 1
        return one

    def _people(self, text: str, found: Sequence[int], called: str) -> list[tuple[str, str]]:
        near = [self.people.by_key[pk] for pk in found] or self.people.near(called or text)
        return [(str(one.pk), _described(one)) for one in near]

    def _near(self, group: str, key: str) -> list[tuple[str, str]]:
        """Return those in use that share the most words with the name, best first."""
        words = set(key.split())
        shared = [
            (-len(words & set(other.split())), row.name, row.pk)
            for other, row in self.by_name(group).items()
            if not is_closed(row) and words & set(other.split())
        ]
        return [(str(pk), name) for _count, name, pk in sorted(shared)[:MOST_NEAR]]


def is_closed(row: Any) -> bool:
    """Return whether it is no longer chosen: an area is closed, an asset ends."""
    return bool(getattr(row, "closed_on", None) or getattr(row, "ended_on", None))


def first_only(text: str, name: str) -> str:
    """Return the note that of several in a cell one is taken."""
    note = _("Of “%(names)s” only %(name)s is taken: there is one in each role.")
    return note % {"names": shown(text), "name": name}


def is_readable(read: Callable[[Any], object], words: str) -> bool:
    """Return whether something can be made of the words."""
    try:
        return read(words) is not None
    except (CellRefused, LeftOut):
        return False


def _described(person: Named) -> str:
    return ", ".join(filter(None, [person.name, person.job_title, person.email]))
