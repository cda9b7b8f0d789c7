"""Numbers that rules tell of a list: each with its sentence, its list and what it means of a clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kommissorium.measures.findings import (
    Evidence,
    Finding,
    State,
    Step,
    event_evidence,
    fulfilled,
)
from kommissorium.measures.past import PastEvent
from kommissorium.measures.said import Joined, Phrase, Said, Words, _, joined, link, listed

NAMED = 3  # titles in a sentence


@dataclass(frozen=True)
class Plural:
    """A sentence of one and of several, of a number that is not known yet."""

    one: str
    many: str

    def __mod__(self, values: Mapping[str, Any]) -> Said:
        return Said(self.one, self.many, values["number"], tuple(values.items()))


def plural(one: str, many: str) -> Plural:
    return Plural(one, many)


@dataclass(frozen=True)
class Tailed(Phrase):
    """A sentence with more of it before its stop."""

    sentence: Words
    tail: Words

    def __str__(self) -> str:
        text = str(self.sentence)
        return f"{text.removesuffix('.')}{self.tail}."


def enumerated(parts: Sequence[Words]) -> Words:
    """Return "a, b and c"."""
    if len(parts) == 1:
        return parts[0]
    return Joined((listed(parts[:-1]), _(" and "), parts[-1]), "")


@dataclass(frozen=True)
class Counted:
    """Something that is counted of the rows of a list, as a rule tells it.

    `none` is the sentence of none; the list `page` shows exactly these rows when it is `narrowed`
    so. `state` is how a clause stands that asks for none of them.
    """

    code: str
    sentence: Plural | str = ""
    none: Words = ""
    button: Words = ""
    page: str = ""
    narrowed: str = ""
    state: State = field(default=State.FULFILLED)

    def said(self, number: int) -> Words:
        """Return the sentence of so many."""
        if number and isinstance(self.sentence, Plural):
            return self.sentence % {"number": number}
        return self.none

    def named(self, titles: Sequence[str]) -> Words:
        """Return the sentence of things with these titles, with the first of them."""
        return self.naming([_("“%(title)s”") % {"title": one} for one in titles])

    def naming(self, names: Sequence[Words]) -> Words:
        """Return the sentence of things with these names as they stand, with the first of them."""
        if not names:
            return self.said(0)
        first = enumerated(names[:NAMED])
        if len(names) > NAMED:
            return Tailed(self.said(len(names)), _(", among them %(names)s") % {"names": first})
        return Tailed(self.said(len(names)), joined(": ", first, between=""))

    @property
    def step(self) -> Step:
        return Step(self.button, link(self.page, end=f"?{self.narrowed}"))

    def finding(self, number: int, *evidence: Evidence) -> Finding:
        """Return what is found of a clause that asks for none of its rows."""
        text = self.said(number)
        if self.state == State.FULFILLED or not number:
            return Finding(State.FULFILLED, text, evidence)
        return Finding(self.state, text, evidence, self.step)


def told_of(found: Sequence[PastEvent], text: str | Said, page: str, kind: str) -> Finding:
    """Return a finding that names what events of a kind of thing are about: it turns nothing.

    `text` holds their `number` and `names`; `page` is the address that shows one.
    """
    titles = [str(one.facts["title"]) for one in found]
    evidence = [
        event_evidence(title, link(page, one.key), f"{kind} {one.key}", one.noted, one.noted.on)
        for one, title in zip(found, titles)
    ]
    names = ", ".join(f"“{title}”" for title in titles)
    return fulfilled(text % {"number": len(found), "names": names}, *evidence)
