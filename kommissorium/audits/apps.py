"""Audits of the security work: who does them, their findings, and the committee's evaluation."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class AuditsConfig(RegisterConfig):
    """The room of the register of audits."""

    default = True
    name = "kommissorium.audits"
