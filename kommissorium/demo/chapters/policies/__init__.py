"""The policies laid down over the years."""

from __future__ import annotations

from kommissorium.demo.chapters import Chapter
from kommissorium.demo.chapters.policies import approvals
from kommissorium.demo.chapters.policies.approvals import tell_procedures
from kommissorium.demo.story import Town


def _tell(town: Town) -> None:
    approvals.tell_approvals(town)
    tell_procedures(town)


CHAPTER = Chapter(_tell, budget=800, decided=approvals.DECIDED)
