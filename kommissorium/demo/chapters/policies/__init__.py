"""What was laid down over the years, and who approved it."""

from __future__ import annotations

from kommissorium.demo.chapters import Chapter
from kommissorium.demo.chapters.policies.approvals import DECIDED, tell_approvals
from kommissorium.demo.story import Town


def _tell(town: Town) -> None:
    tell_approvals(town)


CHAPTER = Chapter(_tell, budget=4_000, decided=DECIDED)
