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
    # Asked by the room accounts: whether who signs in owns something today.
    owning = """EXISTS (
  SELECT 1 FROM assets_ownership AS owns
  WHERE owns.person_id = person.id
  AND owns.from_date <= %s AND (owns.to_date IS NULL OR owns.to_date >= %s))"""
    formers: ClassVar[Formers] = {"assetdocument": Former("asset")}  # auditors see those removed
