"""The register of systems, data sets and physical archives, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from kommissorium.assets.current_counts import count_assets
from kommissorium.registers.register import Register


class AssetRegister(Register):
    """Systems, data sets and physical archives, and those who own them."""

    code = "assets"
    label = _("Systems, data and archives")
    home = "assets"
    prefixes = ("/suppliers/", "/agreements/", "/attestation/", "/asset-documents/")
    place = 10
    counted_from = ("assets", "accounts")

    def count(self, day: date) -> Mapping[str, int]:
        return count_assets(day)


REGISTER = AssetRegister()
