"""Reads the text of a Word document that people wrote or edited, heading by heading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.documents.subprocess_runner import Busy, Failed, Stopped, answer_of
from kommissorium.core.documents.word_template import MEGABYTE, OLE, REFUSALS
from kommissorium.core.richtext import sanitise
from kommissorium.core.richtext.sanitiser import RichTextRefused

PROGRAM: Final = "kommissorium.core.documents.word_reader.program"
SECONDS: Final = 30
MOST_BYTES: Final = 25 * MEGABYTE
# What is said of a document that was read all the same.
REMARKS: Final = {
    "tracked": gettext_lazy(
        "The document has tracked changes. Additions were taken as accepted, deletions as deleted."
    ),
    "comments": gettext_lazy("Comments in the document were left out."),
    "pictures": gettext_lazy("Pictures in the document were left out."),
    "notes": gettext_lazy("Footnotes in the document were left out."),
}


class WordRefused(Exception):
    """The document cannot be read; the message says why in the user's language."""


@dataclass(frozen=True, slots=True)
class WordSection:
    """A heading and the text under it, as sanitised HTML.

    What stands before the first heading has the level 0. `bookmarks` are the names of those that
    stand in the heading: a document of ours tells by them what a section is, whatever its words
    became.
    """

    heading: str
    level: int
    html: str
    bookmarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordText:
    """The content of a document, and remarks about what was left out.

    `title` is the first paragraph in Word's style for it; it stands among the others too.
    """

    sections: tuple[WordSection, ...]
    remarks: tuple[str | Promise, ...] = ()
    title: str = ""


def read_word(data: bytes) -> WordText:
    """Read a .docx file. Raises WordRefused."""
    if len(data) > MOST_BYTES:
        values = {"most": MOST_BYTES // MEGABYTE}
        raise WordRefused(_("The file is larger than %(most)d MB.") % values)
    if data.startswith(OLE):
        raise WordRefused(str(REFUSALS["locked"]))
    try:
        told = answer_of(PROGRAM, data=data, seconds=SECONDS)
    except Busy:
        told = {"refused": "busy"}
    except Stopped:
        told = {"refused": "slow"}
    except Failed:
        told = {"refused": "damaged"}
    if "refused" in told:
        raise WordRefused(str(REFUSALS.get(told["refused"], REFUSALS["damaged"])))
    try:
        sections = [
            WordSection(heading, level, sanitise(html) if html else "", tuple(bookmarks))
            for heading, level, html, bookmarks in told["sections"]
        ]
    except RichTextRefused as refused:
        raise WordRefused(str(refused)) from None
    remarks = tuple(REMARKS[code] for code in told["remarks"])
    return WordText(tuple(sections), remarks, told.get("title", ""))
