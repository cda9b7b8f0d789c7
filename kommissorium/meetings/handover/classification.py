"""Numbers a case is filed under: the case number, and that of KLE, the municipalities' plan.

A KLE number has three pairs of digits: main group, group and subject. A facet may follow, a
letter and two digits, that says what is done in the matter: G01 is general cases.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line

MOST_CASE_NUMBER = 60
_KLE = re.compile(r"([0-9]{2}\.[0-9]{2}\.[0-9]{2})(?:[ -]?([A-ZÆØÅ][0-9]{2}))?")


def check_kle(text: str) -> str:
    """Return a KLE number as it is written, "85.11.00" or "85.11.00G01"; "" where there is none.

    A space or hyphen before the facet is taken out, small letters become capitals. Raises
    Refused for the field `kle_number`.
    """
    given = one_line(text).upper()
    if not given:
        return ""
    found = _KLE.fullmatch(given)
    if not found:
        raise Refused(
            kle_number=_(
                "Write the KLE number as three pairs of digits with full stops between, such as"
                " 85.11.00. A facet, such as G01, can follow."
            )
        )
    number, facet = found.groups()
    return f"{number}{facet or ''}"


def check_case_number(text: str) -> str:
    """Return the case number on one line; any text will do, for each system has its own form.

    Raises Refused for the field `case_number` if it is longer than 60 characters.
    """
    given = one_line(text)
    if len(given) > MOST_CASE_NUMBER:
        raise Refused(
            case_number=_("A case number has at most %(most)d characters.")
            % {"most": MOST_CASE_NUMBER}
        )
    return given
