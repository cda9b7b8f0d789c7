"""The register of risks, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from kommissorium.registers.register import Register
from kommissorium.risks.current_counts import count_risks


class RiskRegister(Register):
    """Risks: how they are assessed, treated and accepted."""

    code = "risks"
    label = _("Risks")
    home = "risks"
    place = 20
    counted_from = ("risks", "assets", "tasks")

    def count(self, day: date) -> Mapping[str, int]:
        return count_risks(day).numbers


REGISTER = RiskRegister()
