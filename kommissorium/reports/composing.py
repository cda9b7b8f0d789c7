"""Compose the parts of a status: what all registers and the frames say, and what is by hand."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.committees.models import Committee
from kommissorium.registers.installed import registers
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import StatusPart
from kommissorium.reports.conclusion import conclude
from kommissorium.reports.handwritten import HANDWRITTEN, place_of
from kommissorium.reports.own_parts import own_parts


def compose(committee: Committee, quarter: Quarter) -> list[StatusPart]:
    """Return the parts in their order, the conclusion first.

    What a register offers takes the place of what is written by hand.
    """
    offered = [part for register in registers() for part in register.status_on(quarter)]
    offered += own_parts(committee, quarter)
    there = {part.code for part in offered}
    by_hand = [
        StatusPart(code, str(heading)) for code, heading in HANDWRITTEN.items() if code not in there
    ]
    ordered = sorted([*offered, *by_hand], key=lambda part: place_of(part.code))
    return [conclude(ordered, _("a quarter before")), *ordered]
