"""Targets for the columns of a sheet of people, and how their cells are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.documents.sheets import CellRefused
from kommissorium.core.richtext import one_line
from kommissorium.registers.importing.cells import Cell, shown, words_of
from kommissorium.registers.importing.links import LINK
from kommissorium.registers.importing.people import is_email
from kommissorium.registers.importing.targets import Target

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
