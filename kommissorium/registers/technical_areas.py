"""The seven technical areas whose state a mandate asks for beside that of the projects (T7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREAS: Final[Mapping[str, str | Promise]] = {
    "antivirus": _("Antivirus"),
    "firewall": _("Firewall"),
    "antispam": _("Antispam"),
    "antiphishing": _("Antiphishing"),
    "encryption": _("Encryption"),
    "network": _("Network security"),
    "physical": _("Physical security"),
}
