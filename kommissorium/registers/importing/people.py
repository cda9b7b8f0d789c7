"""Who is meant by a name or an e-mail in a cell: somebody there is, or nobody."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kommissorium.accounts.models import Person
from kommissorium.registers.importing.cells import folded

MOST_OFFERED = 8
_ADDRESS = re.compile(r"[^\s<>,;()]+@[^\s<>,;()]+")


@dataclass(frozen=True)
class Named:
    """A person as an import needs to know them."""

    pk: int
    name: str
    email: str
    job_title: str


@dataclass
class People:
    """Those who can be appointed, found by e-mail and by name."""

    by_key: dict[int, Named] = field(default_factory=dict)
    by_email: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, rows: Iterable[Named]) -> People:
        people = cls()
        for person in rows:
            people.by_key[person.pk] = person
            if person.email:
                people.by_email[person.email.casefold()] = person.pk
            people.by_name[folded(person.name)].append(person.pk)
            for word in folded(person.name).split():
                people.by_word[word].add(person.pk)
        return people

    @classmethod
    def known(cls) -> People:
        """Return all who can be named (one query)."""
        rows = Person.objects.active().values_list("pk", "name", "email", "job_title")
        return cls.of(Named(pk, name, email or "", title) for pk, name, email, title in rows)

    def found(self, text: str) -> list[int]:
        """Return those meant by "Anne Holm", "Holm, Anne", "anne@…" or "Anne Holm <anne@…>"."""
        address = _ADDRESS.search(text)
        if address:
            one = self.by_email.get(address[0].casefold())
            return [one] if one is not None else []
        last, comma, first = text.partition(",")
        turned = folded(f"{first} {last}") if comma else ""
        return self.by_name.get(folded(text)) or self.by_name.get(turned) or []

    def near(self, text: str) -> Sequence[Named]:
        """Return those who share the most words of their name with the text, best first."""
        words = folded(text.partition("@")[0]).split()
        shared: dict[int, int] = defaultdict(int)
        for word in words:
            for pk in self.by_word.get(word, ()):
                shared[pk] += 1
        best = sorted(shared, key=lambda pk: (-shared[pk], self.by_key[pk].name, pk))
        return [self.by_key[pk] for pk in best[:MOST_OFFERED]]
