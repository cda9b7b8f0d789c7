"""The statuses of the quarters: composed, filled in and approved at the meetings."""

from __future__ import annotations

from kommissorium.demo.chapters import Chapter
from kommissorium.demo.story import Town
from kommissorium.reports.proposal import KIND


def _tell(town: Town) -> None:
    """Tell nothing yet."""


DECIDED = {KIND.kind: "Udvalget drøftede status og godkendte den."}
CHAPTER = Chapter(_tell, budget=500, decided=DECIDED)
