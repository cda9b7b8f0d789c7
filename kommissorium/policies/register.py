"""The register of policies, as the rest of the program knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.registers.register import Register


class PolicyRegister(Register):
    """Policies: what is laid down, at which level, and the version in force."""

    code = "policies"
    label = _("Policies")
    home = "policies"
    place = 15


REGISTER = PolicyRegister()
