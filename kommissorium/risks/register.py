"""The register of risks, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from kommissorium.core.evidence.models import Event
from kommissorium.core.schedule.actions import Periodic
from kommissorium.registers.actions.daily_figures import keep_due_figures
from kommissorium.registers.register import Register
from kommissorium.risks.actions.figures import record_risk_figures
from kommissorium.risks.current_counts import count_risks


class RiskRegister(Register):
    """Risks: how they are assessed, treated and accepted."""

    code = "risks"
    label = _("Risks")
    home = "risks"
    place = 20
    counted_from = ("risks", "assets", "tasks")

    schedule = (Periodic("risk_figures", partial(keep_due_figures, code), timedelta(hours=1)),)

    def count(self, day: date) -> Mapping[str, int]:
        return count_risks(day).numbers

    def record_figures(self, day: date) -> Event | None:
        return record_risk_figures(day)


REGISTER = RiskRegister()
