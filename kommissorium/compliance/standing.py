"""How the registers and the risks stand today, in one question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextField, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from kommissorium.accounts.models import Municipality
from kommissorium.assets.now import Standing, counts_on
from kommissorium.risks.now import RiskStanding, standing_of, standing_rows

REGISTERS: Final = "registers"


@dataclass(frozen=True, slots=True)
class Now:
    """All that is counted as it is today."""

    registers: Standing
    risks: RiskStanding


def now() -> Now:
    """Return how all stands today (one query)."""
    today = timezone.localdate()
    registers = Municipality.objects.order_by().annotate(
        _told=Value(REGISTERS, TextField()), _row=JSONObject(**counts_on(today))
    )
    told = registers.values_list("_told", "_row")
    rows = list(told.union(*standing_rows(today), all=True).order_by())
    counted: dict[str, int] = next((values for kind, values in rows if kind == REGISTERS), {})
    return Now(Standing(today, **counted), standing_of(today, rows))
