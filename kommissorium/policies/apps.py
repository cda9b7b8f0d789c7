"""Policies: what the municipality lays down and the version in force."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class PoliciesConfig(RegisterConfig):
    """The room of the register of policies."""

    default = True
    name = "kommissorium.policies"
