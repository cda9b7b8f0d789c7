"""Systems, data sets and physical archives, and those who own them."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.core.evidence.row_readers import OPEN, Former, Formers, Readers, under
from kommissorium.registers.config import RegisterConfig


class AssetsConfig(RegisterConfig):
    """The room of the registers of what the municipality has to protect."""

    default = True
    name = "kommissorium.assets"
    readers: ClassVar[Readers] = {
        "area": OPEN,
        "asked": under("round"),
        "completeness": OPEN,
        "demand": OPEN,
        "documenttype": OPEN,
        "oversight": under("agreement"),
        "ownership": under("asset"),
        "registersettings": OPEN,
        "relation": under("from_asset", "to_asset"),
        "required": under("asset"),
        "round": OPEN,
        "statement": under("asset"),
    }
    formers: ClassVar[Formers] = {"assetdocument": Former("asset")}  # auditors see those removed
