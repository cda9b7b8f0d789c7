"""Who reads the rows of a table in an export, as each room's app configuration says in `readers`.

A table whose model says itself who may see a row (`visible_to`, or its kind in the search), and
one that joins two others, need not be named. Every other sealed table must: a test fails for one
that is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Under:
    """Rows that belong to others, named by foreign keys: whoever reads all of them reads it.

    Without a ground they are withheld on that of the first of them.
    """

    parents: tuple[str, ...]
    ground: str | Promise = ""


@dataclass(frozen=True)
class Kept:
    """Rows that no export for a reader shows, with the reason."""

    ground: str | Promise


@dataclass(frozen=True)
class Itself:
    """Rows of a model that says itself who sees them; others do not on that ground."""

    ground: str | Promise


@dataclass(frozen=True)
class Everybodys:
    """Counts, settings and words: whoever reads the evidence reads them."""


@dataclass(frozen=True)
class Former:
    """What rows held before, of which no page shows a past: for whoever reads the row today.

    But not what it held while a field had one of the values that are `closed`, nor while what it is
    `under` was closed.
    """

    under: str = ""
    closed: Mapping[str, tuple[object, ...]] = field(default_factory=dict)


type Rule = Under | Kept | Itself | Everybodys
type Readers = Mapping[str, Rule]  # by the name of the model, in lower case
type Formers = Mapping[str, Former]  # likewise: an app configuration's `formers`

PAGE: Final = _("No page shows it to you.")
CLOSED: Final = _("What is closed is for those whom the committee names.")
UNDER_WAY: Final = _("Drafts, and what was given up, are for those who write them.")
NOT_SENT: Final = _("Minutes that are not sent out yet are for those who take them.")
CONCERN: Final = _("Comments on minutes are for those whom the minutes concern.")
CASES: Final = _("Cases of incidents are for those who handle them.")
EMPLOYEES: Final = _("Who has read a text or taken a course is for those who keep count of it.")
FEW: Final = _("Figures that tell of few people are shown to nobody.")
SIGN_IN: Final = _("How people sign in, and keys, are shown to nobody.")
SECOND: Final = _("What waits for a second yes is for those who ask, are asked or answer.")
OWN: Final = _("It is somebody's own.")
FORMER: Final = _("The row is withheld, or what it held then was closed or a draft.")
PART: Final = _("Drafts are for those who write them, and what is closed for those who are named.")
FILE: Final = _("The file belongs to rows that are withheld, or the server no longer has it.")
RECORD: Final = _("The record holds something that is closed, or belongs to what you may not see.")


OPEN: Final = Everybodys()


def under(*parents: str, ground: str | Promise = "") -> Under:
    """Return the rule of rows that belong to those."""
    return Under(parents, ground)
