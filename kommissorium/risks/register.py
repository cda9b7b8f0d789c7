"""The register of risks, as the rest of the program knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.registers.register import Register
from kommissorium.risks.importing.sheet import RiskSheet


class RiskRegister(Register):
    """Risks: how they are assessed, treated and accepted."""

    code = "risks"
    label = _("Risks")
    home = "risks"
    prefixes = ("/imports/risks/",)
    place = 20
    imports = (RiskSheet,)


REGISTER = RiskRegister()
