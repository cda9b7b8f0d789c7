"""Reports: the status of a quarter as a committee approves it, made of what all registers say."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.core.evidence.row_readers import PART, Itself, Kept, Readers, under
from kommissorium.registers.config import RegisterConfig


class ReportsConfig(RegisterConfig):
    """The room of the reports."""

    default = True
    name = "kommissorium.reports"
    readers: ClassVar[Readers] = {
        "boardanswer": Kept(PART),
        "boardnote": under("report"),
        "boardreportpart": Itself(PART),
        "boardrequest": Kept(PART),
        "keptpart": Itself(PART),
        "reviewpart": Itself(PART),
    }
