"""People meant by a name or an e-mail in a cell, and what else a sheet of people says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.email_signs import is_plain
from kommissorium.accounts.models import Person
from kommissorium.core.documents.sheets import CellRefused
from kommissorium.core.richtext import one_line
from kommissorium.registers.importing.cells import Cell, folded, shown, words_of
from kommissorium.registers.importing.links import LINK
from kommissorium.registers.importing.targets import Target

MOST_OFFERED = 8
_ADDRESS = re.compile(r"[^\s<>,;()]+@[^\s<>,;()]+")
_BETWEEN_PEOPLE = re.compile(r"[;\n|/]+")
_LETTER = re.compile(r"[^\W\d_]")


class Newcomer(int):
    """The key somebody has until the rows are taken in and they are added: below zero."""


@dataclass(frozen=True)
class Named:
    """A person as an import needs to know them."""

    pk: int
    name: str
    email: str
    job_title: str


def written(text: str) -> tuple[str, str]:
    """Return the name and the e-mail of the first person whom a cell speaks of, "" for none.

    "Holm, Anne" is Anne Holm; of an e-mail alone the name is what stands before the @.
    """
    first = _BETWEEN_PEOPLE.split(text.strip())[0]
    address = _ADDRESS.search(first)
    email = address[0].casefold() if address else ""
    name = turned(without_email(first))
    if email and _ADDRESS.fullmatch(first.strip(" <>()[],:-")):
        name = " ".join(part.capitalize() for part in folded(name).split())
    return (name if _LETTER.search(name) else ""), email


def without_email(text: str) -> str:
    """Return what a text says beside an e-mail."""
    email_there = _ADDRESS.search(text)
    rest = one_line(_ADDRESS.sub("", text)).strip(" <>()[],:-")
    return rest or (email_there[0].partition("@")[0] if email_there else "")


def turned(name: str) -> str:
    """Return "Anne Holm" for "Holm, Anne", and the first name where several are between commas."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) == 2 and (" " not in parts[0] or " " not in parts[1]):  # noqa: PLR2004
        return f"{parts[1]} {parts[0]}"
    return parts[0] if parts else ""


def is_email(text: str) -> bool:
    """Return whether a text can be an e-mail."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return is_plain(text)


@dataclass
class People:
    """Those who can be appointed, found by e-mail and by name."""

    by_key: dict[int, Named] = field(default_factory=dict)
    by_email: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    left: frozenset[str] = frozenset()  # e-mails of those who have left
    newcomers: list[Newcomer] = field(default_factory=list)  # who are added with the rows

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
        fields = ("pk", "name", "email", "job_title", "is_active")
        rows = list(Person.objects.values_list(*fields))
        people = cls.of(
            Named(pk, name, email or "", job) for pk, name, email, job, here in rows if here
        )
        people.left = frozenset(
            email.casefold() for _pk, _name, email, _job, here in rows if email and not here
        )
        return people

    def found(self, text: str) -> list[int]:
        """Return those meant by "Anne Holm", "Holm, Anne", "anne@…" or "Anne Holm <anne@…>"."""
        address = _ADDRESS.search(text)
        if address:
            one = self.by_email.get(address[0].casefold())
            return [one] if one is not None else []
        last, comma, first = text.partition(",")
        turned = folded(f"{first} {last}") if comma else ""
        return self.by_name.get(folded(text)) or self.by_name.get(turned) or []

    def newcomer(self, name: str, email: str) -> Newcomer:
        """Return the key of somebody who is to be added; the same however often they are named."""
        for key in self.newcomers:
            one = self.by_key[key]
            is_named = folded(one.name) == folded(name) and not (one.email and email)
            if is_named or (email and one.email == email):
                self.by_key[key] = replace(one, email=one.email or email)
                return key
        key = Newcomer(-1 - len(self.newcomers))
        self.newcomers.append(key)
        self.by_key[key] = Named(key, name, email, "")
        return key

    def near(self, text: str) -> Sequence[Named]:
        """Return those who share the most words of their name with the text, best first."""
        words = folded(text.partition("@")[0]).split()
        shared: dict[int, int] = defaultdict(int)
        for word in words:
            for pk in self.by_word.get(word, ()):
                shared[pk] += 1
        best = sorted(shared, key=lambda pk: (-shared[pk], self.by_key[pk].name, pk))
        return [self.by_key[pk] for pk in best[:MOST_OFFERED]]


FIRST_NAME, LAST_NAME = "first_name", "last_name"
TEXTS: Final = ("job_title", "department")
MOST: Final = 120
_FORMULA: Final = ("'=", "'+", "'-", "'@")  # how our list keeps a text from being a formula

HEADINGS: Final[Mapping[str, Sequence[str]]] = {
    LINK: ("link",),
    "name": (
        *("navn", "name", "fulde navn", "full name", "vist navn", "display name", "displayname"),
        *("medarbejder", "medarbejdernavn", "employee", "person", "cn"),
    ),
    FIRST_NAME: ("fornavn", "fornavne", "first name", "given name", "givenname"),
    LAST_NAME: ("efternavn", "last name", "surname", "family name", "sn"),
    "email": (
        *("e mail", "email", "mail", "e mailadresse", "mailadresse", "emailadresse", "e post"),
        *("arbejdsmail", "e mail arbejde", "mail arbejde", "email address", "e mail address"),
        *("primær e mail", "primary smtp address", "primarysmtpaddress", "mail adresse"),
        *("userprincipalname", "user principal name", "upn"),
    ),
    "job_title": (
        *("stilling", "stillingsbetegnelse", "titel", "jobtitel", "job title", "jobtitle"),
        *("title", "stillingstitel", "stillingsbetegn", "position", "rolle"),
    ),
    "department": (
        *("afdeling", "afd", "department", "område", "forvaltning", "enhed", "organisationsenhed"),
        *("organisation", "center", "team", "area", "unit", "arbejdssted", "afdelingsnavn"),
        "fagområde",
    ),
}


def text_of(cell: Cell) -> str:
    """Return a text of one line. Raises CellRefused for one that is too long."""
    words = one_line(words_of(cell))
    words = words[1:] if words.startswith(_FORMULA) else words
    if len(words) > MOST:
        raise CellRefused(_("The text can be %(most)d characters long.") % {"most": MOST})
    return words


def email_of(cell: Cell) -> str:
    """Return an e-mail. Raises CellRefused for what is none."""
    words = one_line(words_of(cell)).removeprefix("mailto:").strip("<>;, ").lower()
    if not is_email(words):
        raise CellRefused(_("“%(email)s” is not an e-mail address.") % {"email": shown(words)})
    return words


def people_targets() -> Sequence[Target]:
    """Return what the columns can be."""
    labels = {
        LINK: gettext_lazy("Link"),
        "name": gettext_lazy("Name"),
        FIRST_NAME: gettext_lazy("First name"),
        LAST_NAME: gettext_lazy("Last name"),
        "email": gettext_lazy("E-mail"),
        "job_title": gettext_lazy("Job title"),
        "department": gettext_lazy("Department"),
    }
    read: dict[str, Callable[[Cell], object]] = {"email": email_of, LINK: words_of}
    return [
        Target(code, label, HEADINGS[code], read=read.get(code, text_of))
        for code, label in labels.items()
    ]
