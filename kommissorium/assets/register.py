"""The register of systems, data sets and physical archives, as the rest of the program knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.assets.importing.sheet import AssetSheet
from kommissorium.registers.register import Register


class AssetRegister(Register):
    """Systems, data sets and physical archives, and those who own them."""

    code = "assets"
    label = _("Systems, data and archives")
    home = "assets"
    prefixes = (
        "/suppliers/",
        "/agreements/",
        "/attestation/",
        "/asset-documents/",
        "/imports/assets/",
    )
    place = 10
    imports = (AssetSheet,)


REGISTER = AssetRegister()
