"""Word documents in the municipality's own template: a file with marks that code fills in.

A mark is a word in double braces, as {{titel}}, or a content control whose tag is that word. No
mark is a formula: the template runs nothing. It is opened in a limited process alone.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.documents.subprocess_runner import Busy, Failed, Stopped, answer_of

PROGRAM: Final = "kommissorium.core.documents.word_template.program"
SECONDS: Final = 30
MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 10 * MEGABYTE
OLE: Final = b"\xd0\xcf\x11\xe0"
# What a template can ask for: the Danish word and the English one mean the same.
CONTENT: Final = "content"
MARKS: Final = {
    CONTENT: ("indhold", "content"),
    "title": ("titel", "title"),
    "committee": ("udvalg", "committee"),
    "date": ("dato", "date"),
    "municipality": ("kommune", "municipality"),
    "state": ("status", "state"),
}
MEANT: Final = {
    CONTENT: gettext_lazy("The text itself. It stands on a line of its own, and must be there"),
    "title": gettext_lazy("The title of the document"),
    "committee": gettext_lazy("Name of the committee"),
    "date": gettext_lazy("The day of the meeting, or the period that is reported on"),
    "municipality": gettext_lazy("Name of the municipality"),
    "state": gettext_lazy("Whether it is a draft"),
}
REFUSALS: Final = {
    "damaged": gettext_lazy("The file cannot be read as a Word document."),
    "heavy": gettext_lazy("The file unpacks to far more than it should."),
    "slow": gettext_lazy("The file takes too long to open. Make a simpler copy of it."),
    "long": gettext_lazy("The text of the file is too long. Part it into several documents."),
    "kind": gettext_lazy("The file is not a Word document (.docx) or template (.dotx)."),
    "locked": gettext_lazy(
        "The file is protected by a password, or of an older Word. Save it without a password as "
        ".docx or .dotx."
    ),
    "macros": gettext_lazy(
        "The file has macros. Save it as a Word document (.docx) or template (.dotx) without them."
    ),
    "outside": gettext_lazy(
        "The file fetches a picture or a part from somewhere else. Put it into the file itself."
    ),
    "objects": gettext_lazy("The file has embedded objects of other programs. Take them out."),
    "fields": gettext_lazy(
        "The file has a field that fetches or runs something (%(names)s). Take it out."
    ),
    "unknown": gettext_lazy(
        "The file has marks that are not known: %(names)s. Known are: %(known)s."
    ),
    "no_content": gettext_lazy(
        "The mark %(content)s is not there. Write it on a line of its own, where the text is to be."
    ),
    "content_twice": gettext_lazy("The mark %(content)s is there more than once."),
    "content_place": gettext_lazy(
        "The mark %(content)s does not stand on a line of its own in the text. It cannot be in a "
        "table, a text box, a head or a foot."
    ),
    "busy": gettext_lazy("Other files are being read just now. Try again in a moment."),
}


class TemplateRefused(Exception):
    """The template cannot be used; the message says why in the user's language."""


def braced(word: str) -> str:
    """Return the word as it is marked in a template."""
    return "{{" + word + "}}"


def examine(data: bytes) -> list[str]:
    """Return the marks that a template has, by their names in MARKS. Raises TemplateRefused."""
    if len(data) > MOST_BYTES:
        values = {"most": MOST_BYTES // MEGABYTE}
        raise TemplateRefused(_("The file is larger than %(most)d MB.") % values)
    if data.startswith(OLE):
        raise _refused({"refused": "locked"})
    found: list[str] = _answer({"do": "examine"}, data)["marks"]
    return found


def fill(template: bytes, document: bytes, values: Mapping[str, str]) -> bytes:
    """Return a Word document of ours in the template, as .docx; the same input, the same bytes.

    `values` are the texts of the marks. Raises TemplateRefused, also for one that was let in by
    an earlier version.
    """
    head = {"do": "fill", "template": len(template), "values": dict(values)}
    return base64.b64decode(_answer(head, template + document)["document"])


def _answer(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    order["marks"] = {word: name for name, words in MARKS.items() for word in words}
    line = json.dumps(order).encode() + b"\n"
    try:
        told = answer_of(PROGRAM, data=line + data, seconds=SECONDS)
    except Busy:
        told = {"refused": "busy"}
    except Stopped:
        told = {"refused": "slow"}
    except Failed:
        told = {"refused": "damaged"}
    if "refused" in told:
        raise _refused(told)
    return told


def _refused(told: Mapping[str, Any]) -> TemplateRefused:
    values = {
        "names": ", ".join(told.get("names", ())),
        "known": ", ".join(braced(words[0]) for words in MARKS.values()),
        "content": braced(MARKS[CONTENT][0]),
    }
    return TemplateRefused(str(REFUSALS.get(told["refused"], REFUSALS["damaged"])) % values)
