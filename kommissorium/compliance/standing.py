"""How the registers and the risks stand today, as they are kept."""

from __future__ import annotations

from dataclasses import dataclass

from kommissorium.assets.current_counts import AssetCounts, asset_counts
from kommissorium.risks.current_counts import RiskCounts, risk_counts


@dataclass(frozen=True, slots=True)
class Now:
    """All that is counted as it is today."""

    registers: AssetCounts
    risks: RiskCounts


def now() -> Now:
    """Return how all stands today."""
    return Now(asset_counts(), risk_counts())
