"""KITOS' list of IT system usages (API v2, GET /api/v2/it-system-usages) as rows of a sheet.

The columns get the headings of KITOS' own Excel overview, so that both are read alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kommissorium.core.documents.subprocess_runner import Busy, Failed, Stopped, answer_of
from kommissorium.core.refusals import Refused
from kommissorium.registers.importing.sources import Source, source_of_texts

KITOS = "kitos"  # the shape of its layouts
PROGRAM = "kommissorium.assets.importing.kitos_program"
SECONDS = 25
MOST_BYTES = 25 * 1024 * 1024
# Each list and object costs some seventy bytes of memory however little stands in it.
MOST_PARTS, MOST_VALUES = 400_000, 3_000_000
EXCEL_NAME = "IT System"
EXCEL_SIGNS = ("IT-System (UUID)", "Ansv. organisationsenhed", "Ansvarlig organisationsenhed")


def kitos_source(data: bytes) -> Source:
    """Return the list as a sheet. Raises Refused with the field `file`."""
    return source_of_texts(*usages(data), shape=KITOS)


def usages(data: bytes) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows. Raises Refused with the field `file`."""
    told = _told(data)
    match told.get("refused"):
        case "too_large":
            raise Refused(file=_("The file is too large. Take the systems out in smaller parts."))
        case "invalid":
            raise Refused(file=_("The file is not valid JSON."))
        case "none":
            raise Refused(file=_("The file holds no list of IT systems from KITOS."))
    return told["headings"], told["rows"]


def _told(data: bytes) -> dict[str, Any]:
    too_large = len(data) > MOST_BYTES or data.count(b"[") + data.count(b"{") > MOST_PARTS
    if too_large or data.count(b",") > MOST_VALUES:
        return {"refused": "too_large"}
    try:
        return answer_of(PROGRAM, data=data, seconds=SECONDS)
    except Busy:
        sentence = _("Other files are being read just now. Try again in a moment.")
        raise Refused(file=sentence) from None
    except (Stopped, Failed):
        return {"refused": "too_large"}


def is_overview(headings: Sequence[str]) -> bool:
    """Return whether these are the headings of KITOS' Excel overview."""
    known = {heading.casefold() for heading in headings}
    return EXCEL_NAME.casefold() in known and any(sign.casefold() in known for sign in EXCEL_SIGNS)
