"""The finding for a clause that nothing measures."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.registers.findings import Finding, unmeasured


def not_measured() -> Finding:
    """Return the finding that no register that measures it is installed."""
    return unmeasured(_("No register that measures it is installed."))
