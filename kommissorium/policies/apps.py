"""Policies: what the municipality lays down and the version in force."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.core.evidence.row_readers import OPEN, UNDER_WAY, Kept, Readers, under
from kommissorium.registers.config import RegisterConfig


class PoliciesConfig(RegisterConfig):
    """The room of the register of policies."""

    default = True
    name = "kommissorium.policies"
    readers: ClassVar[Readers] = {
        "comment": Kept(UNDER_WAY),
        "levelsettings": OPEN,
        "reviewer": under("version"),
        "upperdecision": under("version"),
    }
