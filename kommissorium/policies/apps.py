"""Policies: what the municipality lays down, the version in force, rulings and dispensations."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class PoliciesConfig(RegisterConfig):
    """The room of the register of policies."""

    default = True
    name = "kommissorium.policies"
