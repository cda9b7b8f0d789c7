"""Audits of the security work: who does them, their findings, and the committee's evaluation."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.core.evidence.row_readers import OPEN, SECOND, Kept, Readers, under
from kommissorium.registers.config import RegisterConfig


class AuditsConfig(RegisterConfig):
    """The room of the register of audits."""

    default = True
    name = "kommissorium.audits"
    readers: ClassVar[Readers] = {
        "answer": under("finding"),
        "auditorchange": Kept(SECOND),
        "auditreport": under("audit"),
        "auditsettings": OPEN,
        "checkline": under("audit"),
        "closure": under("finding"),
        "closurefile": under("closure"),
        "sample": under("audit"),
    }
