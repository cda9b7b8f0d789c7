"""The result of reading a mandate, its seats and clauses; or why it could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from kommissorium.measures.codes import Measure


KINDS: Final = ("member", "responsibility", "task", "meeting", "agenda", "other")
ROLES: Final = ("chair", "deputy_chair", "secretary", "adviser", "member")
LETTERS: Final = dict(zip(KINDS, "MRTKAO", strict=True))


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A seat: its role (one of ROLES) and the function that fills it, None when open."""

    number: str
    role: str
    function: str | None
    text: str


SCHEMA: Final = "kommissorium-mandate-1"


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause, its measure and its cadence.

    `cadence_months` is the longest interval the text allows, in whole months; `min_per_year` the
    fewest and `max_per_year` the most times a year; `horizon_months` how far ahead something must
    be known. None where the text says nothing.
    """

    number: str
    kind: str
    text: str
    measure: Measure | None = None
    cadence_months: int | None = None
    min_per_year: int | None = None
    max_per_year: int | None = None
    horizon_months: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "kind": self.kind,
            "text": self.text,
            "measure": None if self.measure is None else self.measure.value,
            "cadence_months": self.cadence_months,
            "min_per_year": self.min_per_year,
            "max_per_year": self.max_per_year,
            "horizon_months": self.horizon_months,
        }


@dataclass(frozen=True, slots=True)
class Understanding:
    """A mandate as the reader understood it: a proposal for a person to correct and approve.

    `language` is one of da, en, sv and nb; `title` is empty when the text has none. `headings`
    are the lines that only order the text: headings, heads of tables and lead-ins to lists.
    """

    language: str
    title: str
    members: tuple[MemberRow, ...]
    clauses: tuple[ReadClause, ...]
    headings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the members and clauses as plain data, in the order of the text."""
        return {
            "schema": SCHEMA,
            "members": [{"role": row.role, "function": row.function} for row in self.members],
            "clauses": [clause.as_json() for clause in self.clauses],
        }


MAX_FILE_MB: Final = 10
MAX_BYTES: Final = MAX_FILE_MB * 1024 * 1024
MAX_CHARACTERS: Final = 60_000

MESSAGES: Final[dict[str, _StrPromise]] = {
    "empty": _("The file is empty. Choose the file with the terms of reference."),
    "too_large": _("The file is larger than 10 MB. Terms of reference are much smaller."),
    "unknown_type": _(
        "The file is not a text that can be read. Use a .docx, .odt, .pdf, .txt or .md file."
    ),
    "old_word": _(
        "The file is in the old Word format or is locked with a password. "
        "Save it as .docx without a password."
    ),
    "encrypted": _("The file is locked with a password. Save a copy without one."),
    "no_text_layer": _(
        "The PDF holds pictures of pages, not text. Use the document it was scanned from."
    ),
    "zip_bomb": _("The file unpacks to far more than a document holds, so it was not opened."),
    "damaged": _("The file is damaged and cannot be opened. Save it again and try once more."),
    "busy": _("Other files are being read just now. Try again in a moment."),
    "too_heavy": _("The file takes too long to open. Save its text as a .txt file and use that."),
    "too_long": _(
        "The text is longer than 60,000 characters. Terms of reference are much shorter."
    ),
    "no_mandate": _(
        "No terms of reference were found in the text. "
        "It should say who the members are, what the committee does and when it meets."
    ),
}


class UnreadableMandate(Exception):
    """Raised for a file or text that is no readable mandate.

    `code` is a key of MESSAGES, `message` the sentence to show, translated when it is shown.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = MESSAGES[code]
