"""Audits: who looks at the work for security, what they found, and what the committee made of it."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class AuditsConfig(RegisterConfig):
    """The room of the register of audits."""

    default = True
    name = "kommissorium.audits"
